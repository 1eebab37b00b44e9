"use client";

import { createUser, type CreatedUser, listUsers } from "@tessera/contracts/identity";
import { type FormEvent, useId, useState } from "react";
import { client } from "../../data/client.ts";
import { useAction } from "../../data/use-action.ts";
import { Button } from "../../parts/button.tsx";
import { CommandLine } from "../../parts/copy-button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Field } from "../../parts/field.tsx";
import { Input } from "../../parts/input.tsx";

interface AddPersonProps {
  readonly open: boolean;
  onOpenChange(open: boolean): void;
}

/** Makes an account and shows the link that signs its person in, once. */
export function AddPersonDialog({ open, onOpenChange }: AddPersonProps) {
  const [created, setCreated] = useState<CreatedUser | null>(null);
  const close = (next: boolean): void => {
    if (!next) setCreated(null);
    onOpenChange(next);
  };
  if (created === null) {
    return <PersonForm open={open} onOpenChange={close} onCreated={setCreated} />;
  }
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title={`A link for ${created.user.name}`}
      description="It signs them in once, within 15 minutes; there they set a password."
      footer={
        <Button variant="primary" onClick={() => close(false)}>
          Done
        </Button>
      }
    >
      <CommandLine command={created.link.url} />
    </Dialog>
  );
}

const nobody = { name: "", email: "" };

function PersonForm({
  open,
  onOpenChange,
  onCreated,
}: AddPersonProps & { onCreated(user: CreatedUser): void }) {
  const [person, setPerson] = useState(nobody);
  const form = useId();
  const add = useAction({
    run: () =>
      client.call(createUser, {
        body: { name: person.name.trim(), email: person.email.trim() },
      }),
    failure: "Could not add the person",
    stale: [listUsers],
    onDone: (user) => {
      setPerson(nobody);
      onCreated(user);
    },
  });
  const missing = person.name.trim() === "" || person.email.trim() === "";
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (!missing) add.run(undefined);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Add a person"
      footer={
        <Button
          type="submit"
          form={form}
          variant="primary"
          busy={add.busy}
          disabledReason={missing ? "Give a name and an e-mail address first" : null}
        >
          Add
        </Button>
      }
    >
      <form id={form} onSubmit={send} className="flex flex-col gap-4">
        <PersonFields person={person} onChange={setPerson} />
      </form>
    </Dialog>
  );
}

interface PersonFieldsProps {
  readonly person: typeof nobody;
  onChange(person: typeof nobody): void;
}

function PersonFields({ person, onChange }: PersonFieldsProps) {
  return (
    <>
      <Field label="Name">
        {(control) => (
          <Input
            {...control}
            value={person.name}
            autoFocus
            onChange={(event) => onChange({ ...person, name: event.target.value })}
          />
        )}
      </Field>
      <Field label="E-mail">
        {(control) => (
          <Input
            {...control}
            type="email"
            value={person.email}
            onChange={(event) => onChange({ ...person, email: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
