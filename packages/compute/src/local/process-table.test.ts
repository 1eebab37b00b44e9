import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import {
  parsePsLine,
  parseStat,
  readOomKills,
  readProcess,
  readProcessTable,
  readPs,
} from "./process-table.ts";

test("reads a line of /proc/<pid>/stat whose name holds brackets and spaces", () => {
  const fields =
    "S 7 40 39 0 -1 4194560 1 2 3 4 250 50 9 9 20 0 1 0 987654 12345 100 18446744073709551615";
  expect(parseStat(`42 (a) R (b c) ${fields}`)).toEqual({
    pid: 42,
    parent: 7,
    group: 40,
    session: 39,
    start: "987654",
    cpuMs: 3000,
    rssBytes: expect.any(Number),
    zombie: false,
  });
  expect(parseStat(`42 (x) ${fields.replace("S", "Z")}`).zombie).toBe(true);
});

test("reads lines of ps as Linux and as macOS print them", () => {
  expect(parsePsLine("  42     7    40 Ss    2048 1-02:03:04 Mon Nov 24 06:19:00 2025")).toEqual({
    pid: 42,
    parent: 7,
    group: 40,
    session: 0,
    start: "Mon-Nov-24-06:19:00-2025",
    cpuMs: 93_784_000,
    rssBytes: 2_097_152,
    zombie: false,
  });
  expect(parsePsLine("42 7 40 Z+ 0 1:02.50 Mon Nov  3 06:19:00 2025")).toMatchObject({
    cpuMs: 62_500,
    zombie: true,
    start: "Mon-Nov-3-06:19:00-2025",
  });
  expect(parsePsLine("")).toBeUndefined();
});

test("both ways of reading find a process with its group, and miss it once it is gone", async () => {
  const child = spawn("sleep", ["600"], { detached: true, stdio: "ignore" });
  const pid = child.pid ?? 0;
  const expected = { pid, parent: process.pid, group: pid, zombie: false };
  expect((await readProcessTable()).get(pid)).toMatchObject(expected);
  expect((await readPs()).get(pid)).toMatchObject(expected);
  expect((await readPs(["-p", String(pid)])).get(pid)).toMatchObject(expected);
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
  expect(await readProcess(pid)).toBeUndefined();
  expect(await readPs(["-p", String(pid)])).toEqual(new Map());
});

test("counts the kernel's out-of-memory kills", () => {
  expect(readOomKills()).toBeGreaterThanOrEqual(0);
});
