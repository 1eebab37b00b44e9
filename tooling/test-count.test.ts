import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countTests, sum } from "./test-count.mjs";

const root = resolve(import.meta.dirname, "..");
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tessera-count-"));
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const imports = 'import { beforeAll, expect, test } from "vitest";\n';
const passing = `${imports}test("a", () => { expect(1).toBe(1); });\ntest("b", () => { expect(1).toBe(1); });\n`;

/** Runs vitest on one file and counts as `npm test` does. */
async function count(name: string, text: string): Promise<ReturnType<typeof countTests>> {
  const path = join(folder, name, "a.test.ts");
  const report = join(folder, `${name}.json`);
  await mkdir(dirname(path));
  await writeFile(path, text);
  const args = ["run", "--root", dirname(path), "--reporter=json", `--outputFile.json=${report}`];
  const { status } = spawnSync(join(root, "node_modules/.bin/vitest"), args, {
    env: { PATH: process.env["PATH"] },
  });
  return countTests(report, status === 0);
}

test("passed, failed and skipped tests are counted", async () => {
  const text = `${passing}test("c", () => { expect(1).toBe(2); });\ntest.skip("d", () => {});\n`;
  expect(await count("mixed", text)).toEqual({ passed: 2, failed: 1, skipped: 1 });
});

test("a file that cannot be imported is a failure", async () => {
  const text = `import "./missing.ts";\n${passing}`;
  expect(await count("import", text)).toMatchObject({ passed: 0, failed: 1 });
});

test("a failing hook is a failure", async () => {
  const text = `${passing}beforeAll(() => { throw new Error("no"); });\n`;
  expect(await count("hook", text)).toMatchObject({ passed: 0, failed: 1 });
});

test("an error outside every test is a failure", async () => {
  const text = `${passing}void Promise.reject(new Error("lost"));\n`;
  expect(await count("outside", text)).toMatchObject({ passed: 2, failed: 1 });
});

test("a run that left no report is a failure", () => {
  expect(countTests(join(folder, "none.json"), false)).toEqual({
    passed: 0,
    failed: 1,
    skipped: 0,
  });
});

test("runs add up", () => {
  const one = { passed: 1, failed: 2, skipped: 3 };
  expect(sum([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 });
});
