"use client";

import { listModels, type RegisteredModel } from "@tessera/contracts/model";
import { BrainCircuit } from "lucide-react";
import { errorWords } from "../../data/error-words.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { Page } from "../../frame/page-frame.tsx";
import { useProjectCrumb } from "../../frame/use-project-crumb.ts";
import { Badge } from "../../parts/badge.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { RelativeTime } from "../../parts/figures.tsx";
import { SkeletonRows } from "../../parts/skeleton.tsx";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "../../parts/table.tsx";
import { TextLink } from "../../parts/text-link.tsx";
import { modelPath } from "./model-paths.ts";
import { RunBehind } from "./run-behind.tsx";

/** Which models are there, and which version of each is the one to use? */
export function ModelsPage({ project }: { project: string }) {
  const home = useProjectCrumb(project);
  const models = useEndpoint(listModels, { params: { project } });
  const items = models.data?.items;
  return (
    <Page crumbs={[home, { label: "Models" }]}>
      {models.isError ? (
        <ErrorPanel
          {...errorWords(models.error, "Could not load the models")}
          onRetry={() => void models.refetch()}
          retrying={models.isFetching}
        />
      ) : items === undefined ? (
        <SkeletonRows rows={6} columns={[24, 10, 20, 24, 14]} />
      ) : items.length === 0 ? (
        <EmptyState
          icon={<BrainCircuit aria-hidden />}
          title="No models yet"
          command={'mlflow.sklearn.log_model(model, name="m", registered_model_name="my-model")'}
        >
          A registered model is a name with numbered versions, each made of a model that a run
          logged. Log one with a name, or register one from a run’s artifacts.
        </EmptyState>
      ) : (
        <ModelTable project={project} items={items} />
      )}
    </Page>
  );
}

function ModelTable({ project, items }: { project: string; items: readonly RegisteredModel[] }) {
  return (
    <Table>
      <TableHead>
        <tr>
          <TableHeader>Name</TableHeader>
          <TableHeader numeric>Latest</TableHeader>
          <TableHeader>Aliases</TableHeader>
          <TableHeader>Run</TableHeader>
          <TableHeader>Changed</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {items.map((model) => (
          <ModelRow key={model.name} project={project} model={model} />
        ))}
      </TableBody>
    </Table>
  );
}

function ModelRow({ project, model }: { project: string; model: RegisteredModel }) {
  const { name, latest, aliases } = model;
  return (
    <TableRow>
      <TableCell className="max-w-80">
        <TextLink href={modelPath(project, name)} className="font-medium [overflow-wrap:anywhere]">
          {name}
        </TextLink>
      </TableCell>
      <TableCell numeric>
        {latest === null ? (
          <span className="text-ink-3">none</span>
        ) : (
          <TextLink href={modelPath(project, name, latest.version)}>v{latest.version}</TextLink>
        )}
      </TableCell>
      <TableCell>
        <span className="flex flex-wrap gap-1">
          {aliases.map(({ alias, version }) => (
            <Badge key={alias} tone="accent" mono title={`@${alias} is version ${version}`}>
              @{alias} v{version}
            </Badge>
          ))}
        </span>
      </TableCell>
      <TableCell className="max-w-72">
        {latest === null ? null : <RunBehind project={project} version={latest} />}
      </TableCell>
      <TableCell>
        <RelativeTime time={model.updatedAt} />
      </TableCell>
    </TableRow>
  );
}
