"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { errorWords } from "../data/error-words.ts";
import { signOut } from "../data/sign-out.ts";
import { useMe } from "../data/use-me.ts";
import { ErrorPanel } from "../parts/error-panel.tsx";
import { Mark } from "./mark.tsx";
import { PersonMenu } from "./person-menu.tsx";
import { WelcomeNote } from "./welcome-note.tsx";

interface AccountFrameProps {
  readonly title: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of pages that belong to no project. */
export function AccountFrame({ title, action, children }: AccountFrameProps) {
  const { me, error, retry } = useMe();
  return (
    <div className="flex min-h-dvh flex-col bg-surface">
      <title>{`${title} · Tessera`}</title>
      <header className="flex h-12 items-center gap-3 border-b border-line bg-canvas px-4">
        <Link
          href="/"
          className="flex items-center gap-2 rounded-sm"
          aria-label="Tessera: all projects"
        >
          <Mark className="size-6 shrink-0" />
          <span className="text-base font-semibold">Tessera</span>
        </Link>
        <div className="ml-auto w-44">
          {me === undefined ? null : (
            <PersonMenu
              name={me.user.name}
              email={me.user.email}
              profileHref="/settings"
              collapsed={false}
              onSignOut={() => void signOut()}
            />
          )}
        </div>
      </header>
      {me?.needsWelcome ? <WelcomeNote /> : null}
      <main id="content" className="mx-auto w-full max-w-5xl flex-1 px-4 py-6 md:px-6">
        <div className="mb-5 flex items-center gap-3">
          <h1 className="text-xl font-semibold">{title}</h1>
          <div className="ml-auto">{action}</div>
        </div>
        {error ? (
          <ErrorPanel {...errorWords(error, "Could not find out who you are")} onRetry={retry} />
        ) : (
          children
        )}
      </main>
    </div>
  );
}
