import { existsSync } from "node:fs";
import { join } from "node:path";
import type { IncomingMessage, ServerResponse } from "node:http";

/** Answers with the dashboard's pages and files. */
export interface WebPages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): Promise<void>;
}

interface WebOptions {
  /** The dashboard's folder, with its build in `.next`. */
  readonly folder: string;
  readonly hostname: string;
  readonly port: number;
}

/** Opens the built dashboard; undefined when it is not built. */
export async function openWebPages(options: WebOptions): Promise<WebPages | undefined> {
  if (!existsSync(join(options.folder, ".next/BUILD_ID"))) return undefined;
  const { default: next } = await import("next");
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
    handle: async (request, response) => handle(request, response),
    close: () => server.close(),
  };
}
