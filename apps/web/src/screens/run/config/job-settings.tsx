"use client";

import type { Job } from "@tessera/contracts/job";
import { formatDuration } from "../../../parts/format/duration.ts";
import { formatMoney } from "../../../parts/format/money.ts";
import { countOf } from "../../../parts/format/number.ts";
import { PairRows } from "./pair-rows.tsx";
import { Section } from "./section.tsx";

/** What the job may use, the data that it finds where, and the variables that it was given. */
export function JobSettings({ job }: { job: Job }) {
  const { tier, timeoutSeconds, maxRetries, priority, env, data } = job;
  const variables = Object.entries(env);
  const price =
    tier.pricePerHour > 0 ? `, ${formatMoney(tier.pricePerHour, tier.currency)} an hour` : "";
  const gpus = tier.gpus > 0 ? `, ${countOf(tier.gpus, "GPU")}` : "";
  const hardware = `${countOf(tier.cpus, "CPU")}, ${memoryWords(tier.memoryMb)}${gpus}${price}`;
  return (
    <>
      <Section title="Job">
        <PairRows
          pairs={[
            ["Hardware", `${tier.name}: ${hardware}`],
            [
              "Time limit",
              timeoutSeconds === null ? "none" : formatDuration(timeoutSeconds * 1000),
            ],
            ["Retries", maxRetries === 0 ? "none" : `up to ${maxRetries}`],
            ["Priority", String(priority)],
          ]}
        />
      </Section>
      {data.length === 0 ? null : (
        <Section title={`Data (${data.length})`}>
          <PairRows
            pairs={data.map(({ path, dataset, version }) => [path, `${dataset}@${version}`])}
          />
        </Section>
      )}
      {variables.length === 0 ? null : (
        <Section title={`Variables (${variables.length})`}>
          <PairRows pairs={variables} />
        </Section>
      )}
    </>
  );
}

export function memoryWords(mb: number): string {
  return mb >= 1024 ? `${Number((mb / 1024).toFixed(1))} GB` : `${mb} MB`;
}
