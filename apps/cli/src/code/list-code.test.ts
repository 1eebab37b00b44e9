import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { assertSize, listCode } from "./list-code.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tessera-list-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text = "x"): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const home = (): string => join(folder, ".tessera");

function git(...args: string[]): void {
  const who = ["-c", "user.name=a", "-c", "user.email=a@b"];
  execFileSync("git", ["-C", folder, ...who, ...args], { stdio: "pipe" });
}

async function paths(root = folder): Promise<string[]> {
  return (await listCode(root, home())).files.map(({ path }) => path);
}

describe("without git", () => {
  test("both ignore files count, at any depth, inner rules over outer ones", async () => {
    for (const path of ["a.log", "keep.log", "b.bin", "data/x", "sub/a.log", "sub/f.txt"]) {
      write(path);
    }
    write(".gitignore", "*.log\n!keep.log\ndata/\n");
    write(".tesseraignore", "*.bin\n");
    write("sub/.gitignore", "/f.txt\n!a.log\n");
    expect(await paths()).toEqual([
      ".gitignore",
      ".tesseraignore",
      "keep.log",
      "sub/.gitignore",
      "sub/a.log",
    ]);
  });

  test("a link counts as the file it leads to, unless that lies outside", async () => {
    write("module.py", "twelve bytes");
    write("sub/inner.py");
    const outside = mkdtempSync(join(tmpdir(), "tessera-outside-"));
    writeFileSync(join(outside, "key"), "secret");
    symlinkSync("../module.py", join(folder, "sub/linked.py"));
    symlinkSync("sub", join(folder, "folder"));
    symlinkSync("nowhere", join(folder, "broken"));
    symlinkSync(join(outside, "key"), join(folder, "key"));
    const { files, skippedLinks } = await listCode(folder, home());
    rmSync(outside, { recursive: true });
    expect(files.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
      ["module.py", 12],
      ["sub/inner.py", 1],
      ["sub/linked.py", 12],
    ]);
    expect(skippedLinks).toEqual(["broken", "folder", "key"]);
  });

  test("the platform's own home is left out", async () => {
    write("train.py");
    write(".tessera/secret");
    expect(await paths()).toEqual(["train.py"]);
  });

  test("what is no folder is refused in words", async () => {
    write("train.py");
    await expect(listCode(join(folder, "nothing"), home())).rejects.toThrow(
      "nothing does not exist",
    );
    await expect(listCode(join(folder, "train.py"), home())).rejects.toThrow(
      "train.py is not a folder",
    );
  });
});

describe("in a repository", () => {
  beforeEach(() => git("init", "--quiet"));

  test("what git tracks is never ignored by .gitignore, but by .tesseraignore", async () => {
    for (const path of ["config.json", "other.json", "data/kept", "data/not", "big.json"]) {
      write(path);
    }
    write(".gitignore", "*.json\ndata/\n");
    write(".tesseraignore", "big.json\n");
    git("add", "--force", ".gitignore", "config.json", "big.json", "data/kept");
    expect(await paths()).toEqual([".gitignore", ".tesseraignore", "config.json", "data/kept"]);
  });

  test("a folder of it keeps to the rules of those around it", async () => {
    write(".gitignore", "*.ckpt\n/model/cache/\n");
    for (const path of ["model/a.ckpt", "model/train.py", "model/cache/x", "a.ckpt"]) write(path);
    expect(await paths(join(folder, "model"))).toEqual(["train.py"]);
  });

  test("a folder that is ignored itself is sent when it is asked for", async () => {
    write(".gitignore", "scratch/\n");
    write("scratch/try.py");
    expect(await paths(join(folder, "scratch"))).toEqual(["try.py"]);
  });
});

test("too large a folder is refused, with what makes it so", async () => {
  write("small.py");
  write("data/large.bin", "x".repeat(3 * 1024 * 1024));
  const { files } = await listCode(folder, home());
  expect(() => assertSize(files, 3 * 1024 * 1024)).toThrow(/at most 3\.0 MB.*\n +3\.0 MB {2}data/);
  expect(() => assertSize(files, 4 * 1024 * 1024)).not.toThrow();
});
