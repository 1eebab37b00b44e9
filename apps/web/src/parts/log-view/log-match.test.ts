import { expect, it } from "vitest";
import { ansiSpans } from "./ansi.ts";
import { markHits } from "./log-match.ts";

it("marks a text that runs over a change of colour", () => {
  const spans = ansiSpans("\u001B[31mval_\u001B[0maccuracy=1 Accuracy");
  const parts = markHits(spans, "L_ACC").map(({ text, hit }) => (hit ? `[${text}]` : text));
  expect(parts.join("|")).toBe("va|[l_]|[acc]|uracy=1 Accuracy");
});

it("marks every occurrence, and nothing for an empty query", () => {
  const spans = ansiSpans("aXaXa");
  expect(markHits(spans, "x").filter((part) => part.hit)).toHaveLength(2);
  expect(markHits(spans, "")).toEqual([{ span: spans[0], text: "aXaXa", hit: false }]);
});
