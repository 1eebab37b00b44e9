import { searchRuns } from "@tessera/contracts/run";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBarriers, launchBrowser, takeShots } from "./support/browser.ts";
import { removeHome, startPlatform, type TestPlatform } from "./support/platform.ts";

const MINUTES = 60_000;

/** A person's way in, from the first start on. */
async function comeIn(page: Page, platform: TestPlatform): Promise<void> {
  if (platform.firstAdminLink === null)
    throw new Error("There is no link for the first administrator");
  await page.goto(platform.firstAdminLink);
  await page.getByRole("button").first().click();
  await page.waitForURL(`${platform.url}/`);
  await page.getByRole("link", { name: "Set how you sign in" }).click();
  await page.getByLabel("Name").fill("Ada Example");
  await page.getByLabel("E-mail").fill("ada@example.org");
  await page.getByLabel("Password").fill("correct horse battery");
  await page.getByRole("button", { name: "Save and go on" }).click();
  await page.waitForURL(`${platform.url}/`);
}

describe("every page, seen", () => {
  let platform: TestPlatform;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    platform = await startPlatform();
    const started = await platform.cli(["quickstart"]);
    if (started.code !== 0) throw new Error(started.stderr);
    browser = await launchBrowser();
    page = await browser.newPage();
    page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
  }, 10 * MINUTES);
  afterAll(async () => {
    await browser.close();
    await platform.stop();
    await removeHome(platform.home);
  });

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
    await page.getByRole("button", { name: /Ada Example/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.waitForURL(/sign-in/);
    await takeShots(page, "sign-in");
    expect(await findBarriers(page)).toEqual([]);
    await page.getByLabel("E-mail").fill("ada@example.org");
    await page.getByLabel("Password").fill("wrong password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page
      .getByRole("alert")
      .filter({ hasText: /password/i })
      .waitFor();
    await page.getByLabel("Password").fill("correct horse battery");
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
    ["docs", "/docs", "Projects"],
  ])("%s", async (name, path, ready) => {
    expect(await look(name, path, ready)).toEqual([]);
  });

  it("a run, in all its parts", { timeout: 3 * MINUTES }, async () => {
    const [best = ""] = await bestRuns();
    const path = `/p/digits/runs/${best}`;
    expect(await look("run", path, "val_accuracy")).toEqual([]);
    for (const tab of ["logs", "artifacts", "code", "environment"]) {
      expect(await look(`run-${tab}`, `${path}?tab=${tab}`, "eta-0.01")).toEqual([]);
    }
  });

  it("two runs compared", async () => {
    const [best, second] = await bestRuns();
    const path = `/p/digits/compare?runs=${best},${second}`;
    expect(await look("compare", path, "val_accuracy")).toEqual([]);
  });
});
