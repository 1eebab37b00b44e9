"use client";

import { listUsers, updateUser, type User } from "@tessera/contracts/identity";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { client } from "../../data/client.ts";
import { errorWords } from "../../data/error-words.ts";
import { useAction } from "../../data/use-action.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { Badge } from "../../parts/badge.tsx";
import { Button } from "../../parts/button.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { SkeletonRows } from "../../parts/skeleton.tsx";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "../../parts/table.tsx";
import { AddPersonDialog } from "./add-person-dialog.tsx";
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
              <PersonRow
                key={user.id}
                user={user}
                onlyAdministrator={isOnlyAdministrator(user, users.data.items)}
              />
            ))}
          </TableBody>
        </Table>
      )}
      <AddPersonDialog open={adding} onOpenChange={setAdding} />
    </Section>
  );
}

function isOnlyAdministrator(user: User, users: readonly User[]): boolean {
  const able = users.filter(({ admin, disabled }) => admin && !disabled);
  return able.length === 1 && able[0]?.id === user.id;
}

interface PersonRowProps {
  readonly user: User;
  /** The platform is never without one. */
  readonly onlyAdministrator: boolean;
}

function PersonRow({ user, onlyAdministrator }: PersonRowProps) {
  const kept = onlyAdministrator ? "The only administrator: make another one first" : null;
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
          disabledReason={kept}
          onClick={() => change.run({ admin: !user.admin })}
        >
          {user.admin ? "Take administration" : "Make administrator"}
        </Button>
        <Button
          size="sm"
          variant="ghost"
          busy={change.busy}
          disabledReason={kept}
          onClick={() => change.run({ disabled: !user.disabled })}
        >
          {user.disabled ? "Enable" : "Disable"}
        </Button>
      </TableCell>
    </TableRow>
  );
}
