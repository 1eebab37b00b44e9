"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { ApiError } from "@tessera/client/api-error";
import { CreateProject, createProject } from "@tessera/contracts/project";
import { useRouter } from "next/navigation";
import { useForm, type UseFormReturn } from "react-hook-form";
import { client } from "../../data/client.ts";
import { errorWords } from "../../data/error-words.ts";
import { projectPath } from "../../frame/navigation.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Field } from "../../parts/field.tsx";
import { Input, Textarea } from "../../parts/input.tsx";

interface Props {
  readonly open: boolean;
  onOpenChange(open: boolean): void;
}

/** Asks for a name; the address follows from it unless one is given. */
export function CreateProjectDialog({ open, onOpenChange }: Props) {
  const router = useRouter();
  const form = useForm<CreateProject>({
    resolver: zodResolver(CreateProject),
    defaultValues: { name: "" },
  });
  const { isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (body) => {
    try {
      const project = await client.call(createProject, { body });
      router.push(projectPath(project.slug));
    } catch (error) {
      const taken = error instanceof ApiError && error.code === "conflict";
      const message = errorWords(error, "").detail ?? "Try again";
      form.setError(taken ? "slug" : "root", { message });
    }
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New project"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="primary" busy={isSubmitting} onClick={() => void submit()}>
            Create
          </Button>
        </>
      }
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <ProjectFields form={form} />
      </form>
    </Dialog>
  );
}

function ProjectFields({ form }: { form: UseFormReturn<CreateProject> }) {
  const { errors } = form.formState;
  return (
    <>
      <Field label="Name" error={errors.name?.message}>
        {(control) => <Input {...control} {...form.register("name")} autoFocus />}
      </Field>
      <Field
        label="Address"
        optional
        hint="Part of the tracking address, /p/…; made from the name otherwise"
        error={errors.slug?.message}
      >
        {(control) => (
          <Input
            {...control}
            {...form.register("slug", { setValueAs: (text: string) => text || undefined })}
            mono
          />
        )}
      </Field>
      <Field label="Description" optional error={errors.description?.message}>
        {(control) => (
          <Textarea
            {...control}
            {...form.register("description", { setValueAs: (text: string) => text || undefined })}
          />
        )}
      </Field>
      {errors.root ? (
        <p role="alert" className="text-sm text-bad">
          {errors.root.message}
        </p>
      ) : null}
    </>
  );
}
