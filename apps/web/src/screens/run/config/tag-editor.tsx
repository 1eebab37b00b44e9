"use client";

import { getRun, listRunKeys, type Run, searchRuns, updateRun } from "@tessera/contracts/run";
import { Pencil, Plus, X } from "lucide-react";
import { useState } from "react";
import { client } from "../../../data/client.ts";
import { useAction } from "../../../data/use-action.ts";
import { Button, IconButton } from "../../../parts/button.tsx";
import { toastUndo } from "../../../parts/toast.tsx";
import { compareNames } from "../metric-value.ts";
import { PairRows } from "./pair-rows.tsx";
import { Section } from "./section.tsx";
import { isSystemTag } from "./system-tags.tsx";
import { type TagChange, TagForm } from "./tag-form.tsx";

export interface TagEditorProps {
  project: string;
  run: Run;
  refusal: string | null;
}

/** The tags that people gave the run. */
export function TagEditor({ project, run, refusal }: TagEditorProps) {
  const [editing, setEditing] = useState<{ name: string; value: string }>();
  const { save, remove } = useTagChanges(project, run, () => setEditing(undefined));
  const pairs = Object.entries(run.tags)
    .filter(([name]) => !isSystemTag(name))
    .toSorted(([a], [b]) => compareNames(a, b));
  const add = (
    <Button
      size="sm"
      variant="ghost"
      icon={<Plus aria-hidden />}
      disabledReason={refusal}
      onClick={() => setEditing({ name: "", value: "" })}
    >
      Add
    </Button>
  );
  return (
    <Section title="Tags" tools={editing ? null : add}>
      {editing ? (
        <TagForm
          key={editing.name}
          first={editing}
          taken={pairs.map(([name]) => name)}
          busy={save.busy}
          onSave={save.run}
          onLeave={() => setEditing(undefined)}
        />
      ) : null}
      {pairs.length > 0 ? (
        <PairRows
          pairs={pairs}
          tools={(name) => (
            <TagTools
              name={name}
              refusal={refusal}
              onChange={() => setEditing({ name, value: run.tags[name] ?? "" })}
              onRemove={() => remove(name)}
            />
          )}
        />
      ) : editing ? null : (
        <p className="text-sm text-ink-3">
          None. Tags can be searched and grouped by in the table of runs.
        </p>
      )}
    </Section>
  );
}

function useTagChanges(project: string, run: Run, onSaved: () => void) {
  const params = { project, id: run.id };
  const write = (tags: TagChange) => client.call(updateRun, { params, body: { tags } });
  const stale = [getRun, searchRuns, listRunKeys];
  const failure = "Could not change the tags";
  const save = useAction({ run: write, failure, stale, onDone: onSaved });
  const back = useAction({ run: write, failure: "Could not bring the tag back", stale });
  const removal = useAction({
    run: write,
    failure,
    stale,
    onDone: () => undefined,
  });
  return {
    save,
    remove(name: string) {
      const value = run.tags[name] ?? "";
      removal.run({ [name]: null });
      toastUndo({ title: `Removed the tag ${name}`, undo: () => back.run({ [name]: value }) });
    },
  };
}

interface TagToolsProps {
  name: string;
  refusal: string | null;
  onChange(): void;
  onRemove(): void;
}

function TagTools({ name, refusal, onChange, onRemove }: TagToolsProps) {
  return (
    <>
      <IconButton
        label={`Change ${name}`}
        className="size-6"
        disabledReason={refusal}
        onClick={onChange}
      >
        <Pencil aria-hidden />
      </IconButton>
      <IconButton
        label={`Remove ${name}`}
        className="size-6"
        disabledReason={refusal}
        onClick={onRemove}
      >
        <X aria-hidden />
      </IconButton>
    </>
  );
}
