"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Job, listJobs, rerunJob, type RerunJob } from "@tessera/contracts/job";
import { getQueue } from "@tessera/contracts/queue";
import { searchRuns } from "@tessera/contracts/run";
import { RotateCw } from "lucide-react";
import { useId, useState } from "react";
import type { FormEvent } from "react";
import { client } from "../../../data/client.ts";
import { errorWords } from "../../../data/error-words.ts";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { InlineError } from "../../../parts/error-panel.tsx";
import { Field } from "../../../parts/field.tsx";
import { Input, Textarea } from "../../../parts/input.tsx";
import { useGoToRun } from "../actions/use-run-actions.ts";
import { FlagFields } from "./flag-fields.tsx";
import { PlaceFields } from "./place-fields.tsx";
import {
  type DraftFaults,
  type DraftFieldsProps,
  draftOf,
  faultsFrom,
  readDraft,
  type RerunDraft,
} from "./rerun-draft.ts";
import { VariableFields } from "./variable-fields.tsx";

export interface RerunDialogProps {
  project: string;
  job: Job;
  onClose(): void;
}

/** The same job again, with what is changed here. */
export function RerunDialog({ project, job, onClose }: RerunDialogProps) {
  const [draft, setDraft] = useState(() => draftOf(job));
  const [faults, setFaults] = useState<DraftFaults>({});
  const form = useId();
  const submit = useSubmitAgain({ project, job, onClose });
  const change = (next: Partial<RerunDraft>) => {
    setDraft({ ...draft, ...next });
    setFaults({});
    submit.reset();
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    const read = readDraft(draft);
    if ("faults" in read) setFaults(read.faults);
    else if (!submit.isPending) submit.mutate(read.body);
  };
  const found = { ...faultsFrom(submit.error), ...faults };
  const general = submit.isError && Object.keys(found).length === 0 ? submit.error : null;
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={onClose}
      title="Re-run with changes"
      description={
        <span className="[overflow-wrap:anywhere]">
          Starts from {job.name}
          {job.snapshotId === null ? "" : ", with the very same code"}. The first run stays as it
          is.
        </span>
      }
      footer={
        <DialogFooter form={form} busy={submit.isPending} error={general} onClose={onClose} />
      }
    >
      <form id={form} onSubmit={send} className="flex flex-col gap-4" noValidate>
        <CommandField draft={draft} faults={found} onChange={change} />
        <PlaceFields project={project} job={job} draft={draft} faults={found} onChange={change} />
        <VariableFields
          variables={draft.variables}
          fault={found.variables}
          onChange={(variables) => change({ variables })}
        />
      </form>
    </Dialog>
  );
}

interface DialogFooterProps {
  form: string;
  busy: boolean;
  /** What no field stands for. */
  error: unknown;
  onClose(): void;
}

function DialogFooter({ form, busy, error, onClose }: DialogFooterProps) {
  return (
    <>
      {error ? (
        <InlineError className="mr-auto">
          {errorWords(error, "").detail ?? "It could not be submitted"}
        </InlineError>
      ) : null}
      <Button onClick={onClose}>Cancel</Button>
      <Button
        type="submit"
        form={form}
        variant="primary"
        busy={busy}
        icon={<RotateCw aria-hidden />}
      >
        Submit
      </Button>
    </>
  );
}

function CommandField({ draft, faults, onChange }: DraftFieldsProps) {
  return (
    <>
      <Field label="Name" error={faults.name}>
        {(control) => (
          <Input
            {...control}
            maxLength={200}
            value={draft.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Command"
        error={faults.command}
        hint="Quotes and backslashes work as in a shell; nothing else is expanded."
      >
        {(control) => (
          <Textarea
            {...control}
            mono
            rows={Math.min(8, Math.max(2, Math.ceil(draft.command.length / 70)))}
            value={draft.command}
            onChange={(event) => onChange({ command: event.target.value })}
          />
        )}
      </Field>
      <FlagFields command={draft.command} onChange={(command) => onChange({ command })} />
    </>
  );
}

function useSubmitAgain({ project, job, onClose }: RerunDialogProps) {
  const queries = useQueryClient();
  const goTo = useGoToRun(project);
  return useMutation({
    mutationFn: (body: RerunJob) =>
      client.call(rerunJob, { params: { project, id: job.id }, body }),
    onSuccess: (next) => {
      for (const endpoint of [listJobs, searchRuns, getQueue]) {
        void queries.invalidateQueries({ queryKey: [endpoint.id] });
      }
      onClose();
      goTo(next);
    },
  });
}
