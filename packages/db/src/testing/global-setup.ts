import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { json } from "node:stream/consumers";
import type { SqlMigration } from "../sql-migrations.ts";
import { testEnv } from "./env.ts";
import { startTestServer, type TestServer } from "./test-server.ts";

/** What a test file needs in order to copy a migrated database. */
export interface TemplateAnswer {
  readonly adminUrl: string;
  readonly prefix: string;
  readonly template: string;
}

/**
 * A vitest globalSetup: gives the run one database server, started when a test first asks for it,
 * so that runs without such tests pay nothing. Several projects of one run share it.
 */
export async function setup(): Promise<() => Promise<void>> {
  if (testEnv.socket() !== undefined) return async () => undefined;
  const folder = mkdtempSync(path.join(tmpdir(), "tessera-test-"));
  const socket = path.join(folder, "socket");
  let server: Promise<TestServer> | undefined;
  const broker = answerWith(async (sql) => {
    server ??= startTestServer(testEnv.serverUrl());
    const started = await server;
    const template = await started.template(sql);
    return { adminUrl: started.adminUrl, prefix: started.prefix, template };
  });
  await new Promise<void>((resolve) => broker.listen(socket, resolve));
  broker.unref();
  testEnv.announceSocket(socket);
  return async () => {
    testEnv.announceSocket(undefined);
    broker.close();
    broker.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
    const started = await server?.catch(() => undefined);
    await started?.stop();
  };
}

function answerWith(answer: (sql: readonly SqlMigration[]) => Promise<TemplateAnswer>): Server {
  const respond = async (request: IncomingMessage): Promise<[number, string]> => {
    try {
      const sql = (await json(request)) as readonly SqlMigration[];
      return [200, JSON.stringify(await answer(sql))];
    } catch (error) {
      return [500, error instanceof Error ? error.message : String(error)];
    }
  };
  return createServer((request, response) => {
    void respond(request).then(([status, body]) => response.writeHead(status).end(body));
  });
}
