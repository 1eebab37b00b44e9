import type { DiffLine } from "./parse-diff.ts";

/** The part of a line that differs from its counterpart. */
export type ChangedPart = readonly [from: number, to: number];

/**
 * For each line of a hunk the part that changed: runs of removed lines are set against the added
 * ones that follow, in order. Undefined where a line has no counterpart, or shares too little with it.
 */
export function changedParts(lines: readonly DiffLine[]): (ChangedPart | undefined)[] {
  const parts: (ChangedPart | undefined)[] = lines.map(() => undefined);
  let at = 0;
  while (at < lines.length) {
    const removed = runOf(lines, at, "removed");
    const added = runOf(lines, at + removed, "added");
    for (let pair = 0; pair < Math.min(removed, added); pair += 1) {
      const before = lines[at + pair]?.text ?? "";
      const after = lines[at + removed + pair]?.text ?? "";
      const difference = differenceOf(before, after);
      parts[at + pair] = difference?.[0];
      parts[at + removed + pair] = difference?.[1];
    }
    at += Math.max(1, removed + added);
  }
  return parts;
}

function runOf(lines: readonly DiffLine[], from: number, kind: DiffLine["kind"]): number {
  let length = 0;
  while (lines[from + length]?.kind === kind) length += 1;
  return length;
}

function differenceOf(before: string, after: string): [ChangedPart, ChangedPart] | undefined {
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shortest - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const shared = start + end;
  if (shared === 0 || shared < Math.max(before.length, after.length) * 0.3) return undefined;
  return [
    [start, before.length - end],
    [start, after.length - end],
  ];
}
