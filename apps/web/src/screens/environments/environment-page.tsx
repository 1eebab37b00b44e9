"use client";

import { type EnvironmentRevision, listEnvironmentRevisions } from "@tessera/contracts/environment";
import { Pencil, SearchX } from "lucide-react";
import { parseAsInteger, useQueryState } from "nuqs";
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
import { EnvironmentDialog } from "./environment-dialog.tsx";
import { isBuilding } from "./environment-state.tsx";
import { RevisionList } from "./revision-list.tsx";
import { RevisionView } from "./revision-view.tsx";

const buildingMs = 2000;

export interface EnvironmentPageProps {
  project: string;
  name: string;
}

/** One environment: its revisions, and what is in each. */
export function EnvironmentPage({ project, name }: EnvironmentPageProps) {
  const home = useProjectCrumb(project);
  const revisions = useEndpoint(
    listEnvironmentRevisions,
    { params: { project, name } },
    {
      refetchMs: (answer) =>
        answer?.items.some(({ state }) => isBuilding(state)) ? buildingMs : 0,
    },
  );
  const [editing, setEditing] = useState(false);
  const refusal = useRefusal(project)("environment.write");
  const items = revisions.data?.items;
  const latest = items?.[0];
  return (
    <Page
      crumbs={[
        home,
        { label: "Environments", href: projectPath(project, "environments") },
        { label: name },
      ]}
      action={
        latest?.kind === "python" ? (
          <Button
            variant="primary"
            icon={<Pencil aria-hidden />}
            disabledReason={refusal}
            onClick={() => setEditing(true)}
          >
            Edit
          </Button>
        ) : null
      }
    >
      {revisions.isError ? (
        <NotThere
          noun="environment"
          name={name}
          listHref={projectPath(project, "environments")}
          error={revisions.error}
          onRetry={() => void revisions.refetch()}
        />
      ) : items === undefined ? (
        <SkeletonRows rows={8} columns={[12, 20, 40]} />
      ) : (
        <Revisions project={project} items={items} />
      )}
      {editing && latest ? (
        <EnvironmentDialog project={project} of={latest} onClose={() => setEditing(false)} />
      ) : null}
    </Page>
  );
}

function Revisions({ project, items }: { project: string; items: EnvironmentRevision[] }) {
  const [number, setNumber] = useQueryState(
    "revision",
    parseAsInteger.withOptions({ history: "push" }),
  );
  const chosen = number === null ? items[0] : items.find((item) => item.number === number);
  const before = chosen && items.find((item) => item.number === chosen.number - 1);
  return (
    <div className="grid items-start gap-x-8 gap-y-5 lg:grid-cols-[220px_minmax(0,1fr)]">
      <RevisionList
        items={items}
        chosen={chosen?.number}
        onChoose={(next) => void setNumber(next === items[0]?.number ? null : next)}
      />
      {chosen ? (
        <RevisionView key={chosen.id} project={project} revision={chosen} before={before} />
      ) : (
        <EmptyState icon={<SearchX aria-hidden />} title={`There is no revision ${number}`}>
          Choose one of those on the list.
        </EmptyState>
      )}
    </div>
  );
}
