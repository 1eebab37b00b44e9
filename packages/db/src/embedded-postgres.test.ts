import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded-postgres.ts";
import { postgresProcessesIn, startTimeOf } from "./internal/process-identity.ts";
import { scratchParent } from "./internal/scratch-server.ts";

const packageRoot = path.dirname(import.meta.dirname);

// Creating a cluster takes long where disk and processor are busy.
vi.setConfig({ testTimeout: 120_000 });

// One cluster for all tests: each starts it and leaves it stopped.
const parent = mkdtempSync(path.join(scratchParent(), "tessera-embedded-"));
const folder = path.join(parent, "pg");
let servers: EmbeddedPostgres[];

beforeEach(() => {
  servers = [];
});

afterEach(async () => {
  for (const server of servers) await server.stop();
});

afterAll(() => rmSync(parent, { recursive: true, force: true }));

async function start(): Promise<EmbeddedPostgres & { notices: string[] }> {
  const notices: string[] = [];
  const server = await startEmbeddedPostgres({ folder, onNotice: (text) => notices.push(text) });
  servers.push(server);
  return { ...server, notices };
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  // A server that is killed in mid-query ends the connection a second time.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** Leaves a committed row behind that must be there ever after. */
async function keepAnswer(url: string): Promise<void> {
  await query(url, "DROP TABLE IF EXISTS kept");
  await query(url, "CREATE TABLE kept AS SELECT 7 AS answer");
}

function kill(pid: number, signal: NodeJS.Signals): void {
  process.kill(pid, signal);
}

describe("an embedded server", () => {
  test("keeps its data, its password and its port over a restart", async () => {
    const first = await start();
    await keepAnswer(first.url);
    await first.stop();
    expect(await first.exited).toEqual({ code: 0, signal: null });
    expect(startTimeOf(first.pid)).toBeUndefined();

    const begun = performance.now();
    const second = await start();
    expect(performance.now() - begun).toBeLessThan(3000);
    expect(second.url).toBe(first.url);
    expect(await query(second.url, "SELECT answer FROM kept")).toEqual([{ answer: 7 }]);
    expect(second.notices).toEqual([]);
  });

  test("is durable, listens on the loopback address alone and wants its password", async () => {
    const server = await start();
    const settings = await query(
      server.url,
      `SELECT name, setting FROM pg_settings WHERE name IN
       ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'jit', 'autovacuum',
        'max_connections', 'unix_socket_directories')`,
    );
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: "on",
      synchronous_commit: "on",
      full_page_writes: "on",
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "",
      jit: "off",
      autovacuum: "on",
      max_connections: "60",
    });
    const intruder = new URL(server.url);
    intruder.password = "guess";
    await expect(query(intruder.href, "SELECT 1")).rejects.toThrow(/password authentication/);
    expect(statSync(path.join(folder, "password")).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder).toSorted()).toEqual([
      "data",
      "holder.json",
      "password",
      "port",
      "postgres.log",
    ]);
  });

  test("takes another port when its own is taken", async () => {
    const first = await start();
    await first.stop();
    const squatter = createServer().listen(first.port, "127.0.0.1");
    await once(squatter, "listening");
    try {
      const second = await start();
      expect(second.port).not.toBe(first.port);
      expect(await query(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    } finally {
      squatter.close();
    }
  });

  test("refuses a second start while it runs, naming the process, and goes on", async () => {
    const server = await start();
    await expect(start()).rejects.toMatchObject({
      code: "failed_precondition",
      message: `${folder} is in use by process ${process.pid}`,
    });
    expect(await query(server.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("starts anew after an initialisation that was cut off", async () => {
    // As a kill in the middle of initdb leaves it: a partial cluster beside none.
    rmSync(path.join(folder, "data"), { recursive: true, force: true });
    mkdirSync(path.join(folder, "data.new.0123"), { recursive: true });
    writeFileSync(path.join(folder, "data.new.0123/PG_VERSION"), "18\n");
    const second = await start();
    expect(await query(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(readdirSync(folder).filter((name) => name.startsWith("data"))).toEqual(["data"]);
  });

  test("says what PostgreSQL says when it does not come up", async () => {
    const first = await start();
    await first.stop();
    writeFileSync(path.join(folder, "data/PG_VERSION"), "17\n");
    await expect(start()).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("not compatible"),
    });
    writeFileSync(path.join(folder, "data/PG_VERSION"), "18\n");
    const second = await start();
    expect(await query(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("works in a folder that its user cannot reach by path", async () => {
    chmodSync(parent, 0o700);
    expect(statSync(parent).uid).toBe(process.getuid?.());
    const server = await start();
    expect(await query(server.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });
});

describe("after a kill", () => {
  test("of the server: tells of it, recovers what was committed, starts again", async () => {
    const first = await start();
    await keepAnswer(first.url);
    // A backend that is busy notices the server's death late.
    const busy = query(first.url, "SELECT pg_sleep(60)").catch((error: Error) => error);
    await vi.waitFor(async () => {
      const rows = await query(
        first.url,
        "SELECT 1 FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)'",
      );
      expect(rows).toHaveLength(1);
    });
    kill(first.pid, "SIGKILL");
    expect(await first.exited).toEqual({ code: null, signal: "SIGKILL" });
    const second = await start();
    expect(await query(second.url, "SELECT answer FROM kept")).toEqual([{ answer: 7 }]);
    expect(second.port).toBe(first.port);
    expect(await busy).toBeInstanceOf(Error);
  });

  test("of a backend: the server recovers by itself", async () => {
    const server = await start();
    await keepAnswer(server.url);
    const client = new Client({ connectionString: server.url });
    client.on("error", () => undefined);
    await client.connect();
    const [row] = (await client.query("SELECT pg_backend_pid() AS pid")).rows;
    kill(row.pid, "SIGKILL");
    await vi.waitFor(
      async () =>
        expect(await query(server.url, "SELECT answer FROM kept")).toEqual([{ answer: 7 }]),
      { timeout: 10_000 },
    );
    await client.end();
  });

  test("a pid file that names some other process is no obstacle", async () => {
    const first = await start();
    await first.stop();
    const bystander = spawn("sleep", ["60"], statOwner(path.join(folder, "data")));
    const pidFile = path.join(folder, "data/postmaster.pid");
    writeFileSync(pidFile, `${bystander.pid}\n${folder}/data\n1\n${first.port}\n\n127.0.0.1\n`);
    try {
      const second = await start();
      expect(await query(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
      expect(bystander.exitCode).toBeNull();
      expect(startTimeOf(bystander.pid ?? 0)).toBeDefined();
    } finally {
      bystander.kill("SIGKILL");
    }
  });
});

/** Runs a process as the owner of a folder, where that is somebody else. */
function statOwner(file: string): { uid?: number; gid?: number } {
  const { uid, gid } = statSync(file);
  return uid === process.getuid?.() ? {} : { uid, gid };
}

// Their watchers are found through /proc.
describe.runIf(process.platform === "linux")("a supervisor of its own", () => {
  const bundle = path.join(packageRoot, "dist/test/supervisor.mjs");
  let supervisors: ChildProcess[];

  beforeAll(async () => {
    await build({
      entryPoints: [path.join(packageRoot, "src/internal/supervisor.fixture.ts")],
      outfile: bundle,
      bundle: true,
      platform: "node",
      format: "esm",
      external: ["pg", "zod", "embedded-postgres"],
    });
  });

  afterAll(() => rmSync(path.dirname(bundle), { recursive: true, force: true }));

  beforeEach(() => {
    supervisors = [];
  });

  afterEach(async () => {
    for (const supervisor of supervisors) {
      if (supervisor.exitCode !== null || supervisor.signalCode !== null) continue;
      supervisor.kill("SIGTERM");
      await once(supervisor, "exit");
    }
  });

  interface Report {
    pid?: number;
    url?: string;
    notice?: string;
    fault?: string;
  }

  /** Starts one and waits until it is up or has failed. */
  async function supervise(): Promise<{ child: ChildProcess; reports: Report[] }> {
    const child = spawn(process.execPath, [bundle, folder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    supervisors.push(child);
    const reports: Report[] = [];
    if (child.stdout === null) throw new Error("no output");
    for await (const line of createInterface({ input: child.stdout })) {
      const report = JSON.parse(line) as Report;
      reports.push(report);
      if (report.url !== undefined || report.fault !== undefined) break;
    }
    return { child, reports };
  }

  function serverOf(reports: Report[]): { pid: number; url: string } {
    const { pid, url } = reports.at(-1) ?? {};
    if (pid === undefined || url === undefined) throw new Error(JSON.stringify(reports));
    return { pid, url };
  }

  test("killed: the server ends with it, and the next start finds everything", async () => {
    const first = await supervise();
    const server = serverOf(first.reports);
    await keepAnswer(server.url);
    first.child.kill("SIGKILL");
    await vi.waitFor(() => expect(startTimeOf(server.pid)).toBeUndefined(), { timeout: 20_000 });
    expect(postgresProcessesIn(path.join(folder, "data"))).toEqual([]);
    const second = await start();
    expect(await query(second.url, "SELECT answer FROM kept")).toEqual([{ answer: 7 }]);
    expect(second.notices).toEqual([]);
  });

  test("killed with its watcher: the next start stops the server that goes on", async () => {
    const first = await supervise();
    const server = serverOf(first.reports);
    await keepAnswer(server.url);
    for (const watcher of watchersOf(server.pid)) kill(watcher, "SIGKILL");
    first.child.kill("SIGKILL");
    await once(first.child, "exit");
    expect(await query(server.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);

    const second = await start();
    expect(second.notices).toEqual([
      `Stopped the PostgreSQL server ${server.pid} that an earlier start left running`,
    ]);
    expect(startTimeOf(server.pid)).toBeUndefined();
    expect(await query(second.url, "SELECT answer FROM kept")).toEqual([{ answer: 7 }]);
  });

  test("killed with everything: the next start recovers", async () => {
    const first = await supervise();
    const server = serverOf(first.reports);
    await keepAnswer(server.url);
    const everything = postgresProcessesIn(path.join(folder, "data"));
    expect(everything).toContain(server.pid);
    for (const pid of [...watchersOf(server.pid), ...everything]) kill(pid, "SIGKILL");
    first.child.kill("SIGKILL");
    const second = await supervise();
    expect(await query(serverOf(second.reports).url, "SELECT answer FROM kept")).toEqual([
      { answer: 7 },
    ]);
  });

  test("refuses a folder that another one holds; of two at once, one gets it", async () => {
    const both = await Promise.all([supervise(), supervise()]);
    const reports = both.map((one) => one.reports.at(-1));
    expect(reports.filter((report) => report?.url !== undefined)).toHaveLength(1);
    expect(reports.find((report) => report?.fault !== undefined)?.fault).toMatch(
      /is in use by process \d+$/,
    );
  });

  /** The shells that wait for the supervisor's end. */
  function watchersOf(pid: number): number[] {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .filter((name) => {
        try {
          const command = readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0");
          return command[0] === "/bin/sh" && command.at(-2) === String(pid);
        } catch {
          return false;
        }
      })
      .map(Number);
  }
});
