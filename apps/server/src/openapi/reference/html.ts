/** Markup that is safe to send: what came from elsewhere is escaped in it. */
export interface Html {
  readonly markup: string;
}

type Part = Html | string | number | readonly Html[] | null;

const escapes: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function markupOf(part: Part): string {
  if (part === null) return "";
  if (typeof part === "string" || typeof part === "number") {
    return String(part).replaceAll(/[&<>"']/g, (character) => escapes[character] ?? character);
  }
  return "markup" in part ? part.markup : part.map(({ markup }) => markup).join("");
}

/** A piece of a page: every text that is put into it is escaped, other pieces stay as they are. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return {
    markup: texts.map((text, index) => text + markupOf(parts[index] ?? null)).join(""),
  };
}

/** Prose in which `code` stands between backticks. */
export function prose(text: string): Html {
  const pieces = text.split("`");
  return html`${pieces.map((piece, index) =>
    index % 2 === 1 ? html`<code>${piece}</code>` : html`${piece}`,
  )}`;
}
