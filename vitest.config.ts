import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { configDefaults, defineConfig } from "vitest/config";
import type { TestProjectInlineConfiguration } from "vitest/config";

const root = import.meta.dirname;

function projectAt(folder: string): TestProjectInlineConfiguration {
  return { extends: true, test: { name: folder, root: join(root, folder) } };
}

function projectsUnder(parent: string): TestProjectInlineConfiguration[] {
  return readdirSync(join(root, parent))
    .filter((name) => existsSync(join(root, parent, name, "package.json")))
    .map((name) => projectAt(`${parent}/${name}`));
}

// The journeys in e2e drive a whole platform and a browser: e2e/vitest.config.ts runs them.
export default defineConfig({
  test: {
    projects: [...projectsUnder("packages"), ...projectsUnder("apps"), projectAt("tooling")],
    include: ["**/*.test.{ts,tsx}"],
    exclude: [...configDefaults.exclude, "**/dist/**", "**/.next/**", "**/generated/**"],
    environment: "node",
    globalSetup: [join(root, "packages/db/src/testing/global-setup.ts")],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Patience, not a measure: what is waited for comes late on a busy machine.
    expect: { poll: { timeout: 10_000 } },
    pool: "forks",
    maxWorkers: 2,
  },
});
