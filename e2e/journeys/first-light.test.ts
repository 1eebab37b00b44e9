import { searchRuns } from "@tessera/contracts/run";
import { getJob, listJobs } from "@tessera/contracts/job";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBarriers, launchBrowser, takeShots } from "../support/browser.ts";
import { removeHome, startPlatform, type TestPlatform } from "../support/platform.ts";
import { comeIn, visitor } from "../support/visitor.ts";

const MINUTES = 60_000;
const project = "digits";

// Prints and goes on for as long as nobody ends it.
const endless = "n=0; while true; do n=$((n+1)); echo tick $n of a long training; sleep 0.3; done";

describe("from the first start to a run of one's own", () => {
  let platform: TestPlatform;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    platform = await startPlatform();
    const started = await platform.cli(["quickstart"]);
    if (started.code !== 0) throw new Error(started.stderr);
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    page.setDefaultTimeout(20_000);
  }, 10 * MINUTES);
  afterAll(async () => {
    await browser.close();
    await platform.stop();
    await removeHome(platform.home);
  });

  const rows = () =>
    page
      .getByRole("grid")
      .getByRole("row")
      .filter({ has: page.getByRole("link") });

  async function filterBy(text: string): Promise<void> {
    await page.keyboard.press("/");
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Backspace");
    await page.keyboard.type(text);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Enter");
  }

  it("comes in by the one-time link and sets a password", async () => {
    await comeIn(page, platform);
    await page.getByRole("button", { name: visitor.name }).waitFor();
    const again = await fetch(platform.firstAdminLink ?? "", { method: "POST" });
    expect(again.status).toBe(410);
  });

  it("finds the quickstart's runs", async () => {
    await page
      .getByRole("link", { name: /Digits/ })
      .first()
      .click();
    await page.getByText("Best so far").waitFor();
    await page.getByRole("link", { name: "Runs", exact: true }).click();
    await expect.poll(() => rows().count()).toBe(6);
  });

  it("filters them, and the address keeps the filter", async () => {
    const filter = "metrics.val_accuracy > 0.96 AND params.penalty = 'l2'";
    const { items } = await platform.client.call(searchRuns, {
      params: { project },
      body: { filter },
    });
    expect(items.length).toBeGreaterThan(0);
    expect(items.length).toBeLessThan(6);
    await filterBy(filter);
    await expect.poll(() => rows().count()).toBe(items.length);
    await page.reload();
    await expect.poll(() => rows().count()).toBe(items.length);
    await takeShots(page, "runs-filtered");
  });

  it("says which word of a filter is wrong", async () => {
    await filterBy("mertics.val_accuracy > 0.96");
    await page.getByText("Invalid entity type 'mertics'").waitFor();
    expect(await page.locator(".cm-lintRange-error").textContent()).toBe("mertics");
    await takeShots(page, "runs-filter-fault");
    await filterBy("");
    await expect.poll(() => rows().count()).toBe(6);
  });

  it("compares two", async () => {
    for (const name of ["eta-0.1", "eta-0.01"]) {
      await rows()
        .filter({ has: page.getByRole("link", { name, exact: true }) })
        .getByRole("checkbox")
        .click();
    }
    await page.getByRole("toolbar", { name: "Selected runs" }).getByText("Compare").click();
    await page.waitForURL(/\/compare\?/);
    await page.getByText("Compare 2 runs").first().waitFor();
    const grid = page.getByRole("treegrid").first();
    await grid.getByRole("row").filter({ hasText: "eta" }).first().waitFor();
    // What is the same in both is not among what differs.
    expect(await grid.getByRole("row").filter({ hasText: "penalty" }).count()).toBe(0);
  });

  it("groups by a param, and finds a column", async () => {
    await page.getByRole("link", { name: "Runs", exact: true }).first().click();
    await page.getByRole("button", { name: "Group" }).click();
    await page.getByText("penalty", { exact: true }).first().click();
    await page.keyboard.press("Escape");
    const grid = page.getByRole("treegrid");
    await grid.getByText("elasticnet").first().waitFor();
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByPlaceholder("Find a column").fill("val_f1");
    await takeShots(page, "runs-grouped");
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press("Escape");
  });

  it("goes to a run by its name, with the keyboard alone", async () => {
    await page.keyboard.press("Control+k");
    const palette = page.getByPlaceholder("Go to a page");
    await expect
      .poll(() => palette.evaluate((input) => input === document.activeElement))
      .toBe(true);
    await page.keyboard.type("ta-0.01");
    await expect.poll(() => page.getByRole("option").count()).toBe(1);
    await takeShots(page, "palette");
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.getByRole("tab", { name: "Logs" }).waitFor();
    expect(await page.title()).toContain("eta-0.01");
  });

  it("opens a run's log", async () => {
    await page.getByRole("tab", { name: "Logs" }).click();
    await page.getByText("epoch  30/30").first().waitFor();
    await page.getByPlaceholder("Search the log").fill("epoch  17/30");
    await expect.poll(() => page.locator("mark").first().textContent()).toBe("epoch  17/30");
  });

  it("watches a job run, and cancels it", async () => {
    const name = "a-long-training";
    const flags = ["--project", project, "--name", name, "--detach"];
    const submitted = await platform.cli(["run", ...flags, "--", "sh", "-c", endless]);
    expect(submitted, submitted.stderr).toMatchObject({ code: 0 });
    await page.getByRole("link", { name: "Queue", exact: true }).click();
    await page.getByRole("link", { name }).click();
    await page.getByRole("tab", { name: "Logs" }).click();
    await page.getByText("tick 5 of a long training").waitFor();
    await takeShots(page, "run-running");
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("Cancelled", { exact: true }).first().waitFor();
    const jobs = await platform.client.call(listJobs, { params: { project }, query: { limit: 1 } });
    expect(jobs.items[0]).toMatchObject({ name, state: "cancelled" });
    await takeShots(page, "run-cancelled");
  });

  it("runs it again with another command", { timeout: 2 * MINUTES }, async () => {
    const before = page.url();
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Re-run with changes…" }).click();
    await page.getByLabel("Name", { exact: true }).fill("a-short-training");
    await page.getByLabel("Command").fill("sh -c 'echo done at last'");
    await takeShots(page, "run-again");
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Submit" }).click();
    await page.waitForURL((url) => url.href !== before);
    await page.getByText("Finished", { exact: true }).first().waitFor();
    await page.getByRole("tab", { name: "Logs" }).click();
    await page.getByText("done at last").first().waitFor();
    const id = /runs\/([0-9a-f]{32})/.exec(page.url())?.[1] ?? "";
    const job = await platform.client.call(getJob, { params: { project, id } });
    expect(job).toMatchObject({ name: "a-short-training", state: "finished" });
  });
});
