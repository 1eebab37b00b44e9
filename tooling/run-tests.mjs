import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureChromium } from "./ensure-chromium.mjs";
import { ensureS3Server } from "./ensure-s3-server.mjs";
import { step } from "./steps.mjs";
import { countTests, sum } from "./test-count.mjs";

const reports = mkdtempSync(join(tmpdir(), "tessera-test-"));

function vitest(name, args, env) {
  const path = join(reports, `${name}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${path}`];
  const succeeded = step(name, ["vitest", "run", ...args, ...reporters], env);
  return countTests(path, succeeded);
}

function runAll() {
  const chromium = ensureChromium();
  ensureS3Server();
  if (!step("build", ["turbo", "run", "generate", "build", "--output-logs=errors-only"])) {
    return [{ passed: 0, failed: 1, skipped: 0 }];
  }
  return [
    vitest("tests", []),
    vitest("e2e", ["--config", "e2e/vitest.config.ts"], { CHROMIUM_PATH: chromium }),
  ];
}

function counted() {
  try {
    return sum(runAll());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

const { passed, failed, skipped } = counted();
if (skipped > 0) console.log(`${skipped} skipped`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
