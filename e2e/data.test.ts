import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHash, randomBytes } from "node:crypto";
import { addKnownFiles, createDatasetDraft } from "@tessera/contracts/dataset-draft";
import { getMe } from "@tessera/contracts/identity";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { killAll, processOf } from "./crash/processes.ts";
import { removeHome, startPlatform, type TestPlatform } from "./support/platform.ts";

const cli = join(import.meta.dirname, "../apps/cli/bin/tessera.mjs");
const FILES = 240;
const FILE_BYTES = 300_000;

type Folder = Readonly<Record<string, Buffer>>;

let platform: TestPlatform;
let project: string;
let place: string;

beforeAll(async () => {
  platform = await startPlatform();
  const me = await platform.client.call(getMe, {});
  project = me.homeProject ?? "";
  place = await mkdtemp(join(tmpdir(), "tessera-data-"));
});

afterAll(async () => {
  await platform.stop();
  await removeHome(platform.home);
  await rm(place, { recursive: true, force: true });
});

async function write(name: string, files: Folder): Promise<string> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(place, name, path, ".."), { recursive: true });
    await writeFile(join(place, name, path), content);
  }
  return join(place, name);
}

async function read(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const pairs = files.map(async ({ parentPath, name }) => {
    const file = join(parentPath, name);
    return [file.slice(folder.length + 1), digestOf(await readFile(file))] as const;
  });
  return Object.fromEntries(await Promise.all(pairs));
}

function digestOf(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

function digestsOf(files: Folder): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [path, digestOf(content)]),
  );
}

async function data(...args: string[]) {
  const result = await platform.cli(["data", ...args]);
  expect(result).toMatchObject({ code: 0, stderr: "" });
  return result.stdout;
}

async function refused(...args: string[]): Promise<string> {
  const { code, stderr } = await platform.cli(["data", ...args]);
  expect(code).not.toBe(0);
  return stderr;
}

