import type { ReactNode } from "react";
import { Mark } from "../../frame/mark.tsx";

interface AuthCardProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** The page of somebody who is not in yet. */
export function AuthCard({ title, note, children }: AuthCardProps) {
  return (
    <main className="flex min-h-dvh items-center justify-center bg-canvas px-4 py-10">
      <title>{`${title} · Tessera`}</title>
      <div className="w-full max-w-sm">
        <div className="mb-6 flex items-center gap-2">
          <Mark className="size-6 shrink-0" />
          <span className="text-lg font-semibold">Tessera</span>
        </div>
        <div className="rounded-lg border border-line bg-surface p-6">
          <h1 className="text-lg font-semibold">{title}</h1>
          {note === undefined ? null : <p className="mt-1 text-base text-ink-2">{note}</p>}
          <div className="mt-5">{children}</div>
        </div>
      </div>
    </main>
  );
}
