"use client";

import { useState } from "react";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { InlineError } from "../../../parts/error-panel.tsx";
import { Field } from "../../../parts/field.tsx";
import { Input } from "../../../parts/input.tsx";
import { faultOfDatasetName } from "./dataset-name.ts";
import { DropBox } from "./drop-box.tsx";
import { faultOfFiles, type PickedFile } from "./dropped-files.ts";
import { UploadMeter } from "./upload-meter.tsx";
import { useUpload } from "./use-upload.ts";

export interface UploadDialogProps {
  project: string;
  /** The dataset that gets a new version; without it, a new one is made. */
  of?: string | undefined;
  onClose(): void;
}

interface UploadDraft {
  readonly name: string;
  readonly message: string;
  readonly files: readonly PickedFile[];
}

/** A folder, or files, as the next version of a dataset. */
export function UploadDialog({ project, of, onClose }: UploadDialogProps) {
  const [draft, setDraft] = useState<UploadDraft>({ name: of ?? "", message: "", files: [] });
  const [asked, setAsked] = useState(false);
  const { begun, busy, fault, progress, ...upload } = useUpload(onClose);
  const faults = {
    name: of === undefined ? faultOfDatasetName(draft.name) : undefined,
    files: faultOfFiles(draft.files),
  };
  const submit = () => {
    setAsked(true);
    if (begun) upload.goOn();
    else if (faults.name === undefined && faults.files === undefined) {
      upload.begin({ ...draft, project, done: new Set(), draft: undefined });
    }
  };
  return (
    <Dialog
      open
      onOpenChange={upload.stop}
      title={of === undefined ? "New dataset" : `New version of ${of}`}
      description="What the project has already is not sent again."
      footer={
        <>
          {fault === undefined ? null : <InlineError className="mr-auto">{fault}</InlineError>}
          <Button onClick={upload.stop}>Cancel</Button>
          <Button variant="primary" busy={busy} onClick={submit}>
            {begun && !busy ? "Go on" : "Upload"}
          </Button>
        </>
      }
    >
      {begun ? (
        <UploadMeter files={begun.files} progress={progress} />
      ) : (
        <UploadFields
          draft={draft}
          named={of !== undefined}
          faults={asked ? faults : {}}
          onChange={(next) => setDraft({ ...draft, ...next })}
        />
      )}
    </Dialog>
  );
}

interface UploadFieldsProps {
  draft: UploadDraft;
  /** Whether the dataset has its name already. */
  named: boolean;
  faults: { readonly name?: string | undefined; readonly files?: string | undefined };
  onChange(next: Partial<UploadDraft>): void;
}

function UploadFields({ draft, named, faults, onChange }: UploadFieldsProps) {
  return (
    <div className="flex flex-col gap-4">
      {named ? null : (
        <Field
          label="Name"
          hint="Lower-case letters, digits and dashes: runs ask for it by this name"
          error={faults.name}
        >
          {(control) => (
            <Input
              {...control}
              mono
              autoFocus
              maxLength={60}
              value={draft.name}
              onChange={(event) => onChange({ name: event.target.value })}
            />
          )}
        </Field>
      )}
      <DropBox files={draft.files} onFiles={(files) => onChange({ files })} />
      {faults.files === undefined ? null : <InlineError>{faults.files}</InlineError>}
      <Field label="What is new" optional>
        {(control) => (
          <Input
            {...control}
            maxLength={2000}
            value={draft.message}
            onChange={(event) => onChange({ message: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}
