import type { PaletteItem } from "./palette-sources.ts";

/**
 * How well an item fits what was typed, 0 for not at all. Every word must begin a word of the
 * label (best), stand inside it, or be among its keywords.
 */
export function paletteScore(item: PaletteItem, query: string): number {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return 1;
  const label = item.label.toLowerCase();
  const keywords = (item.keywords ?? []).join(" ").toLowerCase();
  let total = 0;
  for (const word of words) {
    const score = wordScore(word, label, keywords);
    if (score === 0) return 0;
    total += score;
  }
  return total / words.length;
}

function wordScore(word: string, label: string, keywords: string): number {
  if (label.startsWith(word)) return 4;
  const at = label.indexOf(word);
  if (at > 0) return /[^a-z0-9]/.test(label[at - 1] ?? "") ? 3 : 2;
  return keywords.includes(word) ? 1 : 0;
}

/** The fitting items, best first, at most `limit`. */
export function bestMatches(
  items: readonly PaletteItem[],
  query: string,
  limit: number,
): PaletteItem[] {
  return items
    .map((item, at) => ({ item, at, score: paletteScore(item, query) }))
    .filter((entry) => entry.score > 0)
    .toSorted((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, limit)
    .map((entry) => entry.item);
}
