import { describe, expect, it } from "vitest";
import { LineScroll } from "./line-scroll.ts";

const view = 500;

function scroll(lines: number) {
  const made = new LineScroll(20);
  made.resize(lines, view);
  return made;
}

describe("LineScroll", () => {
  it("is plain arithmetic while the lines fit", () => {
    const short = scroll(1000);
    expect(short.height).toBe(20_000);
    expect(short.scrolled(10_000)).toBe(10_000);
    expect(short.visible()).toEqual({ first: 500, last: 525 });
    expect(short.placeOf(500)).toBe(10_000);
  });

  it("reaches the first and the last of ten million lines", () => {
    const long = scroll(10_000_000);
    expect(long.height).toBeLessThanOrEqual(8_000_000);
    long.scrolled(long.height - view);
    expect(long.visible().last).toBe(10_000_000);
    expect(long.atEnd).toBe(true);
    expect(long.placeOf(9_999_999)).toBeLessThanOrEqual(long.height);
    long.scrolled(0);
    expect(long.visible().first).toBe(0);
  });

  it("moves exactly by what a wheel turns, across the borders of its pages", () => {
    const long = scroll(10_000_000);
    let position = long.scrollTo(100_000_000);
    const before = long.top;
    for (let turn = 0; turn < 2000; turn += 1) position = long.scrolled(position + 100);
    expect(long.top - before).toBe(200_000);
  });

  it("goes to the same share of the whole when the bar is dragged", () => {
    const long = scroll(10_000_000);
    long.scrolled(long.height / 2);
    expect(long.visible().first / 10_000_000).toBeCloseTo(0.5, 2);
  });

  it("stays where it is when lines are added", () => {
    const long = scroll(10_000_000);
    long.scrollTo(123_456_780);
    const { first } = long.visible();
    const position = long.resize(10_000_000, view);
    expect(long.resize(10_500_000, view)).toBe(position);
    expect(long.visible().first).toBe(first);
    // The end can be reached all the same.
    long.scrollTo(Number.MAX_SAFE_INTEGER);
    expect(long.visible().last).toBe(10_500_000);
  });

  it("steps back to the end when there are fewer lines", () => {
    const short = scroll(1000);
    short.scrollTo(19_000);
    short.resize(10, view);
    expect(short.top).toBe(0);
  });
});
