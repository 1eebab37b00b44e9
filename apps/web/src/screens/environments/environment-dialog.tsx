"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  type Environment,
  type EnvironmentRevision,
  getEnvironment,
  listEnvironmentRevisions,
  listEnvironments,
  putEnvironment,
} from "@tessera/contracts/environment";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import type { FormEvent } from "react";
import { client } from "../../data/client.ts";
import { errorWords } from "../../data/error-words.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { InlineError } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { Input, Textarea } from "../../parts/input.tsx";
import { toastDone } from "../../parts/toast.tsx";
import { environmentPath } from "./environment-paths.ts";
import { faultOfName } from "./environment-name.ts";

export interface EnvironmentDialogProps {
  project: string;
  /** The environment that gets a new revision; without it, a new one is made. */
  of?: EnvironmentRevision | undefined;
  /** Names that are in use. */
  taken?: readonly string[] | undefined;
  onClose(): void;
}

const example = "scikit-learn\nmlflow-skinny\n";

/** Requirements for a new environment, or for a new revision of one. */
export function EnvironmentDialog(props: EnvironmentDialogProps) {
  const { of, onClose } = props;
  const form = useId();
  const put = usePutEnvironment(props);
  const words = of
    ? {
        title: `New revision of ${of.environment}`,
        description: "Runs that used earlier revisions keep them.",
        action: `Save as revision ${of.number + 1}`,
      }
    : {
        title: "New environment",
        description: "It is resolved to exact versions and built at once.",
        action: "Create and build",
      };
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={onClose}
      title={words.title}
      description={words.description}
      footer={
        <>
          {put.isError ? (
            <InlineError className="mr-auto">
              {errorWords(put.error, "").detail ?? "It could not be saved"}
            </InlineError>
          ) : null}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" busy={put.isPending}>
            {words.action}
          </Button>
        </>
      }
    >
      <EnvironmentForm
        {...props}
        id={form}
        onSubmit={(next) => !put.isPending && put.mutate(next)}
      />
    </Dialog>
  );
}

interface EnvironmentFormProps extends Pick<EnvironmentDialogProps, "of" | "taken"> {
  id: string;
  onSubmit(put: Put): void;
}

function EnvironmentForm({ id, of, taken = [], onSubmit }: EnvironmentFormProps) {
  const [name, setName] = useState(of?.environment ?? "");
  const [requirements, setRequirements] = useState(of?.requirements ?? "");
  const [asked, setAsked] = useState(false);
  const fault = of ? undefined : faultOfName(name, taken);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (fault === undefined) onSubmit({ name, requirements });
  };
  return (
    <form id={id} onSubmit={submit} noValidate className="flex flex-col gap-4">
      {of ? null : (
        <Field
          label="Name"
          hint="Lower-case letters, digits and dashes: jobs ask for it by this name"
          error={asked ? fault : undefined}
        >
          {(control) => (
            <Input
              {...control}
              mono
              autoFocus
              maxLength={60}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      )}
      <Field
        label="Requirements"
        hint="As in a requirements.txt, one a line; a version may be left open"
      >
        {(control) => (
          <Textarea
            {...control}
            mono
            rows={12}
            autoFocus={of !== undefined}
            maxLength={200_000}
            placeholder={example}
            value={requirements}
            onChange={(event) => setRequirements(event.target.value)}
          />
        )}
      </Field>
    </form>
  );
}

interface Put {
  readonly name: string;
  readonly requirements: string;
}

function usePutEnvironment({ project, of, onClose }: EnvironmentDialogProps) {
  const queries = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: ({ name, requirements }: Put): Promise<Environment> =>
      client.call(putEnvironment, {
        params: { project, name },
        body: { source: { kind: "python", requirements } },
      }),
    onSuccess: ({ name, latest }) => {
      for (const endpoint of [listEnvironments, getEnvironment, listEnvironmentRevisions]) {
        void queries.invalidateQueries({ queryKey: [endpoint.id] });
      }
      onClose();
      if (of && latest.number === of.number) {
        toastDone("Nothing changed", `These are the requirements of ${name}@${latest.number}`);
      }
      router.push(environmentPath(project, name));
    },
  });
}
