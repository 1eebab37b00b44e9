"use client";

import { getRun, type Run, searchRuns, updateRun } from "@tessera/contracts/run";
import { Pencil } from "lucide-react";
import { useState } from "react";
import type { KeyboardEvent } from "react";
import { client } from "../../../data/client.ts";
import { useAction } from "../../../data/use-action.ts";
import { Button, IconButton } from "../../../parts/button.tsx";
import { Input } from "../../../parts/input.tsx";
import { RunColorPicker } from "../../../parts/run-colors/run-dot.tsx";
import { useShortcut } from "../../../parts/shortcuts/shortcut-registry.ts";

export interface RunNameProps {
  project: string;
  run: Run;
  /** Why the name cannot be changed, or null. */
  refusal: string | null;
}

/** The run's colour and name; the name is changed where it stands. */
export function RunName({ project, run, refusal }: RunNameProps) {
  const [editing, setEditing] = useState(false);
  useShortcut({
    keys: "e",
    label: "Rename the run",
    group: "This page",
    enabled: refusal === null,
    run: (event) => {
      // The key itself must not land in the field.
      event.preventDefault();
      setEditing(true);
    },
  });
  return (
    <div className="flex max-w-full min-w-0 items-start gap-1">
      <RunColorPicker
        runId={run.id}
        runName={run.name}
        className="mt-0.5 -ml-1.5 size-6 shrink-0"
      />
      {editing ? (
        <NameEditor project={project} run={run} onClose={() => setEditing(false)} />
      ) : (
        <div className="group/name flex min-w-0 items-start gap-1">
          <h2
            title={run.name}
            className="min-w-0 text-xl font-semibold [overflow-wrap:anywhere] max-sm:line-clamp-3 max-sm:text-lg"
          >
            {run.name}
          </h2>
          <IconButton
            label="Rename"
            keys="e"
            disabledReason={refusal}
            onClick={() => setEditing(true)}
            className="opacity-0 transition-opacity group-hover/name:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100"
          >
            <Pencil aria-hidden />
          </IconButton>
        </div>
      )}
    </div>
  );
}

function NameEditor({
  project,
  run,
  onClose,
}: Omit<RunNameProps, "refusal"> & { onClose(): void }) {
  const [name, setName] = useState(run.name);
  const rename = useAction({
    run: (next: string) =>
      client.call(updateRun, { params: { project, id: run.id }, body: { name: next } }),
    failure: `Could not rename ${run.name}`,
    stale: [getRun, searchRuns],
    onDone: onClose,
  });
  const wanted = name.trim();
  const save = () => {
    if (rename.busy || wanted === "") return;
    if (wanted === run.name) onClose();
    else rename.run(wanted);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    if (event.key === "Enter") save();
    else onClose();
  };
  return (
    <div className="flex w-full max-w-xl min-w-0 items-center gap-2">
      <Input
        autoFocus
        aria-label="Name of the run"
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={press}
        onFocus={(event) => event.target.select()}
        className="text-lg font-semibold"
      />
      <Button
        variant="primary"
        busy={rename.busy}
        disabledReason={wanted === "" ? "A run needs a name" : null}
        onClick={save}
      >
        Save
      </Button>
      <Button variant="ghost" onClick={onClose}>
        Cancel
      </Button>
    </div>
  );
}
