import { isUtf8 } from "node:buffer";
import { PlatformError } from "@tessera/contracts/errors";
import type { FastifyInstance } from "fastify";

/** The only escapes that can stand for what no text may hold: NUL, and half a surrogate pair. */
const suspicious = /\\u(?:0000|[dD][89a-fA-F])/;

const halfCharacter = /\p{Surrogate}/u;
/** How far text is looked for; no body of ours is half as deep. */
const deepest = 50;

/**
 * Takes JSON bodies as they are or not at all: bytes that are no UTF-8, half characters and NUL
 * would otherwise be stored as something else than what was sent, or fail in the database.
 */
export function acceptJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeContentTypeParser("application/json");
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body, done) => {
    const bytes = body as Buffer;
    if (!isUtf8(bytes)) {
      done(new PlatformError("invalid_argument", "The body is not valid UTF-8"));
      return;
    }
    const text = bytes.toString("utf8");
    void parse(request, text, (error: Error | null, value?: unknown) => {
      const fault = error ?? (suspicious.test(text) ? textFault(value) : null);
      if (fault === null) done(null, value);
      else done(fault);
    });
  });
}

function textFault(value: unknown): PlatformError | null {
  const found = findFault(value, []);
  if (found === undefined) return null;
  const path = found.path.join(".");
  const { message } = found;
  return new PlatformError("invalid_argument", `${path || "The body"}: ${message}`, {
    issues: [{ path, message }],
  });
}

interface Fault {
  readonly path: readonly string[];
  readonly message: string;
}

function findFault(value: unknown, path: readonly string[]): Fault | undefined {
  if (typeof value === "string") {
    const message = faultOfText(value);
    return message === undefined ? undefined : { path, message };
  }
  if (typeof value !== "object" || value === null) return undefined;
  if (path.length > deepest) return { path: path.slice(0, 3), message: "is nested too deeply" };
  for (const [key, item] of Object.entries(value)) {
    const message = faultOfText(key);
    if (message !== undefined) return { path, message: `a name in it ${message}` };
    const fault = findFault(item, [...path, key]);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function faultOfText(text: string): string | undefined {
  if (text.includes("\0")) return "must not contain NUL";
  return halfCharacter.test(text) ? "must be well-formed Unicode" : undefined;
}
