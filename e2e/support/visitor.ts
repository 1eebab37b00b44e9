import type { Page } from "playwright-core";
import type { TestPlatform } from "./platform.ts";

export const visitor = {
  name: "Ada Example",
  email: "ada@example.org",
  password: "correct horse battery",
} as const;

/** The first administrator's way in: by the one-time link, then a name and a password of one's own. */
export async function comeIn(page: Page, platform: TestPlatform): Promise<void> {
  if (platform.firstAdminLink === null) {
    throw new Error("There is no link for the first administrator");
  }
  await page.goto(platform.firstAdminLink);
  await page.waitForURL(`${platform.url}/`);
  await page.getByRole("link", { name: "Set how you sign in" }).click();
  await page.getByLabel("Name").fill(visitor.name);
  await page.getByLabel("E-mail").fill(visitor.email);
  await page.getByLabel("Password").fill(visitor.password);
  await page.getByRole("button", { name: "Save and go on" }).click();
  await page.waitForURL(`${platform.url}/`);
}
