import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bundle } from "../testing/bundle.ts";
import { content, digestOf } from "../testing/content.ts";
import { openFsBlobStore } from "./fs-blob-store.ts";

const children: ChildProcess[] = [];
let program: string;
let root: string;

beforeAll(async () => {
  program = await bundle("put-process");
});
afterAll(() => rm(dirname(program), { recursive: true }));
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "tessera-blobs-"));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await rm(root, { recursive: true });
});

function start(command: string, args: string[]): ChildProcess {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  return child;
}

/** A command before which another's mounts are its own: as root, as nobody, or through sudo. */
function ownMounts(): string[] {
  const ways = [
    ["unshare", "--mount"],
    ["unshare", "--mount", "--user", "--map-root-user"],
    ["sudo", "-n", "unshare", "--mount"],
  ];
  const found = ways.find(([command = "", ...args]) => {
    return spawnSync(command, [...args, "true"]).status === 0;
  });
  if (!found) throw new Error("A disk that fills up needs root, sudo, or user namespaces");
  return found;
}

describe("a folder as a blob store", () => {
  it("sweeps what a killed process left, once it is old enough", async () => {
    const size = 1_000_000;
    const child = start(process.execPath, [program, root, `${size}`, "slowly"]);
    await once(child.stdout!, "data");
    child.kill("SIGKILL");
    await once(child, "exit");
    const [left, ...others] = await readdir(join(root, "tmp"));
    expect({ left: typeof left, others }).toEqual({ left: "string", others: [] });

    // It may belong to a process that is still at work.
    const store = await openFsBlobStore(root);
    expect(await readdir(join(root, "tmp"))).toEqual([left]);
    expect(await store.stat(digestOf(1, size))).toBeNull();

    const old = new Date(Date.now() - 61 * 60_000);
    await utimes(join(root, "tmp", left ?? ""), old, old);
    await openFsBlobStore(root);
    expect(await readdir(join(root, "tmp"))).toEqual([]);
    expect(await store.put(content(1, size))).toMatchObject({ existed: false, size });
  });

  it.runIf(process.platform === "linux")("says that the disk is full, and frees it", async () => {
    const disk = join(root, "disk");
    // A disk of 2 MiB that only the child and its children see.
    const script =
      'mkdir "$1" && mount -t tmpfs -o size=2m tmpfs "$1" && ' +
      '"$2" "$3" "$1" 9000000; ls -A "$1/tmp"; "$2" "$3" "$1" 1000000; ls -A "$1/tmp"';
    const [command = "", ...own] = ownMounts();
    const args = [...own, "sh", "-c", script, "sh", disk, process.execPath, program];
    const child = start(command, args);
    const lines = (await text(child.stdout!)).trim().split("\n");
    expect(lines).toEqual(["disk_full: The disk of the blob store is full", "put"]);
  });

  it.runIf(process.platform !== "win32")(
    "says what failed when its folder cannot be used",
    async () => {
      const file = join(root, "file");
      await writeFile(file, "");
      await expect(openFsBlobStore(file)).rejects.toMatchObject({
        code: "unavailable",
        message: expect.stringMatching(/^The blob store's disk failed \((ENOTDIR|EEXIST)\)$/),
      });
      const store = await openFsBlobStore(join(root, "store"));
      await rm(join(root, "store"), { recursive: true });
      await expect(store.put(content(1, 10))).rejects.toMatchObject({ code: "unavailable" });
    },
  );

  it("holds only a little of a large blob in memory", async () => {
    const store = await openFsBlobStore(root);
    const before = process.memoryUsage().rss;
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss - before);
    }, 20);
    const size = 250_000_000;
    const { sha256 } = await store.put(content(2, size));
    let read = 0;
    for await (const chunk of await store.open(sha256)) read += (chunk as Buffer).length;
    clearInterval(watch);
    expect(read).toBe(size);
    expect(most).toBeLessThan(120_000_000);
  });
});
