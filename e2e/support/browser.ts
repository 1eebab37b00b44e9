import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";

const shots = join(import.meta.dirname, "../../test-results/screenshots");

/** The browser that the test command found. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

const looks = [
  { name: "light-wide", scheme: "light", width: 1280, height: 860 },
  { name: "light-narrow", scheme: "light", width: 390, height: 844 },
  { name: "dark-narrow", scheme: "dark", width: 390, height: 844 },
  { name: "dark-wide", scheme: "dark", width: 1280, height: 860 },
] as const;

/** Keeps pictures of a page, light and dark, wide and narrow, among the test's results. */
export async function takeShots(page: Page, name: string): Promise<void> {
  mkdirSync(shots, { recursive: true });
  for (const look of looks) {
    await page.emulateMedia({ colorScheme: look.scheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width: look.width, height: look.height });
    await page.waitForTimeout(250);
    await page.screenshot({ path: join(shots, `${name}-${look.name}.png`) });
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 860 });
}

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Serious and critical findings of axe on the page as it is, as lines. */
export async function findBarriers(page: Page): Promise<string[]> {
  const source = await readFile(
    createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
    "utf8",
  );
  await page.evaluate(source);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: Violation[] }> };
    };
    return (await axe.run()).violations;
  });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => `${id}: ${help} (${nodes[0]?.html.slice(0, 160)})`);
}
