"use client";

import { useState } from "react";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { Field } from "./field.tsx";
import { Input } from "./input.tsx";

export interface ConfirmByNameProps {
  open: boolean;
  onOpenChange(open: boolean): void;
  /** Such as "Delete project". */
  title: string;
  /** What will be gone, in words and numbers. */
  children: ReactNode;
  /** What must be typed. */
  name: string;
  /** The button, such as "Delete project". */
  action: string;
  busy?: boolean | undefined;
  /** Why the last try failed. */
  error?: string | undefined;
  onConfirm(): void;
}

/** For the few things that cannot be undone: it asks for the name to be typed. */
export function ConfirmByName(props: ConfirmByNameProps) {
  const { open, onOpenChange, title, children, name, action, busy, error, onConfirm } = props;
  const [typed, setTyped] = useState("");
  const matches = typed.trim() === name;
  const change = (next: boolean) => {
    if (!next) setTyped("");
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={title}
      size="md"
      footer={
        <>
          <Button onClick={() => change(false)}>Keep it</Button>
          <Button
            variant="danger"
            busy={busy}
            disabledReason={matches ? null : `Type “${name}” first`}
            onClick={onConfirm}
          >
            {action}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (matches && !busy) onConfirm();
        }}
      >
        <div className="text-base text-ink-2">{children}</div>
        <Field
          label={
            <span className="[overflow-wrap:anywhere]">
              Type <span className="font-mono text-ink">{name}</span> to confirm
            </span>
          }
          error={error}
        >
          {(control) => (
            <Input
              {...control}
              mono
              autoFocus
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
