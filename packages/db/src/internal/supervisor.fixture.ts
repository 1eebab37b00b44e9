// A supervisor for tests to kill: starts PostgreSQL in the folder it is given, says where, waits.
import { startEmbeddedPostgres } from "../embedded-postgres.ts";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("Usage: supervisor.fixture <folder>");
const report = (line: unknown): void => console.log(JSON.stringify(line));

try {
  const server = await startEmbeddedPostgres({
    folder,
    onNotice: (notice) => report({ notice }),
  });
  report({ pid: server.pid, url: server.url });
  process.once("SIGTERM", () => {
    void server.stop().then(() => process.exit(0));
  });
  setInterval(() => undefined, 60_000);
} catch (error) {
  report({ fault: error instanceof Error ? error.message : String(error) });
  process.exit(1);
}
