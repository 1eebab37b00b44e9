"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { RunCommands } from "./run-commands-view.tsx";

/** The page's action: how to make a run. */
export function NewRunButton({ project }: { project: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" size="sm" icon={<Plus aria-hidden />} onClick={() => setOpen(true)}>
        New run
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title="New run">
        <RunCommands project={project} />
      </Dialog>
    </>
  );
}
