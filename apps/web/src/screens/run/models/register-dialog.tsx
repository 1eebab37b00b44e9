"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  listModels,
  listRunModels,
  ModelName,
  type ModelVersion,
  registerModelVersion,
  type RunModel,
} from "@tessera/contracts/model";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { client } from "../../../data/client.ts";
import { errorWords } from "../../../data/error-words.ts";
import { useEndpoint } from "../../../data/use-endpoint.ts";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { InlineError } from "../../../parts/error-panel.tsx";
import { Field } from "../../../parts/field.tsx";
import { Input, Textarea } from "../../../parts/input.tsx";
import { modelPath } from "../../models/model-paths.ts";

export interface RegisterDialogProps {
  project: string;
  model: RunModel;
  onClose(): void;
}

/** A name to offer: the model's own, without the folders that it lies in. */
function offered({ name }: RunModel): string {
  return (name.split("/").at(-1) ?? name).replaceAll(":", "-");
}

/** Makes a version of a model in the registry of what a run logged. */
export function RegisterDialog(props: RegisterDialogProps) {
  const { project, model, onClose } = props;
  const form = useId();
  const register = useRegister(props);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Register model"
      description={`Makes a version of ${model.name}. Its files stay where they are.`}
      footer={
        <>
          {register.isError ? (
            <InlineError className="mr-auto">
              {errorWords(register.error, "").detail ?? "It could not be registered"}
            </InlineError>
          ) : null}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" busy={register.isPending}>
            Register
          </Button>
        </>
      }
    >
      <RegisterForm
        id={form}
        project={project}
        model={model}
        onSubmit={(input) => !register.isPending && register.mutate(input)}
      />
    </Dialog>
  );
}

interface Registration {
  readonly name: string;
  readonly description: string;
}

interface RegisterFormProps extends Omit<RegisterDialogProps, "onClose"> {
  id: string;
  onSubmit(input: Registration): void;
}

function RegisterForm({ id, project, model, onSubmit }: RegisterFormProps) {
  const listId = useId();
  const [name, setName] = useState(offered(model));
  const [description, setDescription] = useState("");
  const models = useEndpoint(listModels, { params: { project } });
  const known = models.data?.items.find((item) => item.name === name);
  const fault = ModelName.safeParse(name).error?.issues[0]?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (fault === undefined) onSubmit({ name, description });
  };
  return (
    <form id={id} onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field
        label="Model"
        hint={
          known === undefined
            ? "A new model with this as its version 1"
            : `The next version of ${known.name}, which has ${known.versionCount}`
        }
        error={name === "" ? undefined : fault}
      >
        {(control) => (
          <>
            <Input
              {...control}
              autoFocus
              maxLength={256}
              list={listId}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            <datalist id={listId}>
              {models.data?.items.map((item) => (
                <option key={item.name} value={item.name}>
                  {item.name}
                </option>
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field label="Description" optional hint="What is new in this version">
        {(control) => (
          <Textarea
            {...control}
            rows={3}
            maxLength={100_000}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        )}
      </Field>
    </form>
  );
}

function useRegister({ project, model, onClose }: RegisterDialogProps) {
  const queries = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: (input: Registration): Promise<ModelVersion> =>
      client.call(registerModelVersion, {
        params: { project, name: input.name },
        body: {
          source: model.source,
          ...(input.description.trim() === "" ? {} : { description: input.description.trim() }),
        },
      }),
    onSuccess: ({ model: name, version }) => {
      for (const endpoint of [listModels, listRunModels]) {
        void queries.invalidateQueries({ queryKey: [endpoint.id] });
      }
      onClose();
      router.push(modelPath(project, name, version));
    },
  });
}
