/** A command's words from what a person typed, or what is wrong with it. */
export type ReadCommand = { readonly words: string[] } | { readonly error: string };

const safe = /^[\w@%+=:,./-]+$/;

/** Words as one line that a POSIX shell reads as the same words. */
export function commandLine(words: readonly string[]): string {
  return words.map(quoteWord).join(" ");
}

function quoteWord(word: string): string {
  if (safe.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

interface Reader {
  readonly text: string;
  at: number;
  word: string | undefined;
  readonly words: string[];
}

/**
 * Splits a line as a POSIX shell does: quotes, backslashes, lines that go on. Nothing is expanded,
 * since no shell reads it: `$HOME` and `*` stay as they are.
 */
export function readCommand(text: string): ReadCommand {
  const reader: Reader = { text, at: 0, word: undefined, words: [] };
  while (reader.at < text.length) {
    const error = readNext(reader);
    if (error !== undefined) return { error };
  }
  endWord(reader);
  return reader.words.length === 0 ? { error: "A command is needed" } : { words: reader.words };
}

function endWord(reader: Reader) {
  if (reader.word !== undefined) reader.words.push(reader.word);
  reader.word = undefined;
}

/** Takes the next piece; answers what is wrong with it, if anything is. */
function readNext(reader: Reader): string | undefined {
  const sign = reader.text[reader.at] ?? "";
  if (/\s/.test(sign)) {
    endWord(reader);
    reader.at += 1;
    return undefined;
  }
  if (sign === "'") return readQuoted(reader, "'");
  if (sign === '"') return readQuoted(reader, '"');
  if (sign === "\\") return readEscaped(reader);
  reader.word = (reader.word ?? "") + sign;
  reader.at += 1;
  return undefined;
}

function readEscaped(reader: Reader): string | undefined {
  const next = reader.text[reader.at + 1];
  if (next === undefined) return "A backslash at the end escapes nothing";
  // A backslash before a line's end joins the two lines.
  if (next !== "\n") reader.word = (reader.word ?? "") + next;
  reader.at += 2;
  return undefined;
}

function readQuoted(reader: Reader, quote: "'" | '"'): string | undefined {
  let word = reader.word ?? "";
  for (let at = reader.at + 1; at < reader.text.length; at += 1) {
    const sign = reader.text[at] ?? "";
    if (sign === quote) {
      reader.word = word;
      reader.at = at + 1;
      return undefined;
    }
    const next = reader.text[at + 1] ?? "";
    if (quote === '"' && sign === "\\" && ['"', "\\", "$", "`", "\n"].includes(next)) {
      word += next === "\n" ? "" : next;
      at += 1;
    } else word += sign;
  }
  return `The quote ${quote} at character ${reader.at + 1} is not closed`;
}
