"use client";

import { type DatasetVersion, listDatasetVersions } from "@tessera/contracts/dataset";
import { SearchX, Upload } from "lucide-react";
import { parseAsInteger, useQueryStates } from "nuqs";
import { useState } from "react";
import { useRefusal } from "../../data/permission.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { projectPath } from "../../frame/navigation.ts";
import { NotThere } from "../../frame/not-there.tsx";
import { Page } from "../../frame/page-frame.tsx";
import { useProjectCrumb } from "../../frame/use-project-crumb.ts";
import { Button } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { SkeletonRows } from "../../parts/skeleton.tsx";
import { UploadDialog } from "./upload/upload-dialog.tsx";
import { VersionList } from "./version-list.tsx";
import { VersionView } from "./version-view.tsx";

export interface DatasetPageProps {
  project: string;
  name: string;
}

/** One dataset: its versions, what is in each, and what each changed. */
export function DatasetPage({ project, name }: DatasetPageProps) {
  const home = useProjectCrumb(project);
  const versions = useEndpoint(listDatasetVersions, { params: { project, name } });
  const items = versions.data?.items;
  const [uploading, setUploading] = useState(false);
  const refusal = useRefusal(project)("data.write");
  return (
    <Page
      crumbs={[home, { label: "Data", href: projectPath(project, "data") }, { label: name }]}
      action={
        items === undefined ? null : (
          <Button
            variant="primary"
            icon={<Upload aria-hidden />}
            disabledReason={refusal}
            onClick={() => setUploading(true)}
          >
            New version
          </Button>
        )
      }
    >
      {versions.isError ? (
        <NotThere
          noun="dataset"
          name={name}
          listHref={projectPath(project, "data")}
          error={versions.error}
          onRetry={() => void versions.refetch()}
        />
      ) : items === undefined ? (
        <SkeletonRows rows={8} columns={[12, 20, 40]} />
      ) : (
        <Versions project={project} items={items} />
      )}
      {uploading ? (
        <UploadDialog project={project} of={name} onClose={() => setUploading(false)} />
      ) : null}
    </Page>
  );
}

function Versions({ project, items }: { project: string; items: readonly DatasetVersion[] }) {
  const [{ version: number }, setAddress] = useQueryStates(
    { version: parseAsInteger, from: parseAsInteger },
    { history: "push" },
  );
  const chosen = number === null ? items[0] : items.find((item) => item.number === number);
  const choose = (next: number) =>
    void setAddress({ version: next === items[0]?.number ? null : next, from: null });
  return (
    <div className="grid items-start gap-x-8 gap-y-5 lg:grid-cols-[220px_minmax(0,1fr)]">
      <VersionList items={items} chosen={chosen?.number} onChoose={choose} />
      {chosen ? (
        <VersionView project={project} version={chosen} all={items} />
      ) : (
        <EmptyState icon={<SearchX aria-hidden />} title={`There is no version ${number}`}>
          Choose one of those on the list.
        </EmptyState>
      )}
    </div>
  );
}
