"use client";

import {
  listMembers,
  type Member,
  putMember,
  removeMember,
  Role,
} from "@tessera/contracts/project";
import { useState } from "react";
import { client } from "../../data/client.ts";
import { errorWords } from "../../data/error-words.ts";
import { useAction } from "../../data/use-action.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { Button } from "../../parts/button.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Input } from "../../parts/input.tsx";
import { Select } from "../../parts/select.tsx";
import { SkeletonRows } from "../../parts/skeleton.tsx";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "../../parts/table.tsx";
import { Section } from "../settings/section.tsx";

const meanings: Record<Role, string> = {
  owner: "everything, members too",
  contributor: "runs, code, environments, tags",
  launcher: "submits and cancels jobs",
  viewer: "looks",
};
const roles = Role.options.map((value) => ({ value, label: value, hint: meanings[value] }));

/** Who may do what in a project. */
export function MembersSection({ project }: { project: string }) {
  const members = useEndpoint(listMembers, { params: { project } });
  return (
    <Section title="Members">
      {members.isPending ? <SkeletonRows rows={3} /> : null}
      {members.isError ? (
        <ErrorPanel {...errorWords(members.error, "Could not load the members")} />
      ) : null}
      {members.data === undefined ? null : (
        <Table>
          <TableHead>
            <tr>
              <TableHeader>Name</TableHeader>
              <TableHeader>E-mail</TableHeader>
              <TableHeader>Role</TableHeader>
              <TableHeader>
                <span className="sr-only">Actions</span>
              </TableHeader>
            </tr>
          </TableHead>
          <TableBody>
            {members.data.items.map((member) => (
              <MemberRow key={member.userId} project={project} member={member} />
            ))}
          </TableBody>
        </Table>
      )}
      <AddMember project={project} />
    </Section>
  );
}

function MemberRow({ project, member }: { project: string; member: Member }) {
  const put = useAction({
    run: (role: Role) =>
      client.call(putMember, { params: { project }, body: { email: member.email, role } }),
    failure: `Could not change ${member.name}'s role`,
    stale: [listMembers],
  });
  const remove = useAction({
    run: () => client.call(removeMember, { params: { project, userId: member.userId } }),
    failure: `Could not remove ${member.name}`,
    stale: [listMembers],
  });
  return (
    <TableRow>
      <TableCell className="max-w-52 truncate font-medium">{member.name}</TableCell>
      <TableCell className="max-w-60 truncate">{member.email}</TableCell>
      <TableCell>
        <Select<Role>
          size="sm"
          aria-label={`Role of ${member.name}`}
          value={member.role}
          onValueChange={(role) => put.run(role)}
          options={roles}
        />
      </TableCell>
      <TableCell className="text-right">
        <Button size="sm" variant="ghost" busy={remove.busy} onClick={() => remove.run(undefined)}>
          Remove
        </Button>
      </TableCell>
    </TableRow>
  );
}

function AddMember({ project }: { project: string }) {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("contributor");
  const add = useAction({
    run: () => client.call(putMember, { params: { project }, body: { email: email.trim(), role } }),
    failure: "Could not add the member",
    stale: [listMembers],
    onDone: () => setEmail(""),
  });
  return (
    <form
      className="mt-3 flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        add.run(undefined);
      }}
    >
      <Input
        type="email"
        aria-label="E-mail of the new member"
        placeholder="name@example.org"
        className="w-64"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <Select<Role>
        aria-label="Role of the new member"
        value={role}
        onValueChange={setRole}
        options={roles}
      />
      <Button
        type="submit"
        busy={add.busy}
        disabledReason={email.trim() === "" ? "Give an e-mail address first" : null}
      >
        Add member
      </Button>
    </form>
  );
}
