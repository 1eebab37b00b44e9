import { text } from "node:stream/consumers";
import type { LogLine } from "@tessera/contracts/log";
import { withTransaction } from "@tessera/db/transaction";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type JobStage, startJobStage } from "../testing/job-stage.ts";
import { appendLog, shippedBytes } from "./append-log.ts";
import { appendSystemLine } from "./append-system-line.ts";
import { downloadJobLog } from "./download-job-log.ts";
import { followJobLog } from "./follow-job-log.ts";
import { getJobLog } from "./get-job-log.ts";
import { searchJobLog } from "./search-job-log.ts";

let stage: JobStage;
let id: string;
let offset: number;

beforeAll(async () => {
  stage = await startJobStage();
});

beforeEach(async () => {
  ({ id } = await stage.submit());
  offset = 0;
});

afterAll(async () => stage?.close());

async function write(content: string | Buffer, attempt = 1): Promise<void> {
  const bytes = Buffer.from(content);
  const piece = { workloadId: id, attempt, stream: "stdout", byteOffset: offset, bytes } as const;
  expect(await appendLog(stage.system, piece)).toBe(true);
  offset += bytes.length;
}

function say(line: string, attempt = 1): Promise<void> {
  return withTransaction(stage.test.platform.db.pool, (client) =>
    appendSystemLine(client, { workloadId: id, attempt, text: line }),
  );
}

function read(from = 0, limit = 1000) {
  return getJobLog(stage.person, { project: stage.project, id, from, limit });
}

async function texts(from = 0, limit = 1000): Promise<string[]> {
  return (await read(from, limit)).lines.map((line) => line.text);
}

function search(q: string, from = 0, limit = 100) {
  return searchJobLog(stage.person, { project: stage.project, id, q, from, limit });
}

async function download(): Promise<string> {
  const { body } = await downloadJobLog(stage.person, { project: stage.project, id });
  return text(body);
}

async function finish(): Promise<void> {
  await stage.clear();
}

describe("a log's lines", () => {
  test("are numbered through all its pieces", async () => {
    await write("a\nb\n");
    await write("c\n");
    await write("\n\nd\n");
    expect((await read()).lines.map(({ number, text: line }) => [number, line])).toEqual([
      [0, "a"],
      [1, "b"],
      [2, "c"],
      [3, ""],
      [4, ""],
      [5, "d"],
    ]);
  });

  test("without an end count as lines", async () => {
    await write("Name? ");
    await write("ok\ndone");
    expect(await texts()).toEqual(["Name? ", "ok", "done"]);
    expect(await download()).toBe("Name? ok\ndone");
  });

  test("show what a terminal would show in the end", async () => {
    await write("10%\r50%\r100%\nwindows\r\n\r\n50%\r");
    expect(await texts()).toEqual(["100%", "windows", "", "50%"]);
  });

  test("of bytes that are no text are shown as well as may be, and kept as they are", async () => {
    const bytes = Buffer.from([0x61, 0xff, 0xfe, 0x00, 0x62, 0x0a, 0xe2, 0x82, 0x0a]);
    await write(bytes);
    expect(await texts()).toEqual(["a\ufffd\ufffd\0b", "\ufffd"]);
    const { body } = await downloadJobLog(stage.person, { project: stage.project, id });
    expect(Buffer.concat(await body.toArray())).toEqual(bytes);
  });

  test("that are very long are cut in pages, and whole in the download", async () => {
    const long = "x".repeat(200_000);
    await write(`${long}\nshort\n`);
    const [first, second] = await texts();
    expect(first).toBe(`${"x".repeat(20_000)}…`);
    expect(second).toBe("short");
    expect(await download()).toBe(`${long}\nshort\n`);
  });

  test("of the platform's own are among them, on one line each", async () => {
    await write("a\n");
    await say("tessera: started again:\nlost");
    offset = 0;
    await write("b\n", 2);
    await say("tessera: exited with code 1", 2);
    expect((await read()).lines.map((line) => [line.attempt, line.stream, line.text])).toEqual([
      [1, "stdout", "a"],
      [1, "system", "tessera: started again: lost"],
      [2, "stdout", "b"],
      [2, "system", "tessera: exited with code 1"],
    ]);
  });
});

