"use client";

import type { Run } from "@tessera/contracts/run";
import { X } from "lucide-react";
import { useId, useMemo, useState } from "react";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Field } from "../../parts/field.tsx";
import { countOf } from "../../parts/format/number.ts";
import { Input } from "../../parts/input.tsx";
import { isSystemTag } from "../run-fields/run-field.ts";
import type { TagChanges } from "./use-run-actions.ts";

export interface TagDialogProps {
  open: boolean;
  onOpenChange(open: boolean): void;
  runs: readonly Run[];
  /** Tags that the project knows. */
  known: readonly string[];
  onApply(changes: TagChanges): void;
}

/** Sets a tag on many runs, or takes one away. */
export function TagDialog(props: TagDialogProps) {
  const { open, onOpenChange, runs } = props;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Tag ${runs.length === 1 ? `“${runs[0]?.name}”` : countOf(runs.length, "run")}`}
      size="md"
    >
      {open ? <TagForm {...props} /> : null}
    </Dialog>
  );
}

function TagForm({ runs, known, onApply, onOpenChange }: TagDialogProps) {
  const [key, setKey] = useState("");
  const [value, setValue] = useState("");
  const [tried, setTried] = useState(false);
  const listId = useId();
  const fault = keyFault(key);
  const apply = (changes: TagChanges) => {
    onApply(changes);
    onOpenChange(false);
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (fault === null) apply({ [key.trim()]: value });
      }}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Tag" error={tried ? (fault ?? undefined) : undefined}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              list={listId}
              placeholder="team"
              maxLength={250}
              value={key}
              onChange={(event) => setKey(event.target.value)}
            />
          )}
        </Field>
        <Field label="Value">
          {(control) => (
            <Input
              {...control}
              placeholder="vision"
              maxLength={8000}
              value={value}
              onChange={(event) => setValue(event.target.value)}
            />
          )}
        </Field>
      </div>
      <KnownTags id={listId} known={known} />
      <PresentTags runs={runs} onRemove={(tag) => apply({ [tag]: null })} />
      <div className="flex justify-end gap-2">
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
        <Button type="submit" variant="primary">
          Set the tag
        </Button>
      </div>
    </form>
  );
}

function keyFault(key: string): string | null {
  if (key.trim() === "") return "A tag needs a name";
  return isSystemTag(key.trim()) ? "Names with mlflow. in front are MLflow’s own" : null;
}

function KnownTags({ id, known }: { id: string; known: readonly string[] }) {
  const own = known.filter((tag) => !isSystemTag(tag));
  return (
    <datalist id={id}>
      {own.map((tag) => (
        <option key={tag} value={tag}>
          {tag}
        </option>
      ))}
    </datalist>
  );
}

interface PresentTagsProps {
  runs: readonly Run[];
  onRemove(tag: string): void;
}

/** The tags that the runs have, each with a button that takes it away. */
function PresentTags({ runs, onRemove }: PresentTagsProps) {
  const tags = useMemo(() => {
    const counts = new Map<string, number>();
    for (const run of runs) {
      for (const tag of Object.keys(run.tags)) {
        if (!isSystemTag(tag)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
      }
    }
    return [...counts];
  }, [runs]);
  if (tags.length === 0) return null;
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="text-sm font-medium">They have</h3>
      <ul className="flex max-h-40 flex-wrap gap-1.5 overflow-y-auto">
        {tags.map(([tag, count]) => (
          <li
            key={tag}
            className="inline-flex h-6 max-w-full items-center gap-1 rounded-sm bg-sunken pl-2 text-sm"
          >
            <span title={tag} className="truncate">
              {tag}
            </span>
            {count < runs.length ? <span className="tabular text-ink-3">{count}</span> : null}
            <button
              type="button"
              aria-label={`Take the tag ${tag} away`}
              title="Take it away"
              onClick={() => onRemove(tag)}
              className="inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink"
            >
              <X className="size-3.5" aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
