"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  getModel,
  listModelPromotions,
  listModels,
  listModelVersions,
  ModelAlias,
  type ModelVersion,
  removeModelAlias,
  setModelAlias,
} from "@tessera/contracts/model";
import { type FormEvent, useId, useState } from "react";
import { client } from "../../data/client.ts";
import { errorWords } from "../../data/error-words.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { InlineError } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { Input, Textarea } from "../../parts/input.tsx";
import { toastDone } from "../../parts/toast.tsx";

export interface PromoteDialogProps {
  project: string;
  version: ModelVersion;
  /** All versions of the model, to tell which one an alias points to now. */
  others: readonly ModelVersion[];
  onClose(): void;
}

interface Promotion {
  readonly alias: string;
  readonly reason: string;
  readonly remove: boolean;
}

/** Points an alias to a version, or takes it away, with a reason that is kept. */
export function PromoteDialog(props: PromoteDialogProps) {
  const { project, version, others, onClose } = props;
  const form = useId();
  const [alias, setAlias] = useState("champion");
  const promote = usePromote(props);
  const holder = others.find(({ aliases }) => aliases.includes(alias));
  const here = holder?.version === version.version;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Promote version ${version.version} of ${version.model}`}
      description={`In ${project}, whoever loads the model by this alias gets the version that it points to.`}
      footer={
        <>
          {promote.isError ? (
            <InlineError className="mr-auto">
              {errorWords(promote.error, "").detail ?? "The alias could not be changed"}
            </InlineError>
          ) : null}
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant={here ? "danger" : "primary"}
            busy={promote.isPending}
          >
            {here ? "Remove alias" : "Promote"}
          </Button>
        </>
      }
    >
      <PromoteForm
        id={form}
        alias={alias}
        hint={hintOf(holder, here)}
        onAlias={setAlias}
        onSubmit={(reason) =>
          isAlias(alias) && !promote.isPending && promote.mutate({ alias, reason, remove: here })
        }
      />
    </Dialog>
  );
}

function isAlias(alias: string): boolean {
  return ModelAlias.safeParse(alias).success;
}

interface PromoteFormProps {
  id: string;
  alias: string;
  hint: string;
  onAlias(alias: string): void;
  onSubmit(reason: string): void;
}

function PromoteForm({ id, alias, hint, onAlias, onSubmit }: PromoteFormProps) {
  const [reason, setReason] = useState("");
  const fault = ModelAlias.safeParse(alias).error?.issues[0]?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(reason);
  };
  return (
    <form id={id} onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field label="Alias" hint={hint} error={alias === "" ? undefined : fault}>
        {(control) => (
          <Input
            {...control}
            mono
            autoFocus
            maxLength={255}
            value={alias}
            onChange={(event) => onAlias(event.target.value)}
          />
        )}
      </Field>
      <Field label="Reason" optional hint="Kept in the audit log and shown on this page">
        {(control) => (
          <Textarea
            {...control}
            rows={3}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </form>
  );
}

function hintOf(holder: ModelVersion | undefined, here: boolean): string {
  if (here) return "It points to this version already; removing it leaves it pointing nowhere";
  if (holder === undefined) return "A new alias: letters, digits, underscores and dashes";
  return `It points to version ${holder.version} now, and will leave it`;
}

function usePromote({ project, version, onClose }: PromoteDialogProps) {
  const queries = useQueryClient();
  const { model: name, version: number } = version;
  return useMutation({
    mutationFn: async ({ alias, reason, remove }: Promotion): Promise<void> => {
      const params = { project, name, alias };
      const why = reason.trim() === "" ? {} : { reason: reason.trim() };
      if (remove) await client.call(removeModelAlias, { params, query: why });
      else await client.call(setModelAlias, { params, body: { version: number, ...why } });
    },
    onSuccess: (_, { alias, remove }) => {
      for (const endpoint of [listModels, getModel, listModelVersions, listModelPromotions]) {
        void queries.invalidateQueries({ queryKey: [endpoint.id] });
      }
      toastDone(
        remove ? `@${alias} is removed` : `@${alias} is version ${number} now`,
        `models:/${name}@${alias}`,
      );
      onClose();
    },
  });
}
