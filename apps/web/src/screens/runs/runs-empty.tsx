"use client";

import { Activity, SearchX } from "lucide-react";
import { Button } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { RunCommands } from "./run-commands-view.tsx";
import type { RunsTableState } from "./use-runs-table.ts";

/** What stands where no run is: how to make the first one, or what keeps them from showing. */
export function RunsEmpty({ project, table }: { project: string; table: RunsTableState }) {
  const { address, setAddress, counts } = table;
  if (address.view === "deleted" && counts?.total === 0) {
    return (
      <EmptyState
        title="Nothing is deleted"
        action={
          <Button onClick={() => void setAddress({ view: "active" })}>Back to the runs</Button>
        }
      >
        Deleted runs wait here until they are brought back.
      </EmptyState>
    );
  }
  if (counts?.total === 0) {
    return (
      <EmptyState icon={<Activity aria-hidden />} title="No runs yet">
        <p className="mb-5">Each run comes up here as soon as it starts.</p>
        <RunCommands project={project} />
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<SearchX aria-hidden />}
      title="No run fits"
      action={
        <Button onClick={() => void setAddress({ q: null, experiment: [] })}>
          Show all of them
        </Button>
      }
    >
      {address.q === "" ? "The chosen experiments have no runs." : "None fits the filter above."}
    </EmptyState>
  );
}
