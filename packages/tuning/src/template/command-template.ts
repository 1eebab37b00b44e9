import type { Parameter, ParameterValues, SearchSpace } from "@tessera/contracts/search-space";
import { checkSpace } from "../space/check-space.ts";
import { TuningError, type TuningFault } from "../tuning-error.ts";
import { parsePlaceholder } from "./parse-placeholder.ts";
import { valueText } from "./value-text.ts";

type Piece = { readonly text: string } | { readonly name: string };

/** One argument: text, and parameters whose values are put in. */
interface Part {
  readonly pieces: readonly Piece[];
  /** Left out, with the part before it, where its parameter does not apply: an option's value. */
  readonly follows: boolean;
}

/** A command with its placeholders read, and the space that they and `space` describe. */
export interface CommandTemplate {
  readonly space: SearchSpace;
  readonly parts: readonly Part[];
}

const PLACEHOLDER = /\{\{([\s\S]*?)\}\}/g;
const OPTION = /^--?([A-Za-z_][\w./-]*)$/;
const ASSIGNED = /(?:^|\s)(?:--?|\+{0,2})([A-Za-z_][\w./-]*)=$/;

/** `--lr {{…}}`, `--lr={{…}}` and `lr={{…}}` name their parameter. */
function impliedName(before: string, previous: string | undefined): string | null {
  if (before !== "") return ASSIGNED.exec(before)?.[1] ?? null;
  return OPTION.exec(previous ?? "")?.[1] ?? null;
}

function isSame(a: Parameter, b: Parameter): boolean {
  const fields = new Map(Object.entries(b));
  const own = Object.entries(a);
  return (
    own.length === fields.size &&
    own.every(([field, value]) => JSON.stringify(value) === JSON.stringify(fields.get(field)))
  );
}

class Reader {
  readonly faults: TuningFault[] = [];
  readonly #space: Map<string, Parameter>;

  constructor(space: SearchSpace) {
    this.#space = new Map(Object.entries(space));
  }

  get space(): SearchSpace {
    return Object.fromEntries(this.#space);
  }

  part(text: string, at: number, previous: string | undefined): Part {
    const pieces: Piece[] = [];
    let end = 0;
    for (const match of text.matchAll(PLACEHOLDER)) {
      const before = text.slice(end, match.index);
      if (before !== "") pieces.push({ text: before });
      const name = this.#placeholder(match, at, impliedName(text.slice(0, match.index), previous));
      if (name !== null) pieces.push({ name });
      end = match.index + match[0].length;
    }
    if (end < text.length) pieces.push({ text: text.slice(end) });
    const whole = pieces.length === 1 && pieces.some((piece) => "name" in piece);
    return { pieces, follows: whole && OPTION.test(previous ?? "") };
  }

  #placeholder([written, inside = ""]: RegExpExecArray, at: number, implied: string | null) {
    const wrong = (message: string): null => {
      this.faults.push({ path: `command.${at}`, message: `${written}: ${message}` });
      return null;
    };
    const read = parsePlaceholder(inside);
    if (typeof read === "string") return wrong(read);
    const name = read.name ?? implied;
    if (name === null) return wrong("has no name; write {{name=…}}");
    if (read.parameter === null) return name;
    const known = this.#space.get(name);
    if (known !== undefined && !isSame(known, read.parameter)) {
      return wrong(`${name} is told twice; write {{${name}}} for its value`);
    }
    this.#space.set(name, read.parameter);
    return name;
  }

  /** Names used that nothing tells, and parameters that the command never uses. */
  checkUse(parts: readonly Part[]): void {
    const used = new Set<string>();
    for (const [at, { pieces }] of parts.entries()) {
      for (const piece of pieces) {
        if (!("name" in piece)) continue;
        used.add(piece.name);
        if (this.#space.has(piece.name)) continue;
        const message = `{{${piece.name}}}: no parameter has this name`;
        this.faults.push({ path: `command.${at}`, message });
      }
    }
    for (const name of this.#space.keys()) {
      if (used.has(name)) continue;
      const message = `is nowhere in the command; write {{${name}}} where its value goes`;
      this.faults.push({ path: `space.${name}`, message });
    }
  }
}

/**
 * Reads a command's placeholders, with a space that tells some of them.
 *
 * @throws TuningError with every fault of the command and the space
 */
export function parseCommand(command: readonly string[], space: SearchSpace = {}): CommandTemplate {
  const reader = new Reader(space);
  const parts = command.map((text, at) => reader.part(text, at, command[at - 1]));
  reader.checkUse(parts);
  if (reader.faults.length > 0) throw new TuningError(reader.faults);
  checkSpace(reader.space);
  return { space: reader.space, parts };
}

/** The command of one trial. What belongs to parameters that do not apply is left out. */
export function renderCommand(
  { space, parts }: CommandTemplate,
  values: ParameterValues,
): string[] {
  const textOf = (piece: Piece): string | undefined => {
    if (!("name" in piece)) return piece.text;
    const value = values[piece.name];
    return value === undefined ? undefined : valueText(space[piece.name], value);
  };
  const rendered: string[] = [];
  for (const { pieces, follows } of parts) {
    const texts = pieces.map(textOf);
    if (!texts.includes(undefined)) rendered.push(texts.join(""));
    else if (follows) rendered.pop();
  }
  return rendered;
}
