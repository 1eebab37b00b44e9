const ID_BEGINNING = /^[0-9a-f]{6,32}$/;

/** The filter for runs that are called something like what was typed, or whose id begins so. */
export function runSearchFilter(typed: string): string {
  const text = typed.trim();
  if (ID_BEGINNING.test(text)) return `attributes.run_id LIKE '${text}%'`;
  // The pattern's own "any character" stands for what would end the quotes.
  return `attributes.run_name ILIKE '%${text.replaceAll(/['"\\]/g, "_")}%'`;
}
