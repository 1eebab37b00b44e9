import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMemoryBlobStore } from "@tessera/blobs/testing/memory-blob-store";
import { startTestPlatform, type TestPlatform } from "@tessera/usecases/testing/test-platform";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

const packageRoot = join(import.meta.dirname, "..");
// Beside the sources, so that what stays out of the bundle is found in node_modules.
const outdir = join(packageRoot, "node_modules/.cache", `main-test-${process.pid}`);
const adminToken = "a token of the operator, chosen by hand".replaceAll(" ", "-");

let platform: TestPlatform;
let home: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  platform = await startTestPlatform({ blobs: createMemoryBlobStore() });
  home = await mkdtemp(join(tmpdir(), "tessera-home-"));
  await build({
    entryPoints: [join(packageRoot, "src/main.ts")],
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    logLevel: "error",
    external: ["next", "react", "react-dom", "pg-native"],
    banner: {
      js: `import { createRequire as __createRequire } from "node:module";
import { dirname as __dirnameOf } from "node:path";
import { fileURLToPath as __fileOf } from "node:url";
const require = __createRequire(import.meta.url);
const __filename = __fileOf(import.meta.url);
const __dirname = __dirnameOf(__filename);`,
    },
  });
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

afterAll(async () => {
  await platform?.close();
  await rm(outdir, { recursive: true, force: true });
  await rm(home, { recursive: true, force: true });
});

interface Ready {
  readonly url: string;
  readonly firstAdminLink: string | null;
}

interface Running extends Ready {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
}

function run(env: Record<string, string>): {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly faults: () => string;
  readonly exited: Promise<number | null>;
} {
  const child = spawn(process.execPath, [join(outdir, "main.mjs")], {
    env: { PATH: process.env["PATH"], TESSERA_HOME: home, PORT: "0", LOG_LEVEL: "warn", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let output = "";
  let faults = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
  child.stderr?.on("data", (chunk: Buffer) => (faults += chunk.toString("utf8")));
  const exited = new Promise<number | null>((resolve) => child.on("exit", resolve));
  return { child, output: () => output, faults: () => faults, exited };
}

async function start(env: Record<string, string> = {}): Promise<Running> {
  const running = run({ DATABASE_URL: platform.databaseUrl, ...env });
  const ready = (): Ready | undefined => {
    const line = running
      .output()
      .split("\n")
      .find((each) => each.startsWith('{"type":"ready"'));
    return line === undefined ? undefined : (JSON.parse(line) as Ready);
  };
  const settled = (): boolean => ready() !== undefined || running.child.exitCode !== null;
  await expect.poll(settled, { timeout: 20_000 }).toBe(true);
  const told = ready();
  if (told === undefined) throw new Error(`The server did not start: ${running.faults()}`);
  return { ...running, ...told };
}

async function statusOf(url: string, token: string): Promise<number> {
  return (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status;
}

describe("the server's process", () => {
  test("starts, lets people in by link and token, and stops in order", async () => {
    const first = await start({ TESSERA_ADMIN_TOKEN: adminToken });
    const { url } = first;
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect((await fetch(`${url}/api/v1/openapi.json`)).status).toBe(200);
    const docs = await fetch(`${url}/docs`);
    expect([docs.status, await docs.text()]).toEqual([
      200,
      expect.stringContaining("<h1>REST API</h1>"),
    ]);
    expect(await statusOf(`${url}/api/v1/users`, adminToken)).toBe(200);

    const localToken = (await readFile(join(home, "local-token"), "utf8")).trim();
    expect(await statusOf(`${url}/api/v1/users`, localToken)).toBe(200);
    for (const name of ["local-token", "secret"]) {
      expect((await stat(join(home, name))).mode & 0o777).toBe(0o600);
    }
    const entered = await fetch(first.firstAdminLink ?? "", { method: "POST", redirect: "manual" });
    expect(entered.status).toBe(303);

    // Somebody watches: that must not hold the stop up.
    const watching = await fetch(`${url}/api/v1/events`, {
      headers: { authorization: `Bearer ${localToken}` },
    });
    const began = Date.now();
    first.child.kill("SIGTERM");
    expect(await first.exited).toBe(0);
    expect(Date.now() - began).toBeLessThan(8000);
    await watching.text().catch(() => undefined);

    const second = await start();
    expect(second.firstAdminLink).not.toBe(first.firstAdminLink);
    expect(second.firstAdminLink).toMatch(/\/link\//);
    expect(await statusOf(`${second.url}/api/v1/me`, localToken)).toBe(200);
    expect(await statusOf(`${second.url}/api/v1/me`, adminToken)).toBe(200);
    expect((await readFile(join(home, "local-token"), "utf8")).trim()).toBe(localToken);
  });

  test("starts again after it was killed", async () => {
    const first = await start();
    first.child.kill("SIGKILL");
    await first.exited;
    const second = await start();
    expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
    second.child.kill("SIGINT");
    expect(await second.exited).toBe(0);
  });

  test("keeps a token revoked that somebody revoked", async () => {
    const { url } = await start();
    await writeFile(join(home, "local-token"), "tsr_revoked\n");
    expect(await statusOf(`${url}/api/v1/me`, "tsr_revoked")).toBe(401);
    const again = await start();
    expect(await statusOf(`${again.url}/api/v1/me`, "tsr_revoked")).toBe(401);
    expect((await readFile(join(home, "local-token"), "utf8")).trim()).toBe("tsr_revoked");
  });

  test("says every fault of its environment at once", async () => {
    const { faults, exited } = run({
      DATABASE_URL: "mysql://127.0.0.1/x",
      PORT: "99999",
      TESSERA_ADMIN_TOKEN: "short",
      TESSERA_PUBLIC_URL: "https://x.example/path",
    });
    expect(await exited).toBe(1);
    for (const name of ["DATABASE_URL", "PORT", "TESSERA_ADMIN_TOKEN", "TESSERA_PUBLIC_URL"]) {
      expect(faults()).toContain(`  ${name}: `);
    }
    expect(faults()).not.toContain("    at ");
  });

  test("says what is missing of a group of settings", async () => {
    const { faults, exited } = run({
      DATABASE_URL: platform.databaseUrl,
      OIDC_ISSUER: "https://login.example",
      S3_ENDPOINT: "http://127.0.0.1:9000",
    });
    expect(await exited).toBe(1);
    expect(faults()).toContain("OIDC_CLIENT_ID: is needed because OIDC_ISSUER is set");
    expect(faults()).toContain("S3_BUCKET: is needed because S3_ENDPOINT is set");
  });

  test("says so when its port is taken, and leaves nothing behind", async () => {
    const { url } = await start();
    const { faults, exited } = run({
      DATABASE_URL: platform.databaseUrl,
      PORT: new URL(url).port,
    });
    expect(await exited).toBe(1);
    expect(faults()).toContain("set PORT to a free port");
  });
});
