import { chmod, chown, mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { removeWorkFolder } from "./remove-work-folder.ts";

const NOBODY = 65_534;
const mayChange = process.geteuid?.() === 0;

test("a folder with read-only ones in it is deleted, by those whom they hold up too", async () => {
  const home = await mkdtemp(join(tmpdir(), "tessera-remove-"));
  const work = join(home, "work");
  const data = join(work, "code/data/deep");
  await mkdir(data, { recursive: true });
  await writeFile(join(data, "file"), "x", { mode: 0o444 });
  for (const folder of [home, work, join(work, "code"), join(data, ".."), data]) {
    if (mayChange) await chown(folder, NOBODY, NOBODY);
  }
  for (const folder of [data, join(data, "..")]) await chmod(folder, 0o555);
  if (mayChange) process.seteuid?.(NOBODY);
  try {
    await removeWorkFolder(work);
  } finally {
    if (mayChange) process.seteuid?.(0);
  }
  await expect(stat(work)).rejects.toMatchObject({ code: "ENOENT" });
  await rm(home, { recursive: true });
});

test("one that is not there is no error", async () => {
  await expect(removeWorkFolder(join(tmpdir(), "tessera-none"))).resolves.toBeUndefined();
});
