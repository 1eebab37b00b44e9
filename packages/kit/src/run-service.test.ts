import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;
let program: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tessera-logger-"));
  program = join(folder, "program.mjs");
  await build({
    stdin: {
      contents: `
        import { createLogger } from "./logger.ts";
        import { runService } from "./run-service.ts";
        const log = createLogger("program");
        const start = async () => {
          for (let line = 0; line < 2000; line += 1) {
            log.info({ line, token: "s3cret" }, "x".repeat(2000));
          }
          if (process.argv[2] === "fail") throw new Error("It cannot be started");
          setInterval(() => undefined, 1000);
          setTimeout(() => process.kill(process.pid, "SIGTERM"), 50);
          return { ready: { port: 1 }, stop: async () => undefined };
        };
        await runService({ log, patienceMs: 5000, start });`,
      resolveDir: import.meta.dirname,
    },
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    banner: {
      js: "import{createRequire}from'module';const require=createRequire(import.meta.url);",
    },
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function runInto(file: string, how: "work" | "fail"): Promise<number | null> {
  const log = openSync(file, "a");
  const child = spawn(process.execPath, [program, how], { stdio: ["ignore", log, log] });
  const [code] = (await once(child, "exit")) as [number | null];
  closeSync(log);
  return code;
}

test("a start that fails says why, last of all and in plain words, without secrets", async () => {
  const file = join(folder, "log");
  expect(await runInto(file, "fail")).toBe(1);
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  expect(lines).toHaveLength(2002);
  expect(lines.at(-1)).toBe("It cannot be started");
  expect(JSON.parse(lines.at(-2) ?? "")).toMatchObject({ msg: "The start failed" });
  expect(lines.join("\n")).not.toContain("s3cret");
});

test.runIf(existsSync("/dev/full"))("a full disk under its log does not end it", async () => {
  expect(await runInto("/dev/full", "work")).toBe(0);
});
