import type { AnsiSpan } from "./ansi.ts";

export interface MarkedSpan {
  span: AnsiSpan;
  text: string;
  /** Part of what was searched for. */
  hit: boolean;
}

/** Cuts spans where a searched text begins and ends, without regard to case. */
export function markHits(spans: readonly AnsiSpan[], query: string): MarkedSpan[] {
  if (query === "") return spans.map((span) => ({ span, text: span.text, hit: false }));
  const ranges = hitRanges(spans.map((span) => span.text).join(""), query);
  const marked: MarkedSpan[] = [];
  let start = 0;
  for (const span of spans) {
    const end = start + span.text.length;
    const cuts = new Set([start, end]);
    for (const range of ranges)
      for (const cut of range) if (cut > start && cut < end) cuts.add(cut);
    const points = [...cuts].toSorted((a, b) => a - b);
    for (let at = 0; at + 1 < points.length; at += 1) {
      const [from, to] = [points[at] ?? 0, points[at + 1] ?? 0];
      const hit = ranges.some(([first, last]) => from >= first && to <= last);
      marked.push({ span, text: span.text.slice(from - start, to - start), hit });
    }
    start = end;
  }
  return marked;
}

function hitRanges(text: string, query: string): [from: number, to: number][] {
  const haystack = text.toLowerCase();
  const needle = query.toLowerCase();
  const ranges: [number, number][] = [];
  for (
    let at = haystack.indexOf(needle);
    at !== -1;
    at = haystack.indexOf(needle, at + needle.length)
  ) {
    ranges.push([at, at + needle.length]);
  }
  return ranges;
}
