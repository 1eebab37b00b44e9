// A test run for tests to kill: starts a scratch server, says where, waits.
import { startScratchServer } from "./scratch-server.ts";

const { url, folder } = await startScratchServer();
console.log(JSON.stringify({ url, folder }));
setInterval(() => undefined, 60_000);
