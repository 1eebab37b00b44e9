/** An argument with a name, as `--eta 0.1`, `--eta=0.1` or `eta=0.1` give one. */
export interface CommandFlag {
  readonly name: string;
  readonly value: string;
  /** The position of the word that holds the value. */
  readonly at: number;
  /** What stands before the value in that word. */
  readonly prefix: string;
}

const joined = /^(-{0,2}([A-Za-z][\w./-]*)=)([^]*)$/;
const alone = /^--?[A-Za-z][\w.-]*$/;
const number = /^-\d*\.?\d+(e[+-]?\d+)?$/i;

/** The named arguments of a command, in their order. */
export function commandFlags(words: readonly string[]): CommandFlag[] {
  const flags: CommandFlag[] = [];
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? "";
    const [, prefix, name, value] = joined.exec(word) ?? [];
    if (prefix !== undefined && name !== undefined && value !== undefined) {
      flags.push({ name, value, at, prefix });
      continue;
    }
    const next = words[at + 1];
    if (!alone.test(word) || next === undefined || isFlag(next)) continue;
    flags.push({ name: word.replace(/^-+/, ""), value: next, at: at + 1, prefix: "" });
    at += 1;
  }
  return flags;
}

function isFlag(word: string): boolean {
  return word.startsWith("-") && word.length > 1 && !number.test(word);
}

/** The command with another value for one of its arguments. */
export function withFlag(
  words: readonly string[],
  { at, prefix }: CommandFlag,
  value: string,
): string[] {
  return words.with(at, prefix + value);
}
