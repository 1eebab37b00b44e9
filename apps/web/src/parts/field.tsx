"use client";

import { CircleAlert } from "lucide-react";
import { Label } from "radix-ui";
import { useId } from "react";
import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

/** What the control inside a Field must spread onto itself. */
export interface FieldControl {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

export interface FieldProps {
  label: ReactNode;
  /** What a good value looks like. */
  hint?: ReactNode | undefined;
  /** What is wrong and what would be right; replaces the hint. */
  error?: string | undefined;
  optional?: boolean | undefined;
  className?: string | undefined;
  children(control: FieldControl): ReactNode;
}

/** Label, control, and the hint or the error, tied together for screen readers. */
export function Field({ label, hint, error, optional, className, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = Boolean(error) || Boolean(hint);
  return (
    <div className={cn("flex flex-col gap-1.5", className)}>
      <Label.Root htmlFor={id} className="flex items-baseline gap-1.5 text-sm font-medium">
        {label}
        {optional ? <span className="font-normal text-ink-3">optional</span> : null}
      </Label.Root>
      {children({
        id,
        "aria-describedby": hasNote ? noteId : undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {error ? (
        <p id={noteId} role="alert" className="flex items-start gap-1.5 text-sm text-bad">
          <CircleAlert className="mt-0.5 size-3.5 shrink-0" aria-hidden />
          <span className="min-w-0 [overflow-wrap:anywhere]">{error}</span>
        </p>
      ) : hint ? (
        <p id={noteId} className="text-sm text-ink-3">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
