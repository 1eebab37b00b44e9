"use client";

import { useState } from "react";
import type { FormEvent, KeyboardEvent } from "react";
import { Button } from "../../../parts/button.tsx";
import { InlineError } from "../../../parts/error-panel.tsx";
import { Input } from "../../../parts/input.tsx";
import { isSystemTag } from "./system-tags.tsx";

export type TagChange = Record<string, string | null>;

export interface TagFormProps {
  first: { name: string; value: string };
  taken: readonly string[];
  busy: boolean;
  onSave(tags: TagChange): void;
  onLeave(): void;
}

/** A tag that is added, or the value of one that is there. */
export function TagForm({ first, taken, busy, onSave, onLeave }: TagFormProps) {
  const [name, setName] = useState(first.name);
  const [value, setValue] = useState(first.value);
  const isNew = first.name === "";
  const fault = isNew ? faultOf(name.trim(), taken) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (fault === null && name.trim() !== "" && !busy) onSave({ [name.trim()]: value });
  };
  const leave = (event: KeyboardEvent) => event.key === "Escape" && onLeave();
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        <Input
          autoFocus={isNew}
          aria-label="Tag"
          onKeyDown={leave}
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
          onKeyDown={leave}
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
