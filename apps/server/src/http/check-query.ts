import { PlatformError } from "@tessera/contracts/errors";

/** Refuses a query whose escapes are no UTF-8: taken as they are, they would name something else. */
export function checkQuery(url: string): void {
  const start = url.indexOf("?");
  if (start < 0 || !url.includes("%", start)) return;
  try {
    decodeURIComponent(url.slice(start + 1));
  } catch (cause) {
    throw new PlatformError("invalid_argument", "The query's escapes are not valid UTF-8", {
      cause,
    });
  }
}
