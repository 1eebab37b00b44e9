import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { searchRuns } from "@tessera/contracts/run";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { removeHome, startPlatform, type TestPlatform } from "./support/platform.ts";

const MINUTES = 60_000;

describe("the quickstart and the command line", () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(async () => {
    await platform.stop();
    await removeHome(platform.home);
  });

  it(
    "trains six real runs and tells the best, the page and a sign-in link",
    { timeout: 10 * MINUTES },
    async () => {
      const result = await platform.cli(["quickstart", "--json"]);
      expect(result, result.stderr).toMatchObject({ code: 0 });
      const { runs, page, signInLink } = JSON.parse(result.stdout);
      expect(runs).toHaveLength(6);
      const accuracies = runs.map(
        (run: { metrics: { key: string; value: number }[] }) =>
          run.metrics.find((metric) => metric.key === "val_accuracy")?.value,
      );
      expect(accuracies).toEqual([...accuracies].sort((a, b) => b - a));
      expect(accuracies[0]).toBeGreaterThan(0.9);
      expect(page).toContain("/p/digits/compare?runs=");
      expect((await fetch(signInLink)).status).toBe(200);
    },
  );

  it("runs again on the environment that is there", { timeout: 5 * MINUTES }, async () => {
    const result = await platform.cli(["quickstart"]);
    expect(result, result.stderr).toMatchObject({ code: 0 });
    expect(result.stdout).toMatch(/RUN\s+ACCURACY/);
    const { matched } = await platform.client.call(searchRuns, {
      params: { project: "digits" },
      body: { filter: "attributes.status = 'FINISHED'" },
    });
    expect(matched).toBe(12);
  });

  it("runs a folder's script, shows its output and ends with its code", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tessera-code-"));
    await writeFile(join(folder, "main.py"), "import sys\nprint('it works')\nsys.exit(3)\n");
    await writeFile(join(folder, ".tesseraignore"), "secret.txt\n");
    await writeFile(join(folder, "secret.txt"), "not for the platform");
    const result = await platform.cli(["run", "--", "python3", "main.py"], { cwd: folder });
    expect(result.code).toBe(3);
    expect(result.stdout).toBe("it works\n");
    const listed = await platform.cli(["run", "--", "ls", "-A"], { cwd: folder });
    expect(listed.stdout).toContain("main.py");
    expect(listed.stdout).not.toContain("secret.txt");
    await removeHome(folder);
  });

  it("says what is wrong and what to do", async () => {
    const unknown = await platform.cli(["run", "--tier", "huge", "--", "true"]);
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain('There is no tier "huge"');
    const none = await platform.cli(["logs", "ffffffff"]);
    expect(none).toMatchObject({ code: 1, stdout: "" });
    expect(none.stderr).toContain("There is no job ffffffff");
  });
});
