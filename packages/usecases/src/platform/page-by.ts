import { PlatformError } from "@tessera/contracts/errors";

interface PageInput {
  readonly limit?: number | undefined;
  readonly pageToken?: string | undefined;
}

interface Window {
  /** Key of the last row of the page before; `null` for the first page. */
  readonly after: string | null;
  /** How many rows to read: one more than a page, to know whether another follows. */
  readonly take: number;
}

function decode(token: string): string {
  const text = Buffer.from(token, "base64url").toString("utf8");
  if (text === "" || Buffer.from(text).toString("base64url") !== token) {
    throw new PlatformError("invalid_argument", "The page token is not one that was given out", {
      issues: [{ path: "pageToken", message: "pass nextPageToken of the page before, unchanged" }],
    });
  }
  return text;
}

/** Reads one page of a list by keyset: `read` gets the position, `keyOf` tells a row's. */
export async function pageBy<Row>(
  input: PageInput,
  read: (window: Window) => Promise<Row[]>,
  keyOf: (row: Row) => string,
): Promise<{ items: Row[]; nextPageToken?: string }> {
  const limit = input.limit ?? 50;
  const after = input.pageToken === undefined ? null : decode(input.pageToken);
  const rows = await read({ after, take: limit + 1 });
  if (rows.length <= limit) return { items: rows };
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (last === undefined) return { items };
  return { items, nextPageToken: Buffer.from(keyOf(last)).toString("base64url") };
}
