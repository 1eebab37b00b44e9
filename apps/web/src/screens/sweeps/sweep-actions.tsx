"use client";

import {
  cancelSweep,
  extendSweep,
  getSweep,
  listSweeps,
  listTrials,
  pauseSweep,
  resumeSweep,
  type Sweep,
} from "@tessera/contracts/sweep";
import { Ban, Pause, Play, Plus } from "lucide-react";
import type { ReactNode } from "react";
import { client } from "../../data/client.ts";
import { useRefusal } from "../../data/permission.ts";
import { useAction } from "../../data/use-action.ts";
import { Button } from "../../parts/button.tsx";

type Verb = "pause" | "resume" | "extend" | "cancel";

const looks: Record<Verb, { readonly label: string; readonly icon: ReactNode }> = {
  pause: { label: "Pause", icon: <Pause aria-hidden /> },
  resume: { label: "Resume", icon: <Play aria-hidden /> },
  extend: { label: "10 more trials", icon: <Plus aria-hidden /> },
  cancel: { label: "Cancel", icon: <Ban aria-hidden /> },
};

const MORE = 10;

const offered: Record<Sweep["state"], readonly Verb[]> = {
  running: ["extend", "pause", "cancel"],
  paused: ["extend", "resume", "cancel"],
  finished: ["extend"],
  failed: [],
  cancelled: [],
};

/** What can be done with a sweep as it is. */
export function SweepActions({ sweep }: { sweep: Sweep }) {
  return offered[sweep.state].map((verb) => <ActionButton key={verb} verb={verb} sweep={sweep} />);
}

function callOf(verb: Verb, { project, id }: Sweep): Promise<Sweep> {
  const params = { project, id };
  switch (verb) {
    case "pause":
      return client.call(pauseSweep, { params });
    case "resume":
      return client.call(resumeSweep, { params });
    case "cancel":
      return client.call(cancelSweep, { params });
    case "extend":
      return client.call(extendSweep, { params, body: { trials: MORE } });
    default:
      return verb satisfies never;
  }
}

function ActionButton({ verb, sweep }: { verb: Verb; sweep: Sweep }) {
  const { label, icon } = looks[verb];
  const action = useAction({
    run: () => callOf(verb, sweep),
    failure: `Could not ${verb} ${sweep.name}`,
    stale: [getSweep, listSweeps, listTrials],
  });
  return (
    <Button
      icon={icon}
      busy={action.busy}
      disabledReason={useRefusal(sweep.project)("sweep.write")}
      onClick={() => action.run(undefined)}
    >
      {label}
    </Button>
  );
}
