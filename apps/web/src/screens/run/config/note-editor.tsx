"use client";

import { getRun, type Run, searchRuns, updateRun } from "@tessera/contracts/run";
import { useState } from "react";
import type { KeyboardEvent } from "react";
import { client } from "../../../data/client.ts";
import { useAction } from "../../../data/use-action.ts";
import { Button } from "../../../parts/button.tsx";
import { Textarea } from "../../../parts/input.tsx";
import { KeyLabel } from "../../../parts/key-label.tsx";
import { Markdown } from "../../../parts/markdown.tsx";
import { Section } from "./section.tsx";

const noteTag = "mlflow.note.content";
const longest = 8000;

export interface NoteEditorProps {
  project: string;
  run: Run;
  refusal: string | null;
}

/** What people wrote about the run, in Markdown. */
export function NoteEditor({ project, run, refusal }: NoteEditorProps) {
  const note = run.tags[noteTag] ?? "";
  const [draft, setDraft] = useState<string>();
  const save = useAction({
    run: (next: string) =>
      client.call(updateRun, { params: { project, id: run.id }, body: { note: next } }),
    failure: "Could not save the note",
    stale: [getRun, searchRuns],
    onDone: () => setDraft(undefined),
  });
  const edit = () => setDraft(note);
  const tools =
    draft === undefined && note !== "" ? (
      <Button size="sm" variant="ghost" disabledReason={refusal} onClick={edit}>
        Edit
      </Button>
    ) : null;
  return (
    <Section title="Note" tools={tools}>
      {draft !== undefined ? (
        <NoteForm
          draft={draft}
          busy={save.busy}
          onChange={setDraft}
          onSave={() => save.run(draft)}
          onLeave={() => setDraft(undefined)}
        />
      ) : note === "" ? (
        <Button className="self-start" size="sm" disabledReason={refusal} onClick={edit}>
          Add a note
        </Button>
      ) : (
        <div className="rounded-lg border border-line px-4 py-3">
          <Markdown text={note} />
        </div>
      )}
    </Section>
  );
}

interface NoteFormProps {
  draft: string;
  busy: boolean;
  onChange(draft: string): void;
  onSave(): void;
  onLeave(): void;
}

function NoteForm({ draft, busy, onChange, onSave, onLeave }: NoteFormProps) {
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") onLeave();
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && !busy) onSave();
  };
  return (
    <div className="flex flex-col gap-2">
      <Textarea
        autoFocus
        aria-label="Note"
        rows={8}
        maxLength={longest}
        value={draft}
        placeholder="What was tried, what came of it. Markdown works."
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={press}
      />
      <div className="flex items-center gap-2">
        <Button size="sm" variant="primary" busy={busy} onClick={onSave}>
          Save
        </Button>
        <Button size="sm" variant="ghost" onClick={onLeave}>
          Cancel
        </Button>
        <KeyLabel keys="mod+enter" className="ml-auto max-sm:hidden" />
      </div>
    </div>
  );
}
