import { HOME_IN_USE } from "@tessera/contracts/exit-code";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { platformProcesses } from "./crash/processes.ts";
import { freePort, removeHome } from "./support/platform.ts";

const cli = join(import.meta.dirname, "../apps/cli/bin/tessera.mjs");

describe("tessera up", () => {
  let folder: string;
  let port: number;
  const started: ReturnType<typeof spawn>[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tessera-start-"));
    port = await freePort();
  });
  afterEach(async () => {
    for (const child of started.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill("SIGTERM");
      await once(child, "exit");
    }
  });
  afterAll(() => removeHome(folder));

  /** From a folder, with a home that is named relative to it. */
  function tessera(args: readonly string[], settings: Record<string, string> = {}) {
    const { PATH = "" } = process.env;
    const child = spawn(process.execPath, [cli, ...args], {
      cwd: folder,
      env: { PATH, HOME: folder, TESSERA_HOME: "home", PORT: String(port), ...settings },
    });
    started.push(child);
    return child;
  }
  const up = (settings?: Record<string, string>) => tessera(["up"], settings);

  /** How it ended that could not start, and what it said. */
  async function refusal(settings: Record<string, string>) {
    const child = up(settings);
    const said = child.stderr.toArray();
    const [code] = (await once(child, "exit")) as [number | null];
    return { code, said: (await said).join("") };
  }

  async function whenReady(child: ReturnType<typeof up>): Promise<string> {
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith("Tessera is ready")) return line;
    }
    throw new Error("It ended before it was ready");
  }

  it.each(["SIGINT", "SIGTERM"] as const)(
    "is up in seconds, and %s to it leaves no process behind",
    async (signal) => {
      const child = up();
      expect(await whenReady(child)).toContain(`http://127.0.0.1:${port}`);
      const pids = platformProcesses(child.pid ?? 0).map(({ pid }) => pid);
      expect(pids.length).toBeGreaterThan(4);

      const job = tessera(["run", "echo", "it runs"]);
      const [shown, told] = await Promise.all([job.stdout.toArray(), job.stderr.toArray()]);
      expect(shown.join(""), told.join("")).toBe("it runs\n");

      const twice = await refusal({});
      expect(twice).toMatchObject({ code: HOME_IN_USE });
      expect(twice.said).toContain(`already (process ${child.pid})`);
      const elsewhere = await refusal({ TESSERA_HOME: join(folder, "other") });
      expect(elsewhere.said).toContain(`Another program answers at 127.0.0.1:${port} already`);

      child.kill(signal);
      expect(await once(child, "exit")).toEqual([0, null]);
      const left = (): string[] =>
        pids.flatMap((pid) => platformProcesses(pid).map(({ command }) => command));
      await expect.poll(left, { timeout: 2000 }).toEqual([]);
    },
  );

  it("is waited for by a quickstart that comes while it is starting", async () => {
    const settings = { TESSERA_HOME: "another" };
    const child = up(settings);
    // From here on the home is its own, long before it answers.
    await expect.poll(() => existsSync(join(folder, "another", "logs"))).toBe(true);
    const quickstart = tessera(["quickstart"], settings);
    const told = createInterface({ input: quickstart.stderr });
    const [first] = (await once(told, "line")) as [string];
    expect(first).toContain(`Tessera runs at http://127.0.0.1:${port}`);
    quickstart.kill("SIGKILL");
    await once(quickstart, "exit");
    expect([child.exitCode, child.signalCode]).toEqual([null, null]);
  });

  it("tells every wrong setting at once, before anything is started", async () => {
    const wrong = { PORT: "http", LOG_LEVEL: "loud", TESSERA_ADMIN_TOKEN: "short" };
    const { code, said } = await refusal(wrong);
    expect(code).toBe(1);
    for (const name of Object.keys(wrong)) expect(said).toContain(`${name}: `);
    expect(said).toContain("PORT: must be a whole number from 0 to 65535");
  });

  it("says what is wrong with its home, and with servers that do not answer", async () => {
    const file = join(folder, "file");
    await writeFile(file, "");
    expect((await refusal({ TESSERA_HOME: file })).said).toContain(file);
    const away = { TESSERA_HOME: join(folder, "away") };
    const database = await refusal({ ...away, DATABASE_URL: "postgresql://a:b@127.0.0.1:1/c" });
    expect(database.said).toContain("The database cannot be reached");
  });
});
