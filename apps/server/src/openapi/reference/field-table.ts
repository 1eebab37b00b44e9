import type { Schema } from "./api-document.ts";
import { type Html, html, prose } from "./html.ts";
import { schemaWords } from "./schema-words.ts";

export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
  readonly description?: string | undefined;
}

function meaningOf({ description, schema }: Field): Html | null {
  const words = description ?? schema.description;
  const preset =
    schema.default === undefined
      ? null
      : html`<span class="quiet"><code>${JSON.stringify(schema.default)}</code> unless told</span>`;
  return html`${words === undefined ? null : prose(words)} ${preset}`;
}

/** Fields or parameters: a name, what it holds, what it means. */
export function fieldTable(label: string, fields: readonly Field[]): Html | null {
  if (fields.length === 0) return null;
  return html`<table>
    <caption>
      ${label}
    </caption>
    <thead>
      <tr>
        <th scope="col">Name</th>
        <th scope="col">Holds</th>
        <th scope="col">Meaning</th>
      </tr>
    </thead>
    <tbody>
      ${fields.map(
        (field) =>
          html`<tr>
            <th scope="row">
              <code>${field.name}</code>${
                field.required ? null : html` <span class="quiet">optional</span>`
              }
            </th>
            <td>${schemaWords(field.schema)}</td>
            <td>${meaningOf(field)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** The fields of an object's shape. */
export function fieldsOf(schema: Schema): Field[] {
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).map(([name, part]) => ({
    name,
    schema: part,
    required: required.has(name),
  }));
}

/** A shape in full: its fields, or each of its kinds, or what it holds in words. */
export function shapeBody(label: string, schema: Schema): Html {
  const kinds = (schema.oneOf ?? schema.anyOf ?? []).filter((kind) => kind.properties);
  if (kinds.length > 0) {
    return html`${kinds.map((kind, index) => shapeBody(index === 0 ? label : `or ${label}`, kind))}`;
  }
  return fieldTable(label, fieldsOf(schema)) ?? html`<p>${schemaWords(schema)}</p>`;
}
