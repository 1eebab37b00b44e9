"use client";

import { ApiError } from "@tessera/client/api-error";
import { getMe } from "@tessera/contracts/identity";
import { usePathname, useRouter } from "next/navigation";
import { useEffect } from "react";
import type { ReactNode } from "react";
import { errorWords } from "../data/error-words.ts";
import { useLiveEvents } from "../data/live-events.ts";
import { signOut } from "../data/sign-out.ts";
import { useEndpoint } from "../data/use-endpoint.ts";
import { ErrorPanel } from "../parts/error-panel.tsx";
import { AppFrame } from "./app-frame.tsx";
import { LiveStatusContext } from "./live-status.tsx";
import { projectNavigation, settingsItem } from "./navigation.ts";
import { PersonMenu } from "./person-menu.tsx";
import { ProjectSwitcher } from "./project-switcher.tsx";

/** The frame of a project's pages: who is not signed in goes to sign in, and comes back. */
export function ProjectFrame({ project, children }: { project: string; children: ReactNode }) {
  const me = useEndpoint(getMe, {});
  const router = useRouter();
  const pathname = usePathname();
  const signedOut = me.error instanceof ApiError && me.error.code === "unauthenticated";
  const live = useLiveEvents(me.isSuccess);
  useEffect(() => {
    if (!signedOut) return;
    const back = `${pathname}${window.location.search}`;
    router.replace(`/sign-in?next=${encodeURIComponent(back)}`);
  }, [signedOut, pathname, router]);
  const user = me.data?.user;
  return (
    <LiveStatusContext value={me.isSuccess ? live : null}>
      <AppFrame
        items={projectNavigation(project)}
        footItems={[settingsItem(project)]}
        head={({ collapsed }) => <ProjectSwitcher project={project} collapsed={collapsed} />}
        foot={({ collapsed }) =>
          user === undefined ? null : (
            <PersonMenu
              name={user.name}
              email={user.email}
              profileHref="/settings"
              collapsed={collapsed}
              onSignOut={() => void signOut()}
            />
          )
        }
      >
        {me.isError && !signedOut ? (
          <ErrorPanel
            {...errorWords(me.error, "Could not find out who you are")}
            className="m-6"
            onRetry={() => void me.refetch()}
          />
        ) : (
          children
        )}
      </AppFrame>
    </LiveStatusContext>
  );
}
