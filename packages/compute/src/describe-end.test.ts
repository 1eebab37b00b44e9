import { expect, test } from "vitest";
import { describeEnd } from "./describe-end.ts";
import type { EndEvidence } from "./describe-end.ts";
import { bytesInWords, durationInWords } from "./words.ts";

const at = new Date("2026-01-02T03:04:05Z");
const evidence: EndEvidence = {
  attemptId: "a1",
  limits: { graceMs: 5000, wallMs: 3_600_000 },
  startedAt: new Date("2026-01-02T03:04:00Z"),
  pid: 42,
  outcome: { exitCode: 0, oomKills: 0, at },
  intent: undefined,
  oomKillsBefore: 0,
  now: new Date("2026-01-02T04:00:00Z"),
  sameBoot: true,
  logDiskFull: false,
};

const ended = (exitCode: number, oomKills = 0) => ({ exitCode, oomKills, at });
const asked = (reason: "cancelled" | "timeout" | "out-of-memory", detail = "") => ({
  reason,
  at: 0,
  graceMs: 5000,
  detail,
});

const cases: [string, Partial<EndEvidence>, Partial<ReturnType<typeof describeEnd>>][] = [
  ["success", {}, { cause: "exit", exitCode: 0, detail: "exited with code 0", endedAt: at }],
  [
    "a full disk",
    { outcome: ended(1), logDiskFull: true },
    { detail: "exited with code 1; the disk that holds its log is full" },
  ],
  ["success on a full disk", { logDiskFull: true }, { detail: "exited with code 0" }],
  [
    "abort",
    { outcome: ended(134) },
    { cause: "signal", signal: "SIGABRT", detail: "killed by SIGABRT (it aborted itself)" },
  ],
  ["a code that is no signal", { outcome: ended(255) }, { cause: "exit", exitCode: 255 }],
  [
    "SIGKILL by somebody",
    { outcome: ended(137, 3), oomKillsBefore: 3 },
    { cause: "signal", detail: "killed by SIGKILL" },
  ],
  [
    "SIGKILL by the kernel",
    { outcome: ended(137, 4), oomKillsBefore: 3 },
    {
      cause: "out-of-memory",
      detail: "killed by SIGKILL; the kernel reported an out-of-memory kill",
    },
  ],
  [
    "a cancel that was obeyed",
    { outcome: ended(143), intent: asked("cancelled") },
    { cause: "cancelled", signal: "SIGTERM", detail: "cancelled" },
  ],
  [
    "a cancel that was not",
    { outcome: ended(137), intent: asked("cancelled") },
    {
      cause: "cancelled",
      detail: "cancelled; it had not ended 5 s after SIGTERM, so it was killed",
    },
  ],
  [
    "a limit",
    { outcome: ended(0), intent: asked("timeout") },
    { cause: "timeout", exitCode: 0, detail: "stopped: ran longer than its limit of 60 min" },
  ],
  [
    "memory",
    {
      outcome: ended(137),
      intent: asked("out-of-memory", "killed: out of memory (used 2 GB of 1 GB)"),
    },
    { cause: "out-of-memory", detail: "killed: out of memory (used 2 GB of 1 GB)" },
  ],
  ["a killed shim", { outcome: undefined }, { cause: "lost", endedAt: evidence.now }],
  [
    "a restart",
    { outcome: undefined, sameBoot: false },
    { cause: "lost", detail: "lost: the machine restarted while it ran" },
  ],
  [
    "a kill of everything",
    { outcome: undefined, intent: asked("cancelled") },
    { cause: "cancelled", exitCode: 137, signal: "SIGKILL" },
  ],
];

test.each(cases)("tells %s", (_what, part, expected) => {
  const status = describeEnd({ ...evidence, ...part });
  expect(status).toMatchObject({ attemptId: "a1", phase: "exited", pid: 42, ...expected });
});

test("amounts in words", () => {
  expect([0, 512, 1536, 100 * 1024 ** 2, 2.1 * 1024 ** 3, 1e15].map(bytesInWords)).toEqual([
    "0 B",
    "512 B",
    "1.5 KB",
    "100 MB",
    "2.1 GB",
    "909 TB",
  ]);
  expect([250, 1500, 90_000, 300_000, 9_000_000].map(durationInWords)).toEqual([
    "250 ms",
    "1.5 s",
    "90 s",
    "5 min",
    "2.5 h",
  ]);
});
