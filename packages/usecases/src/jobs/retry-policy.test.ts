import { describe, expect, test } from "vitest";
import { type AttemptEnd, judgeAttempt, MAX_LOSSES, type RetryState } from "./retry-policy.ts";

const failed: AttemptEnd = {
  cause: "exit",
  exitCode: 3,
  signal: null,
  detail: "exited with code 3",
};
const lost: AttemptEnd = { cause: "lost", exitCode: null, signal: null, detail: "lost: killed" };
const fresh: RetryState = {
  failures: 0,
  losses: 0,
  maxRetries: 0,
  cancelRequested: false,
  reason: null,
};

describe("a command that ended by itself", () => {
  test("with success is finished, even if somebody cancelled it too late", () => {
    const done = { ...failed, exitCode: 0, detail: "exited with code 0" };
    const end = { kind: "end", to: "finished", reason: null };
    expect(judgeAttempt(done, fresh)).toEqual(end);
    expect(judgeAttempt(done, { ...fresh, cancelRequested: true })).toEqual(end);
  });

  test("with a failure has failed, unless it has retries left", () => {
    expect(judgeAttempt(failed, fresh)).toEqual({
      kind: "end",
      to: "failed",
      reason: "exited with code 3",
    });
    expect(judgeAttempt(failed, { ...fresh, maxRetries: 2 })).toEqual({
      kind: "retry",
      counts: "failure",
      delayMs: 1000,
      reason: "retry 1 of 2 in 1 s: exited with code 3",
    });
    expect(judgeAttempt(failed, { ...fresh, maxRetries: 2, failures: 2 })).toMatchObject({
      to: "failed",
    });
  });

  test("waits twice as long before each retry, and five minutes at most", () => {
    const delays = Array.from({ length: 12 }, (_, failures) => {
      const verdict = judgeAttempt(failed, { ...fresh, maxRetries: 100, failures });
      return verdict.kind === "retry" ? verdict.delayMs / 1000 : "none";
    });
    expect(delays).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
  });

  test.each(["signal", "timeout", "out-of-memory"] as const)(
    "by %s counts as a failure",
    (cause) => {
      expect(judgeAttempt({ ...failed, cause }, { ...fresh, maxRetries: 1 })).toMatchObject({
        kind: "retry",
        counts: "failure",
      });
      expect(judgeAttempt({ ...failed, cause }, fresh)).toMatchObject({ to: "failed" });
    },
  );

  test("that could not start is not tried again: nothing would be different", () => {
    const end = { ...failed, cause: "start-failed" as const, detail: "command not found: x" };
    expect(judgeAttempt(end, { ...fresh, maxRetries: 5 })).toEqual({
      kind: "end",
      to: "failed",
      reason: "command not found: x",
    });
  });
});

describe("a command that the platform lost", () => {
  test("starts again at once the first time, then later and later, and is given up at last", () => {
    const verdicts = Array.from({ length: MAX_LOSSES + 1 }, (_, losses) =>
      judgeAttempt(lost, { ...fresh, losses }),
    );
    expect(verdicts.map((each) => (each.kind === "retry" ? each.delayMs / 1000 : each.to))).toEqual(
      [0, 1, 4, 16, 64, "lost"],
    );
    expect(verdicts.map((each) => each.reason)).toEqual([
      "started again: lost: killed",
      "started again in 1 s: lost: killed",
      "started again in 4 s: lost: killed",
      "started again in 16 s: lost: killed",
      "started again in 64 s: lost: killed",
      "lost: killed; given up after 5 times",
    ]);
  });

  test("needs no retries of its submitter's, and uses up none", () => {
    expect(judgeAttempt(lost, fresh)).toMatchObject({ kind: "retry", counts: "loss" });
  });

  test("because it was stopped in order counts as nothing, however often", () => {
    const stopped = { ...lost, cause: "cancelled" as const, detail: "cancelled" };
    expect(judgeAttempt(stopped, { ...fresh, losses: MAX_LOSSES })).toEqual({
      kind: "retry",
      counts: "nothing",
      delayMs: 0,
      reason: "started again: the platform was stopped",
    });
  });
});

describe("a command that was cancelled", () => {
  const asked = { ...fresh, maxRetries: 5, cancelRequested: true, reason: "cancelled by Ada" };

  test.each([
    ["by a signal", { ...failed, cause: "cancelled" as const, signal: "SIGTERM" }],
    ["with a code of its own", failed],
    ["with its machine", lost],
    ["before it could start", { ...failed, cause: "start-failed" as const }],
  ])("is not started again when it ended %s", (_, end) => {
    expect(judgeAttempt(end, asked)).toEqual({
      kind: "end",
      to: "cancelled",
      reason: "cancelled by Ada",
    });
  });
});
