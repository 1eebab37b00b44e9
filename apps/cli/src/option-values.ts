import { InvalidArgumentError } from "commander";

/** A whole number from 0. */
export function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new InvalidArgumentError("must be a whole number from 0");
}

/** A whole number, negative ones too. */
export function anyWholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number;
  throw new InvalidArgumentError("must be a whole number");
}

/** "90", "90s", "15m", "2h", "1d" as seconds. */
export function seconds(text: string): number {
  const match = /^(\d+)([smhd]?)$/.exec(text);
  const factor = { "": 1, s: 1, m: 60, h: 3600, d: 86_400 }[match?.[2] ?? ""];
  if (!match || factor === undefined) {
    throw new InvalidArgumentError("must be a time such as 90s, 15m or 2h");
  }
  return Number(match[1]) * factor;
}

/** The values of an option that may be given again. */
export const collect = (text: string, list: string[] = []): string[] => [...list, text];
