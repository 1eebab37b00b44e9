"use client";

import type { Run } from "@tessera/contracts/run";
import { Trash2, Undo2 } from "lucide-react";
import { useRefusal } from "../../../data/permission.ts";
import { Button } from "../../../parts/button.tsx";
import { useRestore } from "../actions/use-run-actions.ts";

/** A deleted run is still there to look at, and to bring back. */
export function DeletedNote({ project, run }: { project: string; run: Run }) {
  const restore = useRestore({ project, run });
  const refusal = useRefusal(project)("run.delete");
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-2 rounded-lg bg-warn-soft px-3 py-2 text-warn"
    >
      <Trash2 className="size-4 shrink-0" aria-hidden />
      <span className="min-w-0 flex-1">This run is deleted: lists no longer show it.</span>
      <Button
        size="sm"
        busy={restore.busy}
        disabledReason={refusal}
        icon={<Undo2 aria-hidden />}
        onClick={() => restore.run(undefined)}
      >
        Bring it back
      </Button>
    </div>
  );
}
