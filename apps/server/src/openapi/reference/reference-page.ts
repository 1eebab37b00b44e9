import type { ApiDocument } from "./api-document.ts";
import { shapeBody } from "./field-table.ts";
import { type Html, html, prose } from "./html.ts";
import { operationAnchor, operationSection, type PlacedOperation } from "./operation-section.ts";
import { pageStyle } from "./page-style.ts";

/** What can go wrong: a code, the status that it comes with, what to do about it. */
export interface ErrorEntry {
  readonly code: string;
  readonly status: number;
  readonly meaning: string;
}

interface Reference {
  readonly document: ApiDocument;
  /** What holds for every endpoint, a paragraph each. */
  readonly introduction: readonly string[];
  readonly errors: readonly ErrorEntry[];
}

interface Chapter {
  readonly name: string;
  readonly operations: readonly PlacedOperation[];
}

function chaptersOf({ tags, paths }: ApiDocument): Chapter[] {
  const all = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method, path, operation })),
  );
  return tags.map(({ name }) => ({
    name,
    operations: all.filter(({ operation }) => operation.tags.includes(name)),
  }));
}

function navigation(chapters: readonly Chapter[]): Html {
  return html`<nav aria-label="Contents">
    <p><a class="brand" href="/">Tessera</a></p>
    <ul>
      <li><a href="#top">Introduction</a></li>
      <li><a href="#errors">Errors</a></li>
    </ul>
    ${chapters.map(
      ({ name, operations }) =>
        html`<details open>
          <summary>${name}</summary>
          <ul>
            ${operations.map(
              ({ operation }) =>
                html`<li>
                  <a href="#${operationAnchor(operation)}">${operation.operationId}</a>
                </li>`,
            )}
          </ul>
        </details>`,
    )}
    <ul>
      <li><a href="#shapes">Shapes</a></li>
    </ul>
  </nav>`;
}

function errorTable(errors: readonly ErrorEntry[]): Html {
  return html`<section>
    <h2 id="errors">Errors</h2>
    <p>
      ${prose(
        "Errors are `application/problem+json` (RFC 9457). Their `code` is one of this list, their `type` is the address of its line here.",
      )}
    </p>
    <table>
      <thead>
        <tr>
          <th scope="col">Code</th>
          <th scope="col">Status</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        ${errors.map(
          ({ code, status, meaning }) =>
            html`<tr id="errors-${code}">
              <th scope="row"><code>${code}</code></th>
              <td>${status}</td>
              <td>${prose(meaning)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function example(origin: string): Html {
  return html`<pre tabindex="0"><code>curl -H "Authorization: Bearer $TESSERA_TOKEN" \\
  ${origin}/api/v1/projects</code></pre>`;
}

/** The API's reference as one page without a script, made from its OpenAPI document. */
export function referencePage({ document, introduction, errors }: Reference): string {
  const chapters = chaptersOf(document);
  const shapes = Object.entries(document.components.schemas);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>REST API · Tessera</title>
        <style>
          ${{ markup: pageStyle }}
        </style>
      </head>
      <body id="top">
        ${navigation(chapters)}
        <main>
          <h1>REST API</h1>
          <p class="quiet">
            Version ${document.info.version} ·
            <a href="/api/v1/openapi.json">OpenAPI 3.1</a>
          </p>
          ${introduction.map((paragraph) => html`<p>${prose(paragraph)}</p>`)}
          ${example(document.servers[0]?.url ?? "")} ${errorTable(errors)}
          ${chapters.map(
            ({ name, operations }) =>
              html`<section>
                <h2>${name}</h2>
                ${operations.map(operationSection)}
              </section>`,
          )}
          <section>
            <h2 id="shapes">Shapes</h2>
            ${shapes.map(
              ([name, schema]) =>
                html`<article id="shape-${name}">
                  <h3><a href="#shape-${name}">${name}</a></h3>
                  ${shapeBody("Fields", schema)}
                </article>`,
            )}
          </section>
        </main>
      </body>
    </html>`;
  return page.markup;
}
