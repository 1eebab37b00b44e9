"use client";

import { listRunModels, type RunModel } from "@tessera/contracts/model";
import { BrainCircuit, Plus } from "lucide-react";
import { useState } from "react";
import { useRefusal } from "../../../data/permission.ts";
import { useEndpoint } from "../../../data/use-endpoint.ts";
import { Badge } from "../../../parts/badge.tsx";
import { Button } from "../../../parts/button.tsx";
import { TextLink } from "../../../parts/text-link.tsx";
import { modelPath } from "../../models/model-paths.ts";
import { RegisterDialog } from "./register-dialog.tsx";

/** The models that a run logged; none while that is not known. */
export function useRunModels(project: string, id: string): readonly RunModel[] {
  return useEndpoint(listRunModels, { params: { project, id } }).data?.items ?? [];
}

export interface RunModelsProps {
  project: string;
  models: readonly RunModel[];
}

/** The models that a run logged, each with its versions in the registry and the way there. */
export function RunModels({ project, models }: RunModelsProps) {
  const [chosen, setChosen] = useState<RunModel | null>(null);
  const refusal = useRefusal(project)("model.write");
  if (models.length === 0) return null;
  return (
    <section aria-label="Models" className="mb-4">
      <ul className="flex flex-col rounded-lg border border-line [&>li+li]:border-t [&>li+li]:border-line">
        {models.map((model) => (
          <li
            key={model.source}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5 text-sm"
          >
            <BrainCircuit className="size-4 shrink-0 text-ink-3" aria-hidden />
            <span className="min-w-0 font-medium [overflow-wrap:anywhere]">{model.name}</span>
            <Registered project={project} model={model} />
            <span className="ml-auto flex items-center gap-2">
              {model.ready ? null : <Badge tone="warn">not complete</Badge>}
              <Button
                size="sm"
                icon={<Plus aria-hidden />}
                disabledReason={refusal ?? (model.ready ? null : "Its files are not all there yet")}
                onClick={() => setChosen(model)}
              >
                Register model
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {chosen ? (
        <RegisterDialog project={project} model={chosen} onClose={() => setChosen(null)} />
      ) : null}
    </section>
  );
}

function Registered({ project, model }: { project: string; model: RunModel }) {
  return model.registered.map(({ model: name, version }) => (
    <TextLink
      key={`${name}/${version}`}
      href={modelPath(project, name, version)}
      className="text-ink-2 [overflow-wrap:anywhere]"
    >
      {name} v{version}
    </TextLink>
  ));
}
