import type { Condition, Parameter, ParameterValue } from "@tessera/contracts/search-space";

/** What stands between `{{` and `}}`. */
export interface Placeholder {
  /** Written before `=`, or the name alone of a parameter that is told elsewhere. */
  readonly name: string | null;
  readonly parameter: Parameter | null;
}

const NAME = /^[A-Za-z_][\w./-]*$/;
const CALL = /^(?:([A-Za-z_][\w./-]*)\s*=\s*)?([a-z]+)\(([\s\S]*?)\)(?:\s+if\s+([\s\S]+))?$/;
const TEST = /^([A-Za-z_][\w./-]*)\s*(?:==?\s*([\s\S]+)|in\s*\(([\s\S]*)\))$/;
const PIECE = /\s*(?:"([^"]*)"|'([^']*)'|([^,"'\s][^,"']*?))\s*(,|$)/y;

/** Text as it would be printed again: "0.10" and "007" stay text. */
function literal(text: string): ParameterValue {
  const number = Number(text);
  return text !== "" && Number.isFinite(number) && String(number) === text ? number : text;
}

/** Splits at commas outside quotes; quoted pieces stay text. Null for what cannot be read. */
function readList(text: string): ParameterValue[] | null {
  const values: ParameterValue[] = [];
  PIECE.lastIndex = 0;
  for (;;) {
    const match = PIECE.exec(text);
    if (!match) return null;
    const [, double, single, bare, end] = match;
    values.push(double ?? single ?? literal(bare ?? ""));
    if (end !== ",") return values;
  }
}

type Reading = (numbers: readonly number[]) => Parameter;

interface Shape {
  readonly form: string;
  readonly least: number;
  readonly most: number;
  readonly read: Reading;
}

const float = (extra: { log?: true } = {}): Reading => {
  return ([low = NaN, high = NaN]) => ({ type: "float", low, high, ...extra });
};

const int = (extra: { log?: true } = {}): Reading => {
  return ([low = NaN, high = NaN, step]) => ({
    type: "int",
    low,
    high,
    ...extra,
    ...(step === undefined ? {} : { step }),
  });
};

/** Functions of numbers that a placeholder may call. */
const shapes: Readonly<Record<string, Shape>> = {
  uniform: { form: "uniform(low, high)", least: 2, most: 2, read: float() },
  loguniform: { form: "loguniform(low, high)", least: 2, most: 2, read: float({ log: true }) },
  quniform: {
    form: "quniform(low, high, step)",
    least: 3,
    most: 3,
    read: ([low = NaN, high = NaN, step = NaN]) => ({ type: "float", low, high, step }),
  },
  int: { form: "int(low, high[, step])", least: 2, most: 3, read: int() },
  logint: { form: "logint(low, high[, step])", least: 2, most: 3, read: int({ log: true }) },
};

const allForms = [...Object.values(shapes).map(({ form }) => form), "choice(a, b, …)"].join(", ");

function readCall(call: string, text: string): Parameter | string {
  const list = readList(text);
  if (call === "choice") {
    return list ? { type: "categorical", choices: list } : "choice needs values between commas";
  }
  const shape = Object.hasOwn(shapes, call) ? shapes[call] : undefined;
  if (!shape) return `there is no ${call}(); there are: ${allForms}`;
  // Numbers may be written in any way here, such as 1e-5 or 0.10.
  const numbers = (list ?? []).map((value) => (value === "" ? NaN : Number(value)));
  if (numbers.length < shape.least || numbers.length > shape.most || numbers.some(Number.isNaN)) {
    return `must be ${shape.form}, with numbers`;
  }
  return shape.read(numbers);
}

function readCondition(text: string): Condition | string {
  const match = TEST.exec(text.trim());
  const [, parameter, single, several] = match ?? [];
  const list = readList((single ?? several ?? "").trim());
  if (parameter === undefined || !list) return "after if: must be name = value or name in (a, b)";
  return { parameter, in: list };
}

/** Reads the inside of a placeholder; a text says what is wrong with it. */
export function parsePlaceholder(inside: string): Placeholder | string {
  const text = inside.trim();
  if (NAME.test(text)) return { name: text, parameter: null };
  const match = CALL.exec(text);
  if (!match) return `must be a parameter's name or one of ${allForms}`;
  const [, name = null, call = "", list = "", test] = match;
  const parameter = readCall(call, list);
  if (typeof parameter === "string") return parameter;
  if (test === undefined) return { name, parameter };
  const when = readCondition(test);
  if (typeof when === "string") return when;
  return { name, parameter: { ...parameter, when } };
}
