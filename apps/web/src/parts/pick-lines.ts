export interface PickOption {
  readonly id: string;
  readonly label: string;
  /** The heading that it stands under. */
  readonly group?: string | undefined;
  /** A figure or a word at the right. */
  readonly detail?: string | undefined;
}

/** One line of the list: an option, or the heading of a group. */
export interface PickLine {
  readonly id: string;
  readonly option?: PickOption;
  readonly heading?: string;
}

/** The options that have every word of a query in them, under the headings of their groups. */
export function pickLines(options: readonly PickOption[], query: string): PickLine[] {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
  const groups = new Map<string, PickLine[]>();
  for (const option of options) {
    const heading = option.group ?? "";
    const text = `${heading} ${option.label}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const line = { id: option.id, option };
    const group = groups.get(heading);
    if (group) group.push(line);
    else groups.set(heading, [line]);
  }
  return [...groups].flatMap(([heading, lines]) =>
    heading === "" ? lines : [{ id: `heading:${heading}`, heading }, ...lines],
  );
}
