import { createParser } from "nuqs";
import type { LineRange } from "../../../parts/log-view/log-view.tsx";

/** Lines of a log in an address, counted from 1 as people do: "12", "12-20". */
export const parseAsLines = createParser<LineRange>({
  parse(text) {
    const [, first = "", last = first] = /^(\d{1,12})(?:-(\d{1,12}))?$/.exec(text) ?? [];
    const from = Number(first) - 1;
    const to = Number(last) - 1;
    return first !== "" && from >= 0 && to >= from ? [from, to] : null;
  },
  serialize: ([from, to]) => (from === to ? String(from + 1) : `${from + 1}-${to + 1}`),
});
