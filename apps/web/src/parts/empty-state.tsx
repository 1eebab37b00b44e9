import type { ReactNode } from "react";
import { cn } from "./class-names.ts";
import { CommandLine } from "./copy-button.tsx";

export interface EmptyStateProps {
  icon?: ReactNode | undefined;
  /** What is not there: "No runs yet". */
  title: string;
  /** The next step, in a sentence. */
  children?: ReactNode | undefined;
  /** The command that takes the next step. */
  command?: string | undefined;
  /** The button that takes it here. */
  action?: ReactNode | undefined;
  className?: string | undefined;
}

/** Never a dead end: it says what comes next, and gives the command or the button for it. */
export function EmptyState({ icon, title, children, command, action, className }: EmptyStateProps) {
  return (
    <section
      className={cn(
        "mx-auto flex w-full max-w-lg flex-col items-center px-4 py-14 text-center",
        className,
      )}
    >
      {icon ? <div className="mb-3 text-ink-3 [&_svg]:size-6">{icon}</div> : null}
      <h2 className="text-base font-semibold">{title}</h2>
      {children ? (
        <div className="mt-1 max-w-full text-base text-balance text-ink-2">{children}</div>
      ) : null}
      {command ? <CommandLine command={command} className="mt-4" /> : null}
      {action ? <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </section>
  );
}
