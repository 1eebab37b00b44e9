"use client";

import { deleteProject, getProject, listProjects } from "@tessera/contracts/project";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { client } from "../../data/client.ts";
import { errorWords } from "../../data/error-words.ts";
import { useAction } from "../../data/use-action.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { Page } from "../../frame/page-frame.tsx";
import { projectPath } from "../../frame/navigation.ts";
import { Button } from "../../parts/button.tsx";
import { ConfirmByName } from "../../parts/confirm-by-name.tsx";
import { CommandLine } from "../../parts/copy-button.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Section } from "../settings/section.tsx";
import { MembersSection } from "./members-section.tsx";

/** What belongs to a project: its address, its members, its end. */
export function ProjectSettingsPage({ project: slug }: { project: string }) {
  const project = useEndpoint(getProject, { params: { project: slug } });
  return (
    <Page
      crumbs={[
        { label: project.data?.name ?? slug, href: projectPath(slug) },
        { label: "Settings" },
      ]}
    >
      <div className="max-w-4xl">
        {project.isError ? (
          <ErrorPanel {...errorWords(project.error, "Could not load the project")} />
        ) : null}
        {project.data === undefined ? null : (
          <>
            <Section
              title="Tracking address"
              note="Any MLflow client logs here; take a token from your settings."
            >
              <CommandLine command={`export MLFLOW_TRACKING_URI=${project.data.trackingUri}`} />
            </Section>
            <MembersSection project={slug} />
            <DangerSection project={slug} name={project.data.name} />
          </>
        )}
      </div>
    </Page>
  );
}

function DangerSection({ project, name }: { project: string; name: string }) {
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const remove = useAction({
    run: () => client.call(deleteProject, { params: { project } }),
    failure: "Could not delete the project",
    stale: [listProjects],
    onDone: () => router.push("/"),
  });
  return (
    <Section title="Delete" note="With every run, file and log in it. This cannot be undone.">
      <Button variant="danger" busy={remove.busy} onClick={() => setAsking(true)}>
        Delete this project
      </Button>
      <ConfirmByName
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${name}?`}
        name={project}
        action="Delete project"
        busy={remove.busy}
        onConfirm={() => remove.run(undefined)}
      >
        Every run, artifact, log, environment and code snapshot of it will be gone for good.
      </ConfirmByName>
    </Section>
  );
}
