"use client";

import { useSyncExternalStore } from "react";
import { CommandLine, CopyButton } from "../../parts/copy-button.tsx";
import { submitCommand, trackingCommand } from "./run-commands.ts";

const nothing = () => () => undefined;

function useOrigin(): string {
  return useSyncExternalStore(
    nothing,
    () => window.location.origin,
    () => "",
  );
}

/** The two ways to a run, each with its commands to copy. */
export function RunCommands({ project }: { project: string }) {
  const tracking = trackingCommand(useOrigin(), project);
  return (
    <div className="flex w-full flex-col gap-5 text-left">
      <section className="flex flex-col gap-1.5">
        <h3 className="text-sm font-medium">Run a script on the platform</h3>
        <p className="text-sm text-ink-2">
          From the folder of your code: it goes along, waits its turn, runs and is tracked.
        </p>
        <CommandLine command={submitCommand(project)} />
      </section>
      <section className="flex flex-col gap-1.5">
        <h3 className="text-sm font-medium">Or track a script that runs elsewhere</h3>
        <p className="text-sm text-ink-2">
          Anything that logs with MLflow lands here; the script stays as it is.
        </p>
        <div className="relative rounded-md border border-line bg-sunken">
          <pre
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long lines scroll, by keyboard too
            tabIndex={0}
            className="focus-inset overflow-x-auto rounded-md px-3 py-2 pr-9 font-mono text-sm leading-6"
          >
            {tracking}
          </pre>
          <CopyButton text={tracking} label="Copy commands" className="absolute top-1 right-1" />
        </div>
      </section>
    </div>
  );
}
