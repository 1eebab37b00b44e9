import type { Content, Operation, Schema } from "./api-document.ts";
import { fieldTable, shapeBody } from "./field-table.ts";
import { type Html, html } from "./html.ts";
import { schemaWords } from "./schema-words.ts";

export interface PlacedOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** Id of an operation's entry on the page. */
export function operationAnchor(operation: Operation): string {
  return `operation-${operation.operationId}`;
}

function bodyOf(content: Content | undefined): { type: string; schema?: Schema } | undefined {
  const [type, body] = Object.entries(content?.content ?? {})[0] ?? [];
  if (type === undefined) return undefined;
  return body?.schema === undefined ? { type } : { type, schema: body.schema };
}

function requestOf(operation: Operation): Html | null {
  const body = bodyOf(operation.requestBody);
  if (body === undefined) return null;
  if (body.schema === undefined) return html`<p>The body is <code>${body.type}</code>.</p>`;
  if (body.schema.$ref !== undefined) {
    return html`<p>The body is ${schemaWords(body.schema)}, as JSON.</p>`;
  }
  return shapeBody("Body", body.schema);
}

function answerOf(operation: Operation): Html {
  const [status, response] =
    Object.entries(operation.responses).find(([code]) => code.startsWith("2")) ?? [];
  const body = bodyOf(response);
  if (body === undefined) return html`<p>Answers <b>${status ?? "200"}</b>, without a body.</p>`;
  if (body.schema === undefined) {
    return html`<p>Answers <b>${status ?? "200"}</b> with <code>${body.type}</code>.</p>`;
  }
  if (body.schema.properties !== undefined) {
    return html`<p>Answers <b>${status ?? "200"}</b>.</p>
      ${shapeBody("Answer", body.schema)}`;
  }
  return html`<p>Answers <b>${status ?? "200"}</b> with ${schemaWords(body.schema)}.</p>`;
}

function errorsOf(operation: Operation): Html | null {
  const codes = Object.entries(operation.responses)
    .filter(([status]) => /^[45]/.test(status))
    .flatMap(([, { description }]) => description.split(", "));
  if (codes.length === 0) return null;
  return html`<p class="quiet">
    Errors: ${codes.map((code) => html`<a href="#errors-${code}"><code>${code}</code></a> `)}
  </p>`;
}

/** One endpoint: what it does, what it takes, what it answers. */
export function operationSection({ method, path, operation }: PlacedOperation): Html {
  const open = operation.security?.length === 0;
  return html`<article id="${operationAnchor(operation)}">
    <h3>
      <a href="#${operationAnchor(operation)}"
        ><span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code></a
      >
    </h3>
    <p>${operation.summary}.${open ? html` <span class="quiet">Needs no sign-in.</span>` : null}</p>
    ${fieldTable("Parameters", operation.parameters)} ${requestOf(operation)} ${answerOf(operation)}
    ${errorsOf(operation)}
  </article>`;
}
