"use client";

import {
  createUser,
  type CreatedUser,
  listUsers,
  updateUser,
  type User,
} from "@tessera/contracts/identity";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { client } from "../../data/client.ts";
import { errorWords } from "../../data/error-words.ts";
import { useAction } from "../../data/use-action.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { Badge } from "../../parts/badge.tsx";
import { Button } from "../../parts/button.tsx";
import { CommandLine } from "../../parts/copy-button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { Input } from "../../parts/input.tsx";
import { SkeletonRows } from "../../parts/skeleton.tsx";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "../../parts/table.tsx";
import { Section } from "./section.tsx";

/** Everybody with an account; for administrators. */
export function PeopleSection() {
  const users = useEndpoint(listUsers, { query: { limit: 500 } });
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title="People"
      note="Everybody with an account on this platform."
      action={
        <Button icon={<UserPlus aria-hidden />} onClick={() => setAdding(true)}>
          Add a person
        </Button>
      }
    >
      {users.isPending ? <SkeletonRows rows={3} /> : null}
      {users.isError ? (
        <ErrorPanel
          {...errorWords(users.error, "Could not load the people")}
          onRetry={() => void users.refetch()}
        />
      ) : null}
      {users.data === undefined ? null : (
        <Table>
          <TableHead>
            <tr>
              <TableHeader>Name</TableHeader>
              <TableHeader>E-mail</TableHeader>
              <TableHeader>Rights</TableHeader>
              <TableHeader>
                <span className="sr-only">Actions</span>
              </TableHeader>
            </tr>
          </TableHead>
          <TableBody>
            {users.data.items.map((user) => (
              <PersonRow key={user.id} user={user} />
            ))}
          </TableBody>
        </Table>
      )}
      <AddPersonDialog open={adding} onOpenChange={setAdding} />
    </Section>
  );
}

function PersonRow({ user }: { user: User }) {
  const change = useAction({
    run: (body: { admin?: boolean; disabled?: boolean }) =>
      client.call(updateUser, { params: { id: user.id }, body }),
    failure: `Could not change ${user.name}`,
    stale: [listUsers],
  });
  return (
    <TableRow>
      <TableCell className="max-w-52 truncate font-medium">{user.name}</TableCell>
      <TableCell className="max-w-60 truncate">{user.email}</TableCell>
      <TableCell>
        {user.disabled ? <Badge tone="bad">disabled</Badge> : null}
        {user.admin ? <Badge tone="accent">administrator</Badge> : null}
      </TableCell>
      <TableCell className="text-right whitespace-nowrap">
        <Button
          size="sm"
          variant="ghost"
          busy={change.busy}
          onClick={() => change.run({ admin: !user.admin })}
        >
          {user.admin ? "Take administration" : "Make administrator"}
        </Button>
        <Button
          size="sm"
          variant="ghost"
          busy={change.busy}
          onClick={() => change.run({ disabled: !user.disabled })}
        >
          {user.disabled ? "Enable" : "Disable"}
        </Button>
      </TableCell>
    </TableRow>
  );
}

interface DialogProps {
  readonly open: boolean;
  onOpenChange(open: boolean): void;
}

function AddPersonDialog({ open, onOpenChange }: DialogProps) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [created, setCreated] = useState<CreatedUser | null>(null);
  const add = useAction({
    run: () => client.call(createUser, { body: { name: name.trim(), email: email.trim() } }),
    failure: "Could not add the person",
    stale: [listUsers],
    onDone: setCreated,
  });
  const close = (next: boolean): void => {
    if (!next) {
      setCreated(null);
      setName("");
      setEmail("");
    }
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title={created === null ? "Add a person" : `A link for ${created.user.name}`}
      description={
        created === null
          ? undefined
          : "It signs them in once, within 15 minutes; there they set a password."
      }
      footer={
        created === null ? (
          <Button variant="primary" busy={add.busy} onClick={() => add.run(undefined)}>
            Add
          </Button>
        ) : (
          <Button variant="primary" onClick={() => close(false)}>
            Done
          </Button>
        )
      }
    >
      {created === null ? (
        <PersonFields name={name} email={email} onName={setName} onEmail={setEmail} />
      ) : (
        <CommandLine command={created.link.url} />
      )}
    </Dialog>
  );
}

interface PersonFieldsProps {
  readonly name: string;
  readonly email: string;
  onName(name: string): void;
  onEmail(email: string): void;
}

function PersonFields({ name, email, onName, onEmail }: PersonFieldsProps) {
  return (
    <div className="flex flex-col gap-4">
      <Field label="Name">
        {(control) => (
          <Input {...control} value={name} autoFocus onChange={(e) => onName(e.target.value)} />
        )}
      </Field>
      <Field label="E-mail">
        {(control) => (
          <Input
            {...control}
            type="email"
            value={email}
            onChange={(e) => onEmail(e.target.value)}
          />
        )}
      </Field>
    </div>
  );
}
