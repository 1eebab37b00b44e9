"use client";

import { getRun, listRunKeys, type Run, searchRuns, updateRun } from "@tessera/contracts/run";
import { ChevronDown, ChevronRight, Pencil, Plus, X } from "lucide-react";
import { useState } from "react";
import type { FormEvent } from "react";
import { client } from "../../../data/client.ts";
import { useAction } from "../../../data/use-action.ts";
import { Button, IconButton } from "../../../parts/button.tsx";
import { InlineError } from "../../../parts/error-panel.tsx";
import { Input } from "../../../parts/input.tsx";
import { toastUndo } from "../../../parts/toast.tsx";
import { compareNames } from "../metric-value.ts";
import { PairRows } from "./pair-rows.tsx";
import { Section } from "./section.tsx";

/** Tags that MLflow's clients and the platform keep for themselves. */
export function isSystemTag(name: string): boolean {
  return name.startsWith("mlflow.");
}

export interface TagEditorProps {
  project: string;
  run: Run;
  refusal: string | null;
}

type TagChange = Record<string, string | null>;

/** The tags that people gave the run. */
export function TagEditor({ project, run, refusal }: TagEditorProps) {
  const [editing, setEditing] = useState<{ name: string; value: string }>();
  const params = { project, id: run.id };
  const write = (tags: TagChange) => client.call(updateRun, { params, body: { tags } });
  const stale = [getRun, searchRuns, listRunKeys];
  const save = useAction({
    run: write,
    failure: "Could not change the tags",
    stale,
    onDone: () => setEditing(undefined),
  });
  const back = useAction({ run: write, failure: "Could not bring the tag back", stale });
  const pairs = Object.entries(run.tags)
    .filter(([name]) => !isSystemTag(name))
    .toSorted(([a], [b]) => compareNames(a, b));
  const remove = (name: string) => {
    const value = run.tags[name] ?? "";
    save.run({ [name]: null });
    toastUndo({ title: `Removed the tag ${name}`, undo: () => back.run({ [name]: value }) });
  };
  return (
    <Section
      title="Tags"
      tools={
        editing ? null : (
          <AddButton refusal={refusal} onAdd={() => setEditing({ name: "", value: "" })} />
        )
      }
    >
      {editing ? (
        <TagForm
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

function AddButton({ refusal, onAdd }: { refusal: string | null; onAdd(): void }) {
  return (
    <Button
      size="sm"
      variant="ghost"
      icon={<Plus aria-hidden />}
      disabledReason={refusal}
      onClick={onAdd}
    >
      Add
    </Button>
  );
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

interface TagFormProps {
  first: { name: string; value: string };
  taken: readonly string[];
  busy: boolean;
  onSave(tags: TagChange): void;
  onLeave(): void;
}

function TagForm({ first, taken, busy, onSave, onLeave }: TagFormProps) {
  const [name, setName] = useState(first.name);
  const [value, setValue] = useState(first.value);
  const isNew = first.name === "";
  const fault = isNew ? faultOf(name.trim(), taken) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (fault === null && name.trim() !== "" && !busy) onSave({ [name.trim()]: value });
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape in a field leaves the form
    <form
      onSubmit={submit}
      onKeyDown={(event) => event.key === "Escape" && onLeave()}
      className="flex flex-col gap-2"
    >
      <div className="flex flex-wrap gap-2">
        <Input
          autoFocus={isNew}
          aria-label="Tag"
          placeholder="tag"
          mono
          readOnly={!isNew}
          maxLength={250}
          value={name}
          onChange={(event) => setName(event.target.value)}
          aria-invalid={fault !== null || undefined}
          className="flex-1 basis-32"
        />
        <Input
          autoFocus={!isNew}
          aria-label="Value"
          placeholder="value"
          mono
          maxLength={8000}
          value={value}
          onChange={(event) => setValue(event.target.value)}
          className="flex-[2] basis-40"
        />
      </div>
      {fault === null ? null : <InlineError>{fault}</InlineError>}
      <div className="flex gap-2">
        <Button
          type="submit"
          size="sm"
          variant="primary"
          busy={busy}
          disabledReason={name.trim() === "" ? "A tag needs a name" : fault}
        >
          Save
        </Button>
        <Button size="sm" variant="ghost" onClick={onLeave}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function faultOf(name: string, taken: readonly string[]): string | null {
  if (isSystemTag(name)) return "Names that begin with mlflow. belong to MLflow";
  return taken.includes(name) ? `There is a tag ${name} already: change that one` : null;
}

/** What MLflow's clients noted by themselves; folded, since few look for it. */
export function SystemTags({ tags }: { tags: Run["tags"] }) {
  const [open, setOpen] = useState(false);
  const pairs = Object.entries(tags)
    .filter(([name]) => isSystemTag(name) && name !== "mlflow.note.content")
    .toSorted(([a], [b]) => compareNames(a, b));
  const Arrow = open ? ChevronDown : ChevronRight;
  if (pairs.length === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="-ml-1 flex h-7 items-center gap-1 self-start rounded-sm pr-2 text-sm text-ink-2 hover:text-ink"
      >
        <Arrow className="size-4 text-ink-3" aria-hidden />
        System tags ({pairs.length})
      </button>
      {open ? <PairRows pairs={pairs} /> : null}
    </div>
  );
}
