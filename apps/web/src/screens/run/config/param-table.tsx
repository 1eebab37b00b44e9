"use client";

import type { Run } from "@tessera/contracts/run";
import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { Button } from "../../../parts/button.tsx";
import { copyText } from "../../../parts/copy-button.tsx";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { countOf } from "../../../parts/format/number.ts";
import { SearchInput } from "../../../parts/input.tsx";
import { toastDone } from "../../../parts/toast.tsx";
import { compareNames } from "../metric-value.ts";
import { PairRows } from "./pair-rows.tsx";
import { Section } from "./section.tsx";

const searchedFrom = 9;

/** The params that the run logged. */
export function ParamTable({ run }: { run: Run }) {
  const [search, setSearch] = useState("");
  const all = Object.entries(run.params).toSorted(([a], [b]) => compareNames(a, b));
  const words = search.toLowerCase();
  const pairs = all.filter((pair) => pair.some((text) => text.toLowerCase().includes(words)));
  if (all.length === 0) {
    return (
      <Section title="Params">
        <div className="rounded-lg border border-line">
          <EmptyState
            icon={<SlidersHorizontal aria-hidden />}
            title="This run logged no params"
            command={'mlflow.log_params({"lr": 0.01})'}
            className="py-8"
          />
        </div>
      </Section>
    );
  }
  const copyAll = async () => {
    if (await copyText(JSON.stringify(run.params, null, 2))) {
      toastDone(`Copied ${countOf(all.length, "param")} as JSON`);
    }
  };
  return (
    <Section
      title={`Params (${all.length})`}
      tools={
        <>
          {all.length < searchedFrom ? null : (
            <SearchInput
              label="Search params"
              value={search}
              onValueChange={setSearch}
              className="w-44"
            />
          )}
          <Button size="sm" variant="ghost" onClick={() => void copyAll()}>
            Copy as JSON
          </Button>
        </>
      }
    >
      {pairs.length === 0 ? (
        <p className="text-sm text-ink-2">No param has “{search}” in its name or value.</p>
      ) : (
        <PairRows pairs={pairs} />
      )}
    </Section>
  );
}
