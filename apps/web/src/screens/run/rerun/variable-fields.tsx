"use client";

import { Plus, X } from "lucide-react";
import { Button, IconButton } from "../../../parts/button.tsx";
import { InlineError } from "../../../parts/error-panel.tsx";
import { Input } from "../../../parts/input.tsx";
import type { Variable } from "./rerun-draft.ts";

export interface VariableFieldsProps {
  variables: readonly Variable[];
  fault: string | undefined;
  onChange(variables: readonly Variable[]): void;
}

/** The environment variables that the command is given. */
export function VariableFields({ variables, fault, onChange }: VariableFieldsProps) {
  const change = (id: number, next: Partial<Variable>) =>
    onChange(variables.map((each) => (each.id === id ? { ...each, ...next } : each)));
  const add = () => {
    const id = 1 + Math.max(-1, ...variables.map((each) => each.id));
    onChange([...variables, { id, name: "", value: "" }]);
  };
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 text-sm font-medium">Environment variables</legend>
      {variables.map(({ id, name, value }) => (
        <div key={id} className="flex items-center gap-2">
          <Input
            mono
            autoFocus={name === "" && value === ""}
            aria-label="Variable"
            placeholder="NAME"
            maxLength={200}
            value={name}
            onChange={(event) => change(id, { name: event.target.value })}
            className="flex-1"
          />
          <Input
            mono
            aria-label={`Value of ${name || "the new variable"}`}
            placeholder="value"
            maxLength={32_000}
            value={value}
            onChange={(event) => change(id, { value: event.target.value })}
            className="flex-[2]"
          />
          <IconButton
            label={`Remove ${name || "the variable"}`}
            onClick={() => onChange(variables.filter((each) => each.id !== id))}
          >
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
      {fault === undefined ? null : <InlineError>{fault}</InlineError>}
      <Button size="sm" icon={<Plus aria-hidden />} onClick={add} className="self-start">
        Add a variable
      </Button>
    </fieldset>
  );
}
