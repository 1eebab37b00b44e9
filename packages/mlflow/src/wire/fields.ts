import { readBoolean, readDouble, readInt64 } from "../json-rules.ts";
import type { Fields } from "../json-rules.ts";
import { invalidValue, joinPath, missingField, wrongType } from "../wording.ts";

// Every reader takes the fields, a field's name, and the path of the fields in the request
// ("metrics[0]"), so that errors name the place. Null means unset, as in protocol buffers.

const HALF_CHARACTER = /\p{Surrogate}/u;

/** A text field, or undefined when it is unset. @throws MlflowError on another type */
export function optionalString(fields: Fields, name: string, path = ""): string | undefined {
  const value = fields[name] ?? undefined;
  return value === undefined ? undefined : textAt(joinPath(path, name), value);
}

function textAt(place: string, value: unknown): string {
  if (typeof value !== "string") throw wrongType(place, value);
  // No database column can hold it, and no client means it.
  if (value.includes("\0")) throw invalidValue(place, value, "Text must not contain NUL.");
  if (HALF_CHARACTER.test(value)) {
    throw invalidValue(place, value, "Text must be well-formed Unicode.");
  }
  return value;
}

/** A text field that must be there; an empty one counts as absent. @throws MlflowError */
export function requiredString(fields: Fields, name: string, path = ""): string {
  const value = optionalString(fields, name, path);
  if (value === undefined || value === "") throw missingField(joinPath(path, name));
  return value;
}

/** A whole number, as a number or decimal text. @throws MlflowError on anything else */
export function optionalInt(fields: Fields, name: string, path = ""): number | undefined {
  const value = fields[name] ?? undefined;
  if (value === undefined) return undefined;
  const number = readInt64(value);
  if (number === undefined) throw wrongType(joinPath(path, name), value);
  return number;
}

/** A whole number that must be there. @throws MlflowError */
export function requiredInt(fields: Fields, name: string, path = ""): number {
  if (fields[name] === "") throw missingField(joinPath(path, name));
  const value = optionalInt(fields, name, path);
  if (value === undefined) throw missingField(joinPath(path, name));
  return value;
}

/** A double that must be there; NaN and infinities come as text. @throws MlflowError */
export function requiredDouble(fields: Fields, name: string, path = ""): number {
  const value = fields[name] ?? undefined;
  if (value === undefined || value === "") throw missingField(joinPath(path, name));
  const number = readDouble(value);
  if (number === undefined) throw wrongType(joinPath(path, name), value);
  return number;
}

/** A boolean, or undefined when it is unset. @throws MlflowError */
export function optionalBoolean(fields: Fields, name: string, path = ""): boolean | undefined {
  const value = fields[name] ?? undefined;
  if (value === undefined) return undefined;
  const boolean = readBoolean(value);
  if (boolean === undefined) throw wrongType(joinPath(path, name), value);
  return boolean;
}

/** A list of texts; unset is empty. @throws MlflowError */
export function stringList(fields: Fields, name: string, path = ""): string[] {
  const place = joinPath(path, name);
  return list(fields, name, path).map((item, index) => textAt(`${place}[${index}]`, item));
}

/** A list of messages, each with its path; unset is empty. @throws MlflowError */
export function messageList(
  fields: Fields,
  name: string,
  path = "",
): { readonly fields: Fields; readonly path: string }[] {
  return list(fields, name, path).map((item, index) => {
    const place = `${joinPath(path, name)}[${index}]`;
    if (!isFields(item)) throw wrongType(place, item);
    return { fields: item, path: place };
  });
}

/** A message, or undefined when it is unset. @throws MlflowError */
export function optionalMessage(fields: Fields, name: string, path = ""): Fields | undefined {
  const value = fields[name] ?? undefined;
  if (value === undefined) return undefined;
  if (!isFields(value)) throw wrongType(joinPath(path, name), value);
  return value;
}

/** How an enum's names and numbers go together. */
export type EnumNumbers<Name extends string> = Readonly<Record<Name, number>>;

/** An enum by name or number, or undefined when it is unset. @throws MlflowError */
export function optionalEnum<Name extends string>(
  fields: Fields,
  name: string,
  numbers: EnumNumbers<Name>,
): Name | undefined {
  const value = fields[name] ?? undefined;
  if (value === undefined) return undefined;
  const names = Object.keys(numbers) as Name[];
  const found = names.find((known) => known === value || numbers[known] === readInt64(value));
  if (found !== undefined) return found;
  throw invalidValue(name, value, `It must be one of ${names.join(", ")}.`);
}

function list(fields: Fields, name: string, path: string): readonly unknown[] {
  const value = fields[name] ?? [];
  if (Array.isArray(value)) return value;
  throw wrongType(joinPath(path, name), value);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
