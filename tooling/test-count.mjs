import { existsSync, readFileSync } from "node:fs";

const none = { passed: 0, failed: 0, skipped: 0 };

/** A file that fails outside its tests (an import, a hook) counts as one failure. */
function failedFiles(report) {
  return report.testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  ).length;
}

function read(path) {
  if (!existsSync(path)) return none;
  const report = JSON.parse(readFileSync(path, "utf8"));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + failedFiles(report),
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Counts of one vitest run: `path` is its JSON report, `succeeded` its exit status. */
export function countTests(path, succeeded) {
  const counts = read(path);
  return succeeded ? counts : { ...counts, failed: Math.max(counts.failed, 1) };
}

export function sum(counts) {
  const total = { ...none };
  for (const key of Object.keys(none)) for (const count of counts) total[key] += count[key];
  return total;
}
