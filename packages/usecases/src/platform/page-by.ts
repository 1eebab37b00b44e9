import { PlatformError } from "@tessera/contracts/errors";
import type { z } from "zod";

export interface PageInput {
  readonly limit?: number | undefined;
  readonly pageToken?: string | undefined;
}

interface Window {
  /** Key of the last row of the page before; `null` for the first page. */
  readonly after: string | null;
  /** How many rows to read: one more than a page, to know whether another follows. */
  readonly take: number;
}

function notGivenOut(): PlatformError {
  return new PlatformError("invalid_argument", "The page token is not one that was given out", {
    issues: [{ path: "pageToken", message: "pass nextPageToken of the page before, unchanged" }],
  });
}

/** The key of a list that is ordered by a number. @throws PlatformError (invalid_argument) */
export function numericKey(key: string): number {
  const number = Number(key);
  if (!/^\d{1,10}$/.test(key) || number > 2 ** 31 - 1) throw notGivenOut();
  return number;
}

/** The key of a list that is ordered by several columns: their values. */
export function keyOfValues(values: readonly (string | number)[]): string {
  return JSON.stringify(values);
}

/**
 * Rows that come after a key of `keyOfValues`, for an order by these columns, all ascending.
 *
 * @throws PlatformError (invalid_argument)
 */
export function beyond(key: string, columns: Readonly<Record<string, z.ZodType>>): object {
  const names = Object.keys(columns);
  const parsed = valuesOf(key);
  if (parsed.length !== names.length) throw notGivenOut();
  const values = names.map((name, at) => {
    const value = columns[name]?.safeParse(parsed[at]);
    if (value?.success !== true) throw notGivenOut();
    return [name, value.data] as const;
  });
  const after = values.map(([name, value], at) => ({
    ...Object.fromEntries(values.slice(0, at)),
    [name]: { gt: value },
  }));
  return { OR: after };
}

function valuesOf(key: string): unknown[] {
  try {
    const values: unknown = JSON.parse(key);
    return Array.isArray(values) ? values : [];
  } catch {
    return [];
  }
}

function decode(token: string): string {
  const text = Buffer.from(token, "base64url").toString("utf8");
  if (text === "" || Buffer.from(text).toString("base64url") !== token) {
    throw notGivenOut();
  }
  return text;
}

/** A page of a list; the last one has no token. */
export interface Page<Item> {
  readonly items: Item[];
  readonly nextPageToken?: string;
}

/** Reads one page of a list by keyset: `read` gets the position, `keyOf` tells a row's. */
export async function pageBy<Row>(
  input: PageInput,
  read: (window: Window) => Promise<Row[]>,
  keyOf: (row: Row) => string,
): Promise<Page<Row>> {
  const limit = input.limit ?? 50;
  const after = input.pageToken === undefined ? null : decode(input.pageToken);
  const rows = await read({ after, take: limit + 1 });
  if (rows.length <= limit) return { items: rows };
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (last === undefined) return { items };
  return { items, nextPageToken: Buffer.from(keyOf(last)).toString("base64url") };
}
