import { invalidParameter } from "./errors.ts";
import type { MlflowError } from "./errors.ts";

/** What a stretch of filter text is, in the terms of the SQL lexer behind the protocol. */
export type TokenKind =
  | "name"
  | "symbol"
  | "string"
  | "integer"
  | "float"
  | "hexadecimal"
  | "comparator"
  | "operator"
  | "keyword"
  | "order"
  | "placeholder"
  | "punctuation"
  | "comment"
  | "other";

export interface Token {
  readonly kind: TokenKind;
  readonly from: number;
  readonly to: number;
  /** The text; keywords and word operators in upper case with single spaces. */
  readonly text: string;
}

/** The reference's own bound on one statement. */
const MAX_TOKENS = 10_000;
/** The protocol's bound on a whole request; also keeps the patterns within their stack. */
const MAX_LENGTH = 1_000_000;

const WORD = "[\\p{L}\\p{N}_]";
const LETTER = "A-Za-zÀ-Üà-ü";
const END_OF_WORD = `(?!${WORD})`;

// The order is the reference lexer's: the first rule that matches wins.
const RULES: readonly (readonly [TokenKind | "space" | "word" | "block", string])[] = [
  ["comment", "(?:--|# )[^\\n\\r]*(?:\\r\\n|\\r|\\n|$)"],
  ["block", "\\/\\*[^]*?\\*\\/"],
  ["space", "\\s"],
  ["other", ":="],
  ["punctuation", "::"],
  ["operator", "\\*"],
  ["name", "`(?:``|[^`])*`"],
  ["name", "´(?:´´|[^´])*´"],
  ["placeholder", "\\?"],
  ["placeholder", `%(?:\\(${WORD}+\\))?s`],
  ["placeholder", `(?<!${WORD})[$:]${WORD}+`],
  ["other", `\\\\${WORD}+`],
  ["keyword", `(?<!\\.)[Ii][Nn]${END_OF_WORD}`],
  ["name", `(?:@|##|#)[${LETTER}]${WORD}+`],
  ["name", `[${LETTER}]${WORD}*(?=\\s*\\.(?!\\d))`],
  ["name", `(?<=\\.)[${LETTER}]${WORD}*`],
  ["name", `[${LETTER}]${WORD}*(?=\\()`],
  ["hexadecimal", "-?0[xX][\\dA-Fa-f]+"],
  ["float", "-?\\d+(?:\\.\\d+)?[eE]-?\\d+"],
  ["float", `-?(?:\\d+\\.\\d*|\\.\\d+)(?![_${LETTER}])`],
  ["integer", `-?\\d+(?![_${LETTER}])`],
  ["string", "'(?:''|\\\\'|[^'])*'"],
  ["symbol", '"(?:""|\\\\"|[^"])*"'],
  ["name", `(?<![${"\\p{L}\\p{N}_"}\\])])\\[[^\\]\\[]+\\]`],
  ["keyword", `[Nn][Oo][Tt]\\s+[Nn][Uu][Ll][Ll]${END_OF_WORD}`],
  [
    "order",
    `(?:[Aa][Ss][Cc]|[Dd][Ee][Ss][Cc])(?:\\s+[Nn][Uu][Ll][Ll][Ss]\\s+(?:[Ff][Ii][Rr][Ss][Tt]|[Ll][Aa][Ss][Tt]))?${END_OF_WORD}`,
  ],
  [
    "comparator",
    `(?:[Nn][Oo][Tt]\\s+)?(?:[IiRr]?[Ll][Ii][Kk][Ee]|[Rr][Ee][Gg][Ee][Xx][Pp])${END_OF_WORD}`,
  ],
  ["word", `${WORD}(?:[$#]|${WORD})*`],
  ["punctuation", "[;:()\\[\\],.]"],
  ["operator", "->>?|#>>?|@>|<@|-|#-"],
  ["comparator", "[<>=~!]+"],
  ["operator", "[+/@#%^&|^-]+"],
];

const MATCHERS = RULES.map(([kind, source]) => ({ kind, pattern: new RegExp(source, "uy") }));

// Words of the grammar, and those SQL words that people try: the latter only so that the error
// points at them and does not take them for names.
const KEYWORDS = new Set([
  "AND",
  "OR",
  "NOT",
  "IN",
  "IS",
  "NULL",
  "BETWEEN",
  "SELECT",
  "FROM",
  "WHERE",
  "ORDER",
  "GROUP",
  "LIMIT",
  "COLLATE",
]);

/** Upper case with single spaces between words: how operators and keywords are compared. */
export function normaliseWords(text: string): string {
  return text.toUpperCase().replace(/\s+/gu, " ");
}

/**
 * Cuts a filter or order_by text into tokens the way the protocol's SQL lexer does, white space
 * left out. Never fails on content: what fits nowhere becomes an "other" token.
 *
 * @throws MlflowError on more than 10,000 tokens or 1,000,000 characters, and on NUL
 */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  // No database takes a NUL, so none could match.
  if (source.length > MAX_LENGTH || source.includes("\0")) throw unparsable(source);
  // Known in advance, so that many unclosed comments do not each search to the end.
  const lastBlockEnd = source.lastIndexOf("*/");
  let at = 0;
  while (at < source.length) {
    const token = nextToken(source, at, lastBlockEnd);
    at = token.to;
    if (token.kind === "space") continue;
    if (tokens.length === MAX_TOKENS) throw unparsable(source);
    tokens.push({ ...token, kind: token.kind });
  }
  return tokens;
}

function unparsable(source: string): MlflowError {
  const span = { from: 0, to: source.length };
  const shown = source.length > 100 ? `${source.slice(0, 100)}…` : source;
  return invalidParameter(`Error on parsing filter '${shown}'`, span);
}

function nextToken(
  source: string,
  from: number,
  lastBlockEnd: number,
): Omit<Token, "kind"> & { kind: TokenKind | "space" } {
  for (const { kind, pattern } of MATCHERS) {
    if (kind === "block" && from + 2 > lastBlockEnd) continue;
    pattern.lastIndex = from;
    const raw = pattern.exec(source)?.[0];
    if (raw === undefined) continue;
    const to = from + raw.length;
    if (kind === "keyword" || kind === "comparator") {
      return { kind, from, to, text: normaliseWords(raw) };
    }
    if (kind === "block") return { kind: "comment", from, to, text: raw };
    if (kind !== "word") return { kind, from, to, text: raw };
    const upper = raw.toUpperCase();
    if (KEYWORDS.has(upper)) return { kind: "keyword", from, to, text: upper };
    return { kind: "name", from, to, text: raw };
  }
  // A whole code point, so that a span never cuts a surrogate pair.
  const character = String.fromCodePoint(source.codePointAt(from) ?? 0);
  return { kind: "other", from, to: from + character.length, text: character };
}
