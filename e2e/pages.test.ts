import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBarriers, launchBrowser, takeShots } from "./support/browser.ts";
import { removeHome, startPlatform, type TestPlatform } from "./support/platform.ts";

describe("in a real browser", () => {
  let platform: TestPlatform;
  let browser: Browser;

  beforeAll(async () => {
    platform = await startPlatform();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await platform.stop();
    await removeHome(platform.home);
  });

  it("a stranger is asked to sign in, and nothing bars the way", async () => {
    const page = await browser.newPage();
    await page.goto(`${platform.url}/sign-in`);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await takeShots(page, "sign-in");
    expect(await page.title()).toContain("Sign in");
    expect(await findBarriers(page)).toEqual([]);
  });
});
