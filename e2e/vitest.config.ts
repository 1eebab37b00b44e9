import { defineConfig } from "vitest/config";

// Every journey starts a platform of its own: one at a time, so that two cores suffice.
export default defineConfig({
  test: {
    name: "e2e",
    root: import.meta.dirname,
    include: ["**/*.test.ts"],
    environment: "node",
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // Patience, not a measure: what is waited for comes late on a busy machine.
    expect: { poll: { timeout: 20_000, interval: 100 } },
    pool: "forks",
    maxWorkers: 1,
    fileParallelism: false,
  },
});