describe("a folder", () => {
  const files = {
    "train/a.csv": Buffer.from("1,2"),
    ".hidden": Buffer.from("h"),
    empty: Buffer.of(),
  };

  it("is pushed, listed and pulled; what the platform has is not sent again", async () => {
    const folder = await write("digits", files);
    const first = await data("push", folder, "--dataset", "digits", "-m", "hello", "--tag", "gold");
    expect(first).toBe("digits@1  3 files, 4 B (3 files sent, 4 B)\n");
    await write("digits", { "b.csv": Buffer.from("3,4") });
    const second = JSON.parse(await data("push", folder, "--dataset", "digits", "--json"));
    expect(second).toMatchObject({ number: 2, fileCount: 4, sent: { files: 1, bytes: 3 } });
    expect(await data("push", folder, "--dataset", "digits")).toMatch(/^digits@2 .*\(0 files sent/);
    expect(await data("ls")).toMatch(/DATASET.*\n *digits +2 +4 +7 B/);
    expect(await data("ls", "digits")).toMatch(/\n *2 .*\n *1 +gold .*hello *\n/);
    expect(await data("diff", "digits@gold")).toBe("+ b.csv\n");
    expect(await data("diff", "digits@2", "1")).toBe("- b.csv\n");
    const listed = JSON.parse(await data("ls", "digits@gold", "--json"));
    expect(listed.map(({ path }: { path: string }) => path)).toEqual([
      ".hidden",
      "empty",
      "train/a.csv",
    ]);
    const to = join(place, "pulled");
    expect(await data("pull", "digits@gold", to)).toContain("3 files fetched");
    expect(await read(to)).toEqual(digestsOf(files));
    expect(await data("pull", "digits@1", to)).toContain("0 files fetched");
  });

  it("that was changed here is not overwritten, unless that is asked for", async () => {
    const to = await write("pulled", { empty: Buffer.from("mine") });
    expect(await refused("pull", "digits@1", to)).toContain("with other content; --force");
    expect(await readFile(join(to, "empty"), "utf8")).toBe("mine");
    await data("pull", "digits@1", to, "--force");
    expect(await read(to)).toEqual(digestsOf(files));
  });

  it("goes on where an earlier pull ended, and is not led astray by what that left", async () => {
    const big = { big: randomBytes(3_000_000) };
    await data("push", await write("one", big), "--dataset", "big");
    const to = await write("half", { "big.tessera-part": big.big.subarray(0, 1_000_000) });
    await data("pull", "big", to);
    expect(await read(to)).toEqual(digestsOf(big));
    await write("wrong", { "big.tessera-part": randomBytes(1_000_000) });
    await data("pull", "big", join(place, "wrong"));
    expect(await read(join(place, "wrong"))).toEqual(digestsOf(big));
  });

  it("that cannot be a dataset, or is none, is told in words", async () => {
    expect(await refused("push", "/nowhere", "--dataset", "x")).toContain(
      "/nowhere does not exist",
    );
    const bad = await write("bad", { "a\\b": Buffer.from("x") });
    expect(await refused("push", bad, "--dataset", "x")).toContain("has a backslash in it");
    const linked = await write("linked", { a: Buffer.from("x") });
    await symlink("/etc/hostname", join(linked, "b"));
    expect(await refused("push", linked, "--dataset", "x")).toContain("is a link");
    expect(await refused("push", linked, "--dataset", "X!")).toContain("is not a dataset");
    expect(await refused("pull", "nothing")).toContain('There is no dataset "nothing"');
    expect(await refused("pull", "digits@7")).toContain("its newest is 2");
    expect(JSON.parse(await data("ls", "--json"))).toHaveLength(2);
  });
});

describe("a run with data", () => {
  it("finds it where it asked for it; one that is not there is told at once", async () => {
    const code = await write("code", { "show.sh": Buffer.from("cat in/train/a.csv; ls there") });
    const data = ["--data", "digits@gold:in", "--data", "digits:there"];
    const result = await platform.cli(["run", "--code", code, ...data, "sh", "show.sh"]);
    expect(result).toMatchObject({ code: 0, stdout: "1,2b.csv\nempty\ntrain\n" });
    const missing = await platform.cli(["run", "--code", code, "--data", "digits@9", "true"]);
    expect(missing).toMatchObject({ code: 1 });
    expect(missing.stderr).toContain('There is no dataset version "digits@9" in this project');
  });
});

describe("a push whose processes are killed", () => {
  const files: Folder = Object.fromEntries(
    Array.from({ length: FILES }, (_, at) => [`part-${at % 7}/${at}.bin`, randomBytes(FILE_BYTES)]),
  );
  const digests = Object.entries(digestsOf(files)).map(([path, sha256]) => ({ path, sha256 }));

  /** How many of the files the platform does not have yet. */
  async function missing(name: string): Promise<number> {
    const { client } = platform;
    const { id } = await client.call(createDatasetDraft, { params: { project, name }, body: {} });
    const params = { project, name, id };
    return (await client.call(addKnownFiles, { params, body: { files: digests } })).missing.length;
  }

  function push(folder: string) {
    const { PATH = "" } = process.env;
    const env = { PATH, HOME: place, TESSERA_URL: platform.url, TESSERA_TOKEN: platform.token };
    const args = [cli, "data", "push", folder, "--dataset", "killed", "--json"];
    const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
    return { child, said: child.stdout.toArray(), ended: once(child, "exit") };
  }

  it("loses nothing that was acknowledged, whichever side it was", async () => {
    const folder = await write("killed", files);
    const first = push(folder);
    await expect.poll(() => missing("probe"), { timeout: 30_000 }).toBeLessThan(FILES - 20);
    killAll([first.child.pid ?? 0]);
    await first.ended;
    const left = await missing("probe");
    expect(left).toBeGreaterThan(0);
    const second = push(folder);
    await expect.poll(() => missing("probe"), { timeout: 30_000 }).toBeLessThan(left - 20);
    const before = await missing("probe");
    killAll([processOf(platform.pid, "server")]);
    // It waits for the server that the supervisor starts again, and goes on.
    expect(await second.ended).toEqual([0, null]);
    expect(before).toBeGreaterThan(0);
    const made = JSON.parse((await second.said).join(""));
    expect(made).toMatchObject({ number: 1, fileCount: FILES, sent: { files: left } });
    const to = join(place, "again");
    await data("pull", "killed", to);
    expect(await read(to)).toEqual(digestsOf(files));
  });
});
