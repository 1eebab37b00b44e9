"use client";

import { getModel, listModelVersions, type ModelVersion } from "@tessera/contracts/model";
import { Package, SearchX, Trash2 } from "lucide-react";
import { parseAsInteger, useQueryState } from "nuqs";
import { useState } from "react";
import { useRefusal } from "../../data/permission.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { projectPath } from "../../frame/navigation.ts";
import { NotThere } from "../../frame/not-there.tsx";
import { Page } from "../../frame/page-frame.tsx";
import { useProjectCrumb } from "../../frame/use-project-crumb.ts";
import { IconButton } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { SkeletonRows } from "../../parts/skeleton.tsx";
import { DeleteModelDialog } from "./delete-dialogs.tsx";
import { PromotionList } from "./promotion-list.tsx";
import { VersionList } from "./version-list.tsx";
import { VersionView } from "./version-view.tsx";

export interface ModelPageProps {
  project: string;
  name: string;
}

/** One registered model: its versions, what is behind each, and which one is to be used. */
export function ModelPage({ project, name }: ModelPageProps) {
  const home = useProjectCrumb(project);
  const model = useEndpoint(getModel, { params: { project, name } });
  const versions = useEndpoint(listModelVersions, { params: { project, name } });
  const [deleting, setDeleting] = useState(false);
  const refusal = useRefusal(project)("model.delete");
  const failed = model.isError ? model : versions.isError ? versions : undefined;
  const items = versions.data?.items;
  return (
    <Page
      crumbs={[home, { label: "Models", href: projectPath(project, "models") }, { label: name }]}
      tools={
        model.data ? (
          <IconButton
            label="Delete the model"
            disabledReason={refusal}
            onClick={() => setDeleting(true)}
          >
            <Trash2 aria-hidden />
          </IconButton>
        ) : null
      }
    >
      {failed ? (
        <NotThere
          noun="model"
          name={name}
          listHref={projectPath(project, "models")}
          error={failed.error}
          onRetry={() => void failed.refetch()}
        />
      ) : items === undefined || model.data === undefined ? (
        <SkeletonRows rows={8} columns={[12, 20, 40]} />
      ) : (
        <div className="flex flex-col gap-6">
          {model.data.description === "" ? null : (
            <p className="max-w-3xl text-base whitespace-pre-wrap text-ink-2 [overflow-wrap:anywhere]">
              {model.data.description}
            </p>
          )}
          <Versions project={project} items={items} />
          <PromotionList project={project} name={name} />
        </div>
      )}
      {deleting && model.data ? (
        <DeleteModelDialog
          project={project}
          name={name}
          versionCount={model.data.versionCount}
          onClose={() => setDeleting(false)}
        />
      ) : null}
    </Page>
  );
}

function Versions({ project, items }: { project: string; items: readonly ModelVersion[] }) {
  const [number, setNumber] = useQueryState(
    "version",
    parseAsInteger.withOptions({ history: "push" }),
  );
  const newest = items[0];
  if (newest === undefined) {
    return (
      <EmptyState icon={<Package aria-hidden />} title="No versions yet">
        Register one from a run’s artifacts, or with mlflow.register_model.
      </EmptyState>
    );
  }
  const chosen = number === null ? newest : items.find((item) => item.version === number);
  return (
    <div className="grid items-start gap-x-8 gap-y-5 lg:grid-cols-[240px_minmax(0,1fr)]">
      <VersionList
        items={items}
        chosen={chosen?.version}
        onChoose={(next) => void setNumber(next === newest.version ? null : next)}
      />
      {chosen ? (
        <VersionView
          key={chosen.version}
          project={project}
          version={chosen}
          others={items}
          onDeleted={() => void setNumber(null)}
        />
      ) : (
        <EmptyState icon={<SearchX aria-hidden />} title={`There is no version ${number}`}>
          Choose one of those on the list.
        </EmptyState>
      )}
    </div>
  );
}
