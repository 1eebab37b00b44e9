import { searchRuns } from "@tessera/contracts/run";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBarriers, launchBrowser, takeShots } from "./support/browser.ts";
import { removeHome, startPlatform, type TestPlatform } from "./support/platform.ts";
import { comeIn, visitor } from "./support/visitor.ts";

const MINUTES = 60_000;

describe("every page, seen", () => {
  let platform: TestPlatform;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    platform = await startPlatform();
    const started = await platform.cli(["quickstart"]);
    if (started.code !== 0) throw new Error(started.stderr);
    await pushDataset();
    browser = await launchBrowser();
    page = await browser.newPage();
    page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
  }, 10 * MINUTES);
  afterAll(async () => {
    await browser.close();
    await platform.stop();
    await removeHome(platform.home);
  });

  /** Two versions, so that there is something to compare. */
  async function pushDataset(): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), "tessera-pages-"));
    for (const lines of ["digit,pixels\n7,64\n", "digit,pixels\n7,64\n3,64\n"]) {
      await writeFile(join(folder, "digits.csv"), lines);
      const args = ["push", folder, "--dataset", "handwritten", "-m", "Scanned by hand"];
      const pushed = await platform.cli(["data", ...args, "--project", "digits"]);
      if (pushed.code !== 0) throw new Error(pushed.stderr);
    }
    await rm(folder, { recursive: true });
  }

  /** Takes pictures of a page and gives what is wrong with it. */
  async function look(name: string, path: string, ready: string): Promise<string[]> {
    await page.goto(`${platform.url}${path}`);
    await page.getByText(ready, { exact: false }).first().waitFor();
    await page.waitForLoadState("networkidle").catch(() => undefined);
    await takeShots(page, name);
    return [...(await findBarriers(page)), ...faults.splice(0)];
  }

  async function bestRuns(): Promise<string[]> {
    const { items } = await platform.client.call(searchRuns, {
      params: { project: "digits" },
      body: { orderBy: ["metrics.val_accuracy DESC"] },
    });
    return items.map((run) => run.id);
  }

  it("signs in by the first link, then by password", { timeout: MINUTES }, async () => {
    await comeIn(page, platform);
    await page.getByRole("button", { name: visitor.name }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.waitForURL(/sign-in/);
    await takeShots(page, "sign-in");
    expect(await findBarriers(page)).toEqual([]);
    await page.getByLabel("E-mail").fill(visitor.email);
    await page.getByLabel("Password").fill("wrong password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page
      .getByRole("alert")
      .filter({ hasText: /password/i })
      .waitFor();
    await page.getByLabel("Password").fill(visitor.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Digits").first().waitFor();
  });

  it.each([
    ["projects", "/", "Digits"],
    ["settings", "/settings", "Access tokens"],
    ["overview", "/p/digits", "Best so far"],
    ["queue", "/p/digits/queue", "Machines"],
    ["project-settings", "/p/digits/settings", "Members"],
    ["runs", "/p/digits/runs", "heavy-l2"],
    ["models", "/p/digits/models", "No models yet"],
    ["model-absent", "/p/digits/models/absent", "There is no model absent"],
    ["environments", "/p/digits/environments", "digits@1"],
    ["environment", "/p/digits/environments/digits", "scikit-learn"],
    ["data", "/p/digits/data", "handwritten"],
    ["dataset", "/p/digits/data/handwritten", "pixels"],
    ["dataset-changes", "/p/digits/data/handwritten?view=changes", "1 file differs"],
    ["not-found", "/p/digits/nothing-here", "404"],
    ["docs", "/docs", "REST API"],
  ])("%s", async (name, path, ready) => {
    expect(await look(name, path, ready)).toEqual([]);
  });

  it("a run, in all its parts", { timeout: 3 * MINUTES }, async () => {
    const [best = ""] = await bestRuns();
    const path = `/p/digits/runs/${best}`;
    expect(await look("run", path, "val_accuracy")).toEqual([]);
    for (const tab of ["logs", "artifacts", "config", "code", "environment", "attempts"]) {
      expect(await look(`run-${tab}`, `${path}?tab=${tab}`, "eta-0.01")).toEqual([]);
    }
  });

  it("two runs compared", async () => {
    const [best, second] = await bestRuns();
    const path = `/p/digits/compare?runs=${best},${second}`;
    expect(await look("compare", path, "val_accuracy")).toEqual([]);
  });
});
