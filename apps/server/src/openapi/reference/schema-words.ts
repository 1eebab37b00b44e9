import type { Schema } from "./api-document.ts";
import { type Html, html } from "./html.ts";

const LONGEST_PATTERN = 40;

/** The name of the component that a reference means. */
export function nameOf(ref: string): string {
  return ref.slice(ref.lastIndexOf("/") + 1);
}

function isNull(schema: Schema): boolean {
  return schema.type === "null";
}

function joined(parts: readonly Html[], between: string): Html {
  return html`${parts.map((part, index) => (index === 0 ? part : html`${between}${part}`))}`;
}

/** A shape in few words, such as "array of Run" or "string, at most 200 characters, or null". */
export function schemaWords(schema: Schema): Html {
  if (schema.$ref !== undefined) {
    const name = nameOf(schema.$ref);
    return html`<a href="#shape-${name}">${name}</a>`;
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) {
    const real = choices.filter((one) => !isNull(one)).map(schemaWords);
    const words = joined(real, " or ");
    return choices.some(isNull) ? html`${words} or null` : words;
  }
  if (schema.allOf !== undefined) return joined(schema.allOf.map(schemaWords), " and ");
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (schema.enum !== undefined) {
    return joined(
      schema.enum.map((value) => html`<code>${JSON.stringify(value)}</code>`),
      " ",
    );
  }
  return typedWords(schema);
}

function typedWords(schema: Schema): Html {
  const types = [schema.type ?? "anything"].flat().filter((type) => type !== "null");
  const nullable = [schema.type ?? []].flat().includes("null");
  const words = types.map((type) => wordsOf(type, schema));
  const limits = limitsOf(schema);
  const text = joined(words, " or ");
  const limited = limits.length === 0 ? text : html`${text}, ${limits.join(", ")}`;
  return nullable ? html`${limited} or null` : limited;
}

function wordsOf(type: string, schema: Schema): Html {
  if (type === "array" && schema.items !== undefined) {
    return html`array of ${schemaWords(schema.items)}`;
  }
  if (type === "object" && typeof schema.additionalProperties === "object") {
    return html`object of ${schemaWords(schema.additionalProperties)} by name`;
  }
  return html`${type === "string" ? (schema.format ?? type) : type}`;
}

/** From as good as nothing to as good as everything is no limit. */
function isLimit(value: number | undefined): value is number {
  return value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
}

function rangeOf(
  [least, most]: readonly [number | undefined, number | undefined],
  what: string,
): string[] {
  const unit = what === "" ? "" : ` ${what}`;
  if (isLimit(least) && isLimit(most)) return [`${least} to ${most}${unit}`];
  if (isLimit(most)) return [`at most ${most}${unit}`];
  return isLimit(least) ? [`at least ${least}${unit}`] : [];
}

function limitsOf(schema: Schema): string[] {
  const { pattern } = schema;
  return [
    ...rangeOf([schema.minLength, schema.maxLength], "characters"),
    ...rangeOf([schema.minItems, schema.maxItems], "items"),
    ...rangeOf([schema.minimum, schema.maximum], ""),
    ...(pattern !== undefined && pattern.length <= LONGEST_PATTERN ? [`like ${pattern}`] : []),
  ];
}
