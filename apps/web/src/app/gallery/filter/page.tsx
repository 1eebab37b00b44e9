"use client";
import { useState } from "react";
import { Page } from "../../../frame/page-frame.tsx";
import { FilterEditor } from "../../../parts/filter-editor/filter-editor.tsx";
const names = [
  "metrics.accuracy",
  "metrics.loss",
  "params.lr",
  "params.optimizer",
  "tags.note",
  "attributes.status",
];
const lint = (t: string) => {
  const at = t.indexOf("==");
  return at >= 0
    ? [{ from: at, to: at + 2, message: "“==” is not an operator here: use “=”." }]
    : [];
};
const complete = (t: string, pos: number) => {
  const m = /[\w.]*$/.exec(t.slice(0, pos))!;
  return {
    from: pos - m[0].length,
    options: names.map((label) => ({
      label,
      kind: label.startsWith("m")
        ? ("metric" as const)
        : label.startsWith("p")
          ? ("param" as const)
          : ("tag" as const),
      detail: label === "params.lr" ? "12 values" : undefined,
    })),
  };
};
export default function P() {
  const [v, setV] = useState("metrics.accuracy > 0.9 AND params.optimizer ILIKE '%adam%'");
  return (
    <Page crumbs={[{ label: "Filter" }]}>
      <FilterEditor
        value={v}
        onApply={setV}
        lint={lint}
        complete={complete}
        className="max-w-3xl"
      />
      <p className="mt-20">Applied: {v}</p>
    </Page>
  );
}
