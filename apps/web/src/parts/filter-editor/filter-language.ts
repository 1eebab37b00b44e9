/** A fault in a filter, under the characters from `from` to before `to`. */
export interface FilterDiagnostic {
  from: number;
  to: number;
  /** What is wrong, and what would be right. */
  message: string;
}

export type FilterWordKind =
  | "metric"
  | "param"
  | "tag"
  | "attribute"
  | "operator"
  | "keyword"
  | "value";

export interface FilterOption {
  /** What is shown and searched. */
  label: string;
  /** What is put in, where it differs: a name that needs quoting. */
  insert?: string | undefined;
  /** At the right: the last value, the number of runs. */
  detail?: string | undefined;
  kind: FilterWordKind;
}

/** What may stand at a place: the options, the best first, replace the text from `from` to `to`. */
export interface FilterCompletion {
  from: number;
  /** The cursor, where it is left out. */
  to?: number | undefined;
  options: readonly FilterOption[];
}

/** What an editor must know about the grammar; the parser itself lives elsewhere. */
export interface FilterLanguage {
  lint(text: string): readonly FilterDiagnostic[];
  complete(
    text: string,
    position: number,
  ): FilterCompletion | null | Promise<FilterCompletion | null>;
}

export type FilterTokenClass = "keyword" | "string" | "number" | "operator" | "entity";

const tokenPattern =
  /(?<string>'(?:[^'\\]|\\.)*'?|"(?:[^"\\]|\\.)*"?)|(?<entity>\b(?:metrics?|params?|parameters?|tags?|attributes?|attr|datasets?|run)\b(?=\s*\.))|(?<keyword>\b(?:AND|OR|NOT|IN|LIKE|ILIKE|IS|NULL)\b)|(?<number>(?<![\w.])-?\d+(?:\.\d+)?(?:e[-+]?\d+)?\b)|(?<operator>!=|<=|>=|=|<|>)/gi;

/** The coloured pieces of a filter, by a glance at its words: colours must never wait for a parse. */
export function filterTokens(
  text: string,
): { from: number; to: number; class: FilterTokenClass }[] {
  const tokens: { from: number; to: number; class: FilterTokenClass }[] = [];
  for (const match of text.matchAll(tokenPattern)) {
    const found = Object.entries(match.groups ?? {}).find(([, part]) => part !== undefined);
    if (!found) continue;
    tokens.push({
      from: match.index,
      to: match.index + match[0].length,
      class: found[0] as FilterTokenClass,
    });
  }
  return tokens;
}