describe("a page", () => {
  test("starts anywhere, also counted from the end, and says how many lines there are", async () => {
    for (let piece = 0; piece < 10; piece += 1) {
      await write(Array.from({ length: 10 }, (_, line) => `${piece * 10 + line}\n`).join(""));
    }
    expect(await texts(37, 3)).toEqual(["37", "38", "39"]);
    expect(await texts(39, 3)).toEqual(["39", "40", "41"]);
    expect(await texts(-2, 10)).toEqual(["98", "99"]);
    expect(await texts(-1000, 2)).toEqual(["0", "1"]);
    expect(await texts(100)).toEqual([]);
    expect(await texts(5_000_000)).toEqual([]);
    expect(await read(0, 1)).toMatchObject({ total: 100, complete: false });
  });

  test("is complete when the job is over and its last line is in it", async () => {
    await write("a\nb\n");
    expect(await read()).toMatchObject({ complete: false });
    await finish();
    expect(await read()).toMatchObject({ complete: true });
    expect(await read(0, 1)).toMatchObject({ complete: false });
    expect(await read(2)).toMatchObject({ complete: true, lines: [] });
  });

  test("of an empty log is complete as soon as the job is over", async () => {
    expect(await read()).toEqual({ lines: [], total: 0, complete: false });
    await finish();
    expect(await read()).toEqual({ lines: [], total: 0, complete: true });
  });

  test("of long lines ends early, so that no answer is huge", async () => {
    for (let piece = 0; piece < 30; piece += 1) {
      await write(`${"y".repeat(19_999)}\n`.repeat(12));
    }
    const page = await read(0, 5000);
    expect(page.total).toBe(360);
    expect(page.lines.length).toBeGreaterThan(190);
    expect(page.lines.length).toBeLessThan(210);
    expect((await read(page.lines.length, 5000)).lines[0]?.number).toBe(page.lines.length);
  });

  test("of a job in a project that one may not see is not there", async () => {
    const eve = await stage.test.createPerson({ name: "Eve" });
    const input = { project: stage.project, id, from: 0, limit: 1 };
    await expect(getJobLog(eve, input)).rejects.toMatchObject({ code: "not_found" });
    const own = await stage.test.createProject([[eve, "owner"]]);
    await expect(getJobLog(eve, { ...input, project: own.slug })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("a search", () => {
  test("finds lines whatever their case, and goes on where it left off", async () => {
    await write("Error: one\nfine\nan ERROR two\n");
    await write("error three\nÜBER\n");
    const first = await search("error", 0, 2);
    expect(first.lines.map((line) => line.number)).toEqual([0, 2]);
    expect(first.next).toBe(3);
    const second = await search("error", first.next, 2);
    expect(second).toMatchObject({ lines: [{ number: 3, text: "error three" }] });
    expect(second.next).toBeUndefined();
    expect((await search("über")).lines).toHaveLength(1);
    expect((await search("nothing of it")).lines).toEqual([]);
  });

  test("takes what it looks for as it is", async () => {
    await write("100% [a-z]* \\d\n100 percent\n");
    for (const q of ["100%", "[a-z]*", "\\d"]) {
      expect((await search(q)).lines.map((line) => line.number)).toEqual([0]);
    }
  });
});

describe("keeping a piece", () => {
  test("that starts where another does is refused, and what is kept is told", async () => {
    await write("first\n");
    const again = { workloadId: id, attempt: 1, stream: "stdout", byteOffset: 0 } as const;
    const bytes = Buffer.from("first\nsecond\n");
    expect(await appendLog(stage.system, { ...again, bytes })).toBe(false);
    expect(await shippedBytes(stage.system, { workloadId: id, attempt: 1 })).toEqual({
      stdout: 6,
      stderr: 0,
    });
    expect(await download()).toBe("first\n");
  });

  test("of one job does not disturb another's", async () => {
    const other = await stage.submit();
    await write("a\n");
    const piece = { workloadId: other.id, attempt: 1, stream: "stderr", byteOffset: 0 } as const;
    await appendLog(stage.system, { ...piece, bytes: Buffer.from("b\n") });
    expect(await texts()).toEqual(["a"]);
  });
});

describe("following", () => {
  async function follow(from = 0) {
    const leave = new AbortController();
    const lines: LogLine[] = [];
    const follower = await followJobLog(stage.person, { project: stage.project, id, from });
    const ended = (async () => {
      for await (const line of follower(leave.signal)) lines.push(line);
    })();
    return { lines, ended, leave, told: () => lines.map((line) => line.text) };
  }

  test("tells lines as they come and ends with the job", async () => {
    await write("a\nb\n");
    const { told, ended } = await follow(1);
    await expect.poll(told).toEqual(["b"]);
    await write("c\n");
    await expect.poll(told).toEqual(["b", "c"]);
    await write("d\n");
    await finish();
    await ended;
    expect(told()).toEqual(["b", "c", "d"]);
  });

  test("ends when the reader leaves", async () => {
    await write("a\n");
    const { told, ended, leave } = await follow();
    await expect.poll(told).toEqual(["a"]);
    leave.abort();
    await ended;
  });

  test("tells thousands of lines in order", async () => {
    const all = Array.from({ length: 2500 }, (_, line) => `line ${line}`);
    await write(`${all.join("\n")}\n`);
    await finish();
    const { told, ended } = await follow();
    await ended;
    expect(told()).toEqual(all);
  });

  test("is refused at once where there is no job", async () => {
    const input = { project: stage.project, id: "0".repeat(32), from: 0 };
    await expect(followJobLog(stage.person, input)).rejects.toMatchObject({ code: "not_found" });
  });
});
