"use client";

import type { ReactNode } from "react";
import { errorWords } from "../data/error-words.ts";
import { useLiveEvents } from "../data/live-events.ts";
import { signOut } from "../data/sign-out.ts";
import { useMe } from "../data/use-me.ts";
import { ErrorPanel } from "../parts/error-panel.tsx";
import { AppFrame } from "./app-frame.tsx";
import { FindThings } from "./find-things.tsx";
import { LiveStatusContext } from "./live-status.tsx";
import { MlflowAddress } from "./mlflow-address.tsx";
import { projectNavigation, settingsItem } from "./navigation.ts";
import { PersonMenu } from "./person-menu.tsx";
import { ProjectSwitcher } from "./project-switcher.tsx";
import { WelcomeNote } from "./welcome-note.tsx";

/** The frame of a project's pages. */
export function ProjectFrame({ project, children }: { project: string; children: ReactNode }) {
  const { me, error, retry } = useMe();
  const live = useLiveEvents(me !== undefined);
  return (
    <LiveStatusContext value={me === undefined ? null : live}>
      <AppFrame
        items={projectNavigation(project)}
        footItems={[settingsItem(project)]}
        head={({ collapsed }) => <ProjectSwitcher project={project} collapsed={collapsed} />}
        foot={({ collapsed }) =>
          me === undefined ? null : (
            <PersonMenu
              name={me.user.name}
              email={me.user.email}
              profileHref="/settings"
              collapsed={collapsed}
              onSignOut={() => void signOut()}
            />
          )
        }
      >
        <MlflowAddress project={project} />
        <FindThings project={project} />
        {me?.needsWelcome ? <WelcomeNote /> : null}
        {error ? (
          <ErrorPanel
            {...errorWords(error, "Could not find out who you are")}
            className="m-6"
            onRetry={retry}
          />
        ) : (
          children
        )}
      </AppFrame>
    </LiveStatusContext>
  );
}
