import { execFileSync, spawn } from "node:child_process";
import type { Duplex } from "node:stream";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { attemptShim } from "./attempt-shim.ts";

// What /bin/sh is differs: dash on Debian, bash on macOS and Red Hat, busybox on Alpine.
const shells = [
  ["sh"],
  ["dash"],
  ["bash", "--posix"],
  ["busybox", "sh"],
  ["ksh"],
  ["zsh", "--emulate", "sh"],
];

function isInstalled(shell: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${shell}`]);
    return true;
  } catch {
    return false;
  }
}

describe.each(shells.filter(([name = ""]) => isInstalled(name)))(
  "the shim in %s %s",
  (...shell) => {
    let directory: string;

    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), "tessera-shim-"));
      await mkdir(join(directory, "outcome"));
      await writeFile(join(directory, "outcome", "none"), "");
    });

    afterEach(() => rm(directory, { recursive: true, force: true }));

    function start(...argv: string[]) {
      const [command = "", ...options] = shell.filter((part) => part !== undefined);
      const args = [...options, "-c", attemptShim, "shim", directory, "/usr/bin:/bin", ...argv];
      const child = spawn(command, args, {
        detached: true,
        stdio: ["ignore", "pipe", "pipe", "pipe"],
      });
      const line = child.stdio[3] as Duplex;
      const output = { stdout: "", stderr: "" };
      child.stdout?.on("data", (data) => (output.stdout += data));
      child.stderr?.on("data", (data) => (output.stderr += data));
      const ended = new Promise((resolve) => child.once("close", resolve));
      const started = new Promise((resolve) => line.once("data", resolve));
      return { pid: child.pid ?? 0, line, output, ended, started };
    }

    const outcome = () => readdir(join(directory, "outcome"));

    test("runs nothing when its worker goes away without a word", async () => {
      const shim = start("echo", "ran");
      shim.line.destroy();
      await shim.ended;
      expect(shim.output).toEqual({ stdout: "", stderr: "" });
      expect(await outcome()).toEqual(["none"]);
    });

    test.each([
      ["exit 0", "exit.0.0"],
      ["exit 3", "exit.3.0"],
      ["kill -SEGV $$", "exit.139.0"],
    ])("records the end of %j, and prints nothing of its own", async (script, name) => {
      const shim = start("sh", "-c", `echo out; echo err >&2; ${script}`);
      shim.line.write("go\n");
      await shim.ended;
      expect(shim.output).toEqual({ stdout: "out\n", stderr: "err\n" });
      expect(await outcome()).toEqual([name]);
    });

    test("survives the SIGTERM and SIGINT that end its command, and a dead worker", async () => {
      for (const [signal, name] of [
        ["SIGTERM", "exit.143.0"],
        ["SIGINT", "exit.130.0"],
      ] as const) {
        await writeFile(join(directory, "outcome", "none"), "");
        const shim = start("sleep", "600");
        shim.line.write("go\n");
        await shim.started;
        shim.line.destroy();
        process.kill(-shim.pid, signal);
        await shim.ended;
        expect(await outcome()).toEqual([name]);
        await rm(join(directory, "outcome", name));
      }
    });
  },
);
