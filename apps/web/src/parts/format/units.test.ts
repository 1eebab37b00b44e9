import { describe, expect, it } from "vitest";
import { formatBytes } from "./bytes.ts";
import { formatClock, formatDuration } from "./duration.ts";
import { formatMoney } from "./money.ts";
import { formatExact, formatRelative } from "./time.ts";

describe("formatDuration", () => {
  it.each([
    [0, "0 ms"],
    [340, "340 ms"],
    [999.6, "1000 ms"],
    [1240, "1.2 s"],
    [9990, "9.9 s"],
    [59_999, "59 s"],
    [60_000, "1 m 00 s"],
    [3_599_999, "59 m 59 s"],
    [7_500_000, "2 h 05 m"],
    [187_200_000, "2 d 4 h"],
    [-1500, "-1.5 s"],
    [Number.NaN, "–"],
  ])("writes %d ms as %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it("has a clock form for axes", () => {
    expect([45_000, 723_000, 3_723_000, -5000].map(formatClock)).toEqual([
      "0:45",
      "12:03",
      "1:02:03",
      "-0:05",
    ]);
  });
});

describe("formatBytes", () => {
  it.each([
    [0, "0 B"],
    [1023, "1023 B"],
    [1024, "1 KiB"],
    [1536, "1.5 KiB"],
    [1_048_575, "1 MiB"],
    [24_696_061_952, "23 GiB"],
    [-2048, "-2 KiB"],
  ])("writes %d as %s", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe("formatMoney", () => {
  it("keeps tiny amounts visible and always names the currency", () => {
    expect([
      formatMoney(0, "EUR"),
      formatMoney(0.00423, "USD"),
      formatMoney(1234.5, "USD"),
    ]).toEqual(["€0.00", "$0.0042", "$1,234.50"]);
  });
});

describe("formatRelative", () => {
  const now = new Date(2026, 5, 15, 12, 0, 0).getTime();
  it.each([
    [now - 1000, "just now"],
    [now - 12_000, "12 s ago"],
    [now - 180_000, "3 min ago"],
    [now + 180_000, "in 3 min"],
    [now - 26 * 3_600_000, "1 d ago"],
    [new Date(2026, 2, 3).getTime(), "3 Mar"],
    [new Date(2024, 2, 3).getTime(), "3 Mar 2024"],
  ])("writes %d as %s", (time, text) => {
    expect(formatRelative(time, now)).toBe(text);
  });

  it("is exact to the second with the offset", () => {
    expect(formatExact(now)).toMatch(/^15 Jun 2026, 12:00:00 \(GMT/);
  });
});
