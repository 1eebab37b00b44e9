import { describe, expect, it } from "vitest";
import { matchesCombination } from "./key-match.ts";
import { SequenceReader, sequencePatienceMs } from "./sequence.ts";

function press(key: string, more: Partial<KeyboardEventInit> & { timeStamp?: number } = {}) {
  return {
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    timeStamp: 0,
    ...more,
  };
}

describe("matchesCombination", () => {
  it("takes ⌘ on a Mac and Ctrl elsewhere for mod", () => {
    expect(matchesCombination(press("k", { metaKey: true }), "mod+k", true)).toBe(true);
    expect(matchesCombination(press("k", { ctrlKey: true }), "mod+k", true)).toBe(false);
    expect(matchesCombination(press("k", { ctrlKey: true }), "mod+k", false)).toBe(true);
    expect(matchesCombination(press("k"), "mod+k", false)).toBe(false);
  });

  it("looks at shift for letters and named keys, not for signs", () => {
    expect(matchesCombination(press("?", { shiftKey: true }), "?", false)).toBe(true);
    expect(matchesCombination(press("?"), "?", false)).toBe(true);
    expect(matchesCombination(press("X", { shiftKey: true }), "x", false)).toBe(false);
    expect(matchesCombination(press("X", { shiftKey: true }), "shift+x", false)).toBe(true);
    expect(matchesCombination(press("Enter", { shiftKey: true }), "enter", false)).toBe(false);
  });
});

describe("SequenceReader", () => {
  const go = { keys: "g r" };
  const goQueue = { keys: "g q" };
  const rerun = { keys: "r" };
  const all = [go, goQueue, rerun];

  it("completes a sequence before a single key", () => {
    const reader = new SequenceReader();
    expect(reader.read(press("g"), all, false)).toBe("begun");
    expect(reader.read(press("r", { timeStamp: 100 }), all, false)).toBe(go);
    expect(reader.read(press("r", { timeStamp: 200 }), all, false)).toBe(rerun);
  });

  it("forgets a sequence that takes too long", () => {
    const reader = new SequenceReader();
    reader.read(press("g"), all, false);
    expect(reader.read(press("r", { timeStamp: sequencePatienceMs + 1 }), all, false)).toBe(rerun);
  });

  it("starts again with the key that broke a sequence", () => {
    const reader = new SequenceReader();
    reader.read(press("g"), all, false);
    expect(reader.read(press("g", { timeStamp: 10 }), all, false)).toBe("begun");
    expect(reader.read(press("q", { timeStamp: 20 }), all, false)).toBe(goQueue);
    expect(reader.read(press("z", { timeStamp: 30 }), all, false)).toBeUndefined();
  });

  it("ignores modifiers pressed on the way", () => {
    const reader = new SequenceReader();
    reader.read(press("g"), all, false);
    expect(reader.read(press("Shift", { timeStamp: 10 }), all, false)).toBeUndefined();
    expect(reader.read(press("r", { timeStamp: 20 }), all, false)).toBe(go);
  });
});
