"use client";

import {
  createAccessToken,
  type CreatedAccessToken,
  listAccessTokens,
} from "@tessera/contracts/identity";
import { listProjects } from "@tessera/contracts/project";
import { type FormEvent, useId, useState } from "react";
import { client } from "../../data/client.ts";
import { useAction } from "../../data/use-action.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { Button } from "../../parts/button.tsx";
import { CommandLine } from "../../parts/copy-button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Field } from "../../parts/field.tsx";
import { Input } from "../../parts/input.tsx";
import { Select } from "../../parts/select.tsx";

const ALL = "*";
const lives = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "a year" },
  { value: "never", label: "never" },
] as const;
type Life = (typeof lives)[number]["value"];

interface Props {
  readonly open: boolean;
  onOpenChange(open: boolean): void;
}

/** Makes a token and shows its secret, once. */
export function CreateTokenDialog({ open, onOpenChange }: Props) {
  const [created, setCreated] = useState<CreatedAccessToken | null>(null);
  const close = (next: boolean): void => {
    if (!next) setCreated(null);
    onOpenChange(next);
  };
  return created === null ? (
    <TokenForm open={open} onOpenChange={close} onCreated={setCreated} />
  ) : (
    <Dialog
      open={open}
      onOpenChange={close}
      title={created.name}
      description="Copy it now: it is not shown again."
      footer={
        <Button variant="primary" onClick={() => close(false)}>
          Done
        </Button>
      }
    >
      <CommandLine command={created.secret} />
    </Dialog>
  );
}

interface TokenValue {
  readonly name: string;
  readonly project: string;
  readonly life: Life;
}

const fresh: TokenValue = { name: "", project: ALL, life: "90" };

function TokenForm({
  open,
  onOpenChange,
  onCreated,
}: Props & { onCreated(token: CreatedAccessToken): void }) {
  const [{ name, project, life }, setToken] = useState<TokenValue>(fresh);
  const change = (part: Partial<TokenValue>): void => setToken((now) => ({ ...now, ...part }));
  const create = useAction({
    run: () =>
      client.call(createAccessToken, {
        body: {
          name: name.trim(),
          ...(project === ALL ? {} : { project }),
          ...(life === "never" ? {} : { expiresInDays: Number(life) }),
        },
      }),
    failure: "Could not make the token",
    stale: [listAccessTokens],
    onDone: (token) => {
      setToken(fresh);
      onCreated(token);
    },
  });
  const form = useId();
  const nameless = name.trim() === "";
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (!nameless) create.run(undefined);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New access token"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            busy={create.busy}
            disabledReason={nameless ? "Give it a name first" : null}
          >
            Make token
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={send}>
        <TokenFields value={{ name, project, life }} onChange={change} open={open} />
      </form>
    </Dialog>
  );
}

interface TokenFieldsProps {
  readonly value: TokenValue;
  readonly open: boolean;
  onChange(part: Partial<TokenValue>): void;
}

function TokenFields({ value, open, onChange }: TokenFieldsProps) {
  const projects = useEndpoint(listProjects, { query: { limit: 500 } }, { enabled: open });
  const options = [
    { value: ALL, label: "All your projects" },
    ...(projects.data?.items ?? []).map((each) => ({ value: each.slug, label: each.name })),
  ];
  return (
    <div className="flex flex-col gap-4">
      <Field label="Name" hint="What it is for, such as “CI of digits”">
        {(control) => (
          <Input
            {...control}
            value={value.name}
            maxLength={200}
            autoFocus
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label="Good for">
        {(control) => (
          <Select
            id={control.id}
            value={value.project}
            onValueChange={(project) => onChange({ project })}
            options={options}
          />
        )}
      </Field>
      <Field label="Expires after">
        {(control) => (
          <Select<Life>
            id={control.id}
            value={value.life}
            onValueChange={(life) => onChange({ life })}
            options={lives}
          />
        )}
      </Field>
    </div>
  );
}
