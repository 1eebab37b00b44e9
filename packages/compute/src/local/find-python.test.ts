import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findPython } from "./find-python.ts";
import { writeExecutable } from "./local-harness.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tessera-python-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Puts an interpreter on PATH that answers as that version would. */
async function install(name: string, version: string): Promise<void> {
  const answer = `#!/bin/sh\necho ${version}\necho ${folder}/${name}\n`;
  await writeExecutable(join(folder, name), answer);
}

const find = (version?: string) => findPython({ env: { PATH: folder }, version });

test("takes python3 when it is new enough, else a newer one beside it", async () => {
  await install("python3", "3.11.7");
  await install("python3.12", "3.12.1");
  expect((await find()).version).toBe("3.11.7");
  await install("python3", "3.8.18");
  expect(await find()).toEqual({ version: "3.12.1", executable: join(folder, "python3.12") });
});

test("takes the version asked for, whatever its command is called", async () => {
  await install("python3", "3.11.7");
  await install("python3.10", "3.10.2");
  expect((await find("3.10")).version).toBe("3.10.2");
  expect((await find("3.11")).version).toBe("3.11.7");
});

test("says what is there instead", async () => {
  await expect(find()).rejects.toMatchObject({
    code: "failed_precondition",
    message: "Python 3.10 or newer is needed, but no Python is on PATH.",
  });
  await install("python3", "3.9.18");
  await install("python", "2.7.18");
  await writeExecutable(join(folder, "python3.13"), "#!/bin/sh\nexit 127\n");
  await expect(find()).rejects.toMatchObject({
    message: "Python 3.10 or newer is needed, but only Python 3.9.18, 2.7.18 is on PATH.",
  });
  await expect(find("3.12")).rejects.toMatchObject({
    message: "Python 3.12 is needed, but only Python 3.9.18, 2.7.18 is on PATH.",
  });
  await expect(find("three")).rejects.toMatchObject({ code: "invalid_argument" });
});
