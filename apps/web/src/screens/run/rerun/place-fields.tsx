"use client";

import { listEnvironments } from "@tessera/contracts/environment";
import type { Job } from "@tessera/contracts/job";
import { listTiers, type Tier } from "@tessera/contracts/tier";
import { useEndpoint } from "../../../data/use-endpoint.ts";
import { Field } from "../../../parts/field.tsx";
import { formatMoney } from "../../../parts/format/money.ts";
import { countOf } from "../../../parts/format/number.ts";
import { Input } from "../../../parts/input.tsx";
import { Select, type SelectOption } from "../../../parts/select.tsx";
import { memoryWords } from "../config/job-settings.tsx";
import type { DraftFieldsProps } from "./rerun-draft.ts";

const none = ":none";

export interface PlaceFieldsProps extends DraftFieldsProps {
  project: string;
  job: Job;
}

/** Where and under which limits the command runs. */
export function PlaceFields({ project, job, draft, faults, onChange }: PlaceFieldsProps) {
  const tiers = useEndpoint(listTiers, {});
  const environments = useEndpoint(listEnvironments, { params: { project } });
  const latest = (environments.data?.items ?? []).map(
    (each) => `${each.name}@${each.latest.number}`,
  );
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Environment" error={faults.environment}>
        {(control) => (
          <Select
            {...control}
            value={draft.environment ?? none}
            onValueChange={(next) => onChange({ environment: next === none ? null : next })}
            options={environmentOptions(job, latest)}
            className="w-full"
          />
        )}
      </Field>
      <Field label="Hardware" error={faults.tier}>
        {(control) => (
          <Select
            {...control}
            value={draft.tier}
            onValueChange={(tier) => onChange({ tier })}
            options={tierOptions(job.tier, tiers.data?.items ?? [])}
            className="w-full"
          />
        )}
      </Field>
      <Field label="Time limit" error={faults.timeLimit} hint="90s, 15m, 2h; empty for none">
        {(control) => (
          <Input
            {...control}
            value={draft.timeLimit}
            placeholder="none"
            onChange={(event) => onChange({ timeLimit: event.target.value })}
          />
        )}
      </Field>
      <Field label="Retries" error={faults.retries} hint="How often a failure is repeated">
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            value={draft.retries}
            onChange={(event) => onChange({ retries: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}

/** The pinned revision, the latest of each environment, and none. */
function environmentOptions(job: Job, latest: readonly string[]): SelectOption<string>[] {
  const pin = job.environment;
  const pinned = pin === null ? undefined : `${pin.name}@${pin.number}`;
  const newer = (value: string) => pin !== null && value.startsWith(`${pin.name}@`);
  return [
    ...(pinned === undefined ? [] : [{ value: pinned, label: pinned, hint: "as before" }]),
    ...latest
      .filter((value) => value !== pinned)
      .map((value) => ({ value, label: value, ...(newer(value) ? { hint: "newer" } : {}) })),
    { value: none, label: "None", hint: "what the machine has installed" },
  ];
}

function tierOptions(own: Tier, all: readonly Tier[]): SelectOption<string>[] {
  const known = all.some((tier) => tier.name === own.name) ? all : [own, ...all];
  return known.map((tier) => ({ value: tier.name, label: tier.name, hint: tierWords(tier) }));
}

function tierWords({ cpus, memoryMb, gpus, pricePerHour, currency }: Tier): string {
  return [
    countOf(cpus, "CPU"),
    memoryWords(memoryMb),
    ...(gpus > 0 ? [countOf(gpus, "GPU")] : []),
    ...(pricePerHour > 0 ? [`${formatMoney(pricePerHour, currency)} an hour`] : []),
  ].join(", ");
}
