import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { IncomingMessage, ServerResponse } from "node:http";

/** Answers with the dashboard's pages and files. */
export interface WebPages {
  /** Where its scripts, styles and fonts lie. */
  readonly staticFolder: string;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): Promise<void>;
}

interface WebOptions {
  /** The dashboard's folder, with its build in `.next`. */
  readonly folder: string;
  readonly hostname: string;
  readonly port: number;
}

interface NextServer {
  prepare(): Promise<void>;
  getRequestHandler(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  close(): Promise<void>;
}

type CreateNext = (
  options: Omit<WebOptions, "folder"> & { dev: boolean; dir: string; quiet: boolean },
) => NextServer;

const require = createRequire(import.meta.url);

/** Opens the built dashboard; undefined when it is not built. */
export async function openWebPages(options: WebOptions): Promise<WebPages | undefined> {
  if (!existsSync(join(options.folder, ".next/BUILD_ID"))) return undefined;
  // Required, not imported: its types would change those of the whole process.
  const next = require("next") as CreateNext;
  const server = next({
    dev: false,
    dir: options.folder,
    hostname: options.hostname,
    port: options.port,
    quiet: true,
  });
  await server.prepare();
  const handle = server.getRequestHandler();
  return {
    staticFolder: join(options.folder, ".next/static"),
    handle: async (request, response) => handle(request, response),
    close: () => server.close(),
  };
}
