"use client";

import { getModelManifest, type ModelVersion } from "@tessera/contracts/model";
import { ArrowUpRight, Trash2 } from "lucide-react";
import { useState } from "react";
import { useRefusal } from "../../data/permission.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { Badge } from "../../parts/badge.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import { CommandLine, CopyableId } from "../../parts/copy-button.tsx";
import { Bytes, RelativeTime } from "../../parts/figures.tsx";
import { Fact } from "../run/head/run-facts.tsx";
import { AliasBadges } from "./alias-badges.tsx";
import { DeleteVersionDialog } from "./delete-dialogs.tsx";
import { PromoteDialog } from "./promote-dialog.tsx";
import { RunBehind } from "./run-behind.tsx";
import { SignatureView } from "./signature-view.tsx";
import { VersionFiles } from "./version-files.tsx";

export interface VersionViewProps {
  project: string;
  version: ModelVersion;
  /** All versions of the model. */
  others: readonly ModelVersion[];
  onDeleted(): void;
}

/** What a version is made of, what it takes and gives, and how to load it. */
export function VersionView({ project, version, others, onDeleted }: VersionViewProps) {
  const [asking, setAsking] = useState<"promote" | "delete" | null>(null);
  const refusal = useRefusal(project);
  const { model, version: number, aliases, stage, description } = version;
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="text-lg font-semibold [overflow-wrap:anywhere]">Version {number}</h2>
        <AliasBadges aliases={aliases} />
        {stage === "None" ? null : <Badge>{stage}</Badge>}
        <span className="ml-auto flex items-center gap-2">
          <IconButton
            label={`Delete version ${number}`}
            disabledReason={refusal("model.delete")}
            onClick={() => setAsking("delete")}
          >
            <Trash2 aria-hidden />
          </IconButton>
          <Button
            variant="primary"
            icon={<ArrowUpRight aria-hidden />}
            disabledReason={refusal("model.promote")}
            onClick={() => setAsking("promote")}
          >
            Promote
          </Button>
        </span>
      </div>
      {description === "" ? null : (
        <p className="max-w-3xl text-sm whitespace-pre-wrap text-ink-2 [overflow-wrap:anywhere]">
          {description}
        </p>
      )}
      <VersionFacts project={project} version={version} />
      <CommandLine command={loadingCommand(version)} className="w-full" />
      <Manifest project={project} version={version} />
      <VersionFiles project={project} version={version} />
      {asking === "promote" ? (
        <PromoteDialog
          project={project}
          version={version}
          others={others}
          onClose={() => setAsking(null)}
        />
      ) : null}
      {asking === "delete" ? (
        <DeleteVersionDialog
          project={project}
          model={model}
          version={version}
          onClose={() => setAsking(null)}
          onDeleted={onDeleted}
        />
      ) : null}
    </div>
  );
}

/** By its alias where it has one: what is loaded then follows the next promotion. */
function loadingCommand({ model, version, aliases: [alias] }: ModelVersion): string {
  const uri = alias === undefined ? `models:/${model}/${version}` : `models:/${model}@${alias}`;
  return `mlflow.pyfunc.load_model(${JSON.stringify(uri)})`;
}

function VersionFacts({ project, version }: { project: string; version: ModelVersion }) {
  const { datasets, source, createdBy, createdAt, loggedModelId } = version;
  return (
    <dl className="flex flex-wrap gap-x-7 gap-y-3">
      <Fact label="Run">
        <RunBehind project={project} version={version} />
      </Fact>
      <Fact label="Data">
        <Datasets datasets={datasets} />
      </Fact>
      <Fact label="By">{createdBy}</Fact>
      <Fact label="Registered">
        <RelativeTime time={createdAt} />
      </Fact>
      <Fact label="Source">
        <span className="font-mono text-xs" title={source}>
          {source}
        </span>
      </Fact>
      {loggedModelId === null ? null : (
        <Fact label="Logged model">
          <CopyableId id={loggedModelId} />
        </Fact>
      )}
    </dl>
  );
}

function Datasets({ datasets }: Pick<ModelVersion, "datasets">) {
  if (datasets.length === 0) return <span className="text-ink-3">none recorded</span>;
  const words = datasets.map(({ name, digest }) => `${name}@${digest}`).join(", ");
  return (
    <span className="font-mono text-xs" title={words}>
      {words}
    </span>
  );
}

function Manifest({ project, version }: { project: string; version: ModelVersion }) {
  const { model: name, version: number } = version;
  const manifest = useEndpoint(getModelManifest, {
    params: { project, name, version: number },
  });
  if (manifest.data === undefined) return null;
  const { flavors, sizeBytes, signature } = manifest.data;
  return (
    <section aria-label="Signature" className="flex flex-col gap-3">
      <h3 className="flex flex-wrap items-baseline gap-x-3 text-base font-semibold">
        Signature
        <span className="text-sm font-normal text-ink-3">
          {flavors.join(", ")}
          {sizeBytes === null ? null : (
            <>
              {flavors.length > 0 ? " · " : ""}
              <Bytes value={sizeBytes} />
            </>
          )}
        </span>
      </h3>
      {signature === null ? (
        <p className="text-sm text-ink-3">
          This version declares none. Log the model with a signature or an input example, and what
          it takes and gives is shown here.
        </p>
      ) : (
        <SignatureView signature={signature} />
      )}
    </section>
  );
}
