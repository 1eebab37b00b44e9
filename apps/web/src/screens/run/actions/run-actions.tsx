"use client";

import type { Job } from "@tessera/contracts/job";
import type { Run } from "@tessera/contracts/run";
import {
  Copy,
  Ellipsis,
  GitCompareArrows,
  Link2,
  RotateCw,
  SlidersHorizontal,
  Square,
  Trash2,
} from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useRefusal } from "../../../data/permission.ts";
import { projectPath } from "../../../frame/navigation.ts";
import { Button } from "../../../parts/button.tsx";
import { copyText } from "../../../parts/copy-button.tsx";
import type { MenuAction, MenuItem } from "../../../parts/menu-items.ts";
import { DropdownMenu } from "../../../parts/menu.tsx";
import { type PaletteItem, usePaletteSource } from "../../../parts/palette/palette-sources.ts";
import { toastDone } from "../../../parts/toast.tsx";
import { isActive } from "../use-run-data.ts";
import { useCancel, useDelete, useRerun } from "./use-run-actions.ts";

const RerunDialog = dynamic(
  () => import("../rerun/rerun-dialog.tsx").then((module) => module.RerunDialog),
  { ssr: false },
);

export interface RunActionsProps {
  project: string;
  run: Run;
  job: Job | undefined;
}

/** What can be done with a run: the one main thing by its state, and the rest in a menu. */
export function RunActions({ project, run, job }: RunActionsProps) {
  const [changing, setChanging] = useState(false);
  const refusal = useRefusal(project);
  const cancel = useCancel({ project, run });
  const rerun = useRerun({ project, run });
  const remove = useDelete({ project, run });
  const again =
    job === undefined
      ? []
      : againActions({
          refusal: refusal("job.submit"),
          onSame: () => rerun.run(undefined),
          onChanged: () => setChanging(true),
        });
  const others: MenuAction[] = [
    ...placesOf(project, run),
    {
      id: "delete",
      label: "Delete",
      icon: <Trash2 aria-hidden />,
      danger: true,
      disabledReason:
        refusal("run.delete") ??
        (job && isActive(run.state) ? "It has not ended: cancel it first" : null),
      onSelect: () => remove.run(undefined),
    },
  ];
  usePaletteSource({
    id: "run-actions",
    heading: "This run",
    rank: 0,
    find: () => [...again, ...others].filter((item) => !item.disabledReason).map(asPaletteItem),
  });
  return (
    <>
      {job === undefined ? null : (
        <MainAction run={run} job={job} cancel={cancel} rerun={rerun} refusal={refusal} />
      )}
      <DropdownMenu
        items={menuOf(again, others)}
        trigger={
          <Button variant="ghost" aria-label="More actions" className="w-8 px-0">
            <Ellipsis aria-hidden />
          </Button>
        }
      />
      {job && changing ? (
        <RerunDialog project={project} job={job} onClose={() => setChanging(false)} />
      ) : null}
    </>
  );
}

interface AgainOptions {
  readonly refusal: string | null;
  onSame(): void;
  onChanged(): void;
}

function againActions({ refusal, onSame, onChanged }: AgainOptions): MenuAction[] {
  return [
    {
      id: "rerun",
      label: "Re-run",
      icon: <RotateCw aria-hidden />,
      disabledReason: refusal,
      onSelect: onSame,
    },
    {
      id: "rerun-changed",
      label: "Re-run with changes…",
      icon: <SlidersHorizontal aria-hidden />,
      disabledReason: refusal,
      onSelect: onChanged,
    },
  ];
}

function menuOf(again: readonly MenuAction[], others: readonly MenuAction[]): MenuItem[] {
  const last = others.at(-1);
  return [
    ...again,
    ...(again.length > 0 ? [{ kind: "divider" as const, id: "after-again" }] : []),
    ...others.slice(0, -1),
    { kind: "divider", id: "before-delete" },
    ...(last ? [last] : []),
  ];
}

function asPaletteItem({ id, label, icon, href, onSelect }: MenuAction): PaletteItem {
  return {
    id,
    label: typeof label === "string" ? label.replace("…", "") : id,
    icon,
    ...(href === undefined ? {} : { href }),
    ...(onSelect === undefined ? {} : { run: onSelect }),
  };
}

function placesOf(project: string, run: Run): MenuAction[] {
  const copy = async (text: string, what: string) => {
    if (await copyText(text)) toastDone(`Copied ${what}`);
  };
  return [
    {
      id: "compare",
      label: "Compare with others",
      icon: <GitCompareArrows aria-hidden />,
      href: `${projectPath(project, "compare")}?runs=${encodeURIComponent(run.id)}`,
    },
    {
      id: "copy-id",
      label: "Copy run id",
      icon: <Copy aria-hidden />,
      onSelect: () => void copy(run.id, "the run's id"),
    },
    {
      id: "copy-link",
      label: "Copy link to this view",
      icon: <Link2 aria-hidden />,
      onSelect: () => void copy(window.location.href, "the link"),
    },
  ];
}

interface MainActionProps {
  run: Run;
  job: Job;
  cancel: { run(input: undefined): void; busy: boolean };
  rerun: { run(input: undefined): void; busy: boolean };
  refusal: ReturnType<typeof useRefusal>;
}

function MainAction({ run, job, cancel, rerun, refusal }: MainActionProps) {
  if (!isActive(run.state)) {
    return (
      <Button
        variant="primary"
        busy={rerun.busy}
        icon={<RotateCw aria-hidden />}
        disabledReason={refusal("job.submit")}
        onClick={() => rerun.run(undefined)}
      >
        Re-run
      </Button>
    );
  }
  const stopping = cancel.busy || job.cancelRequestedAt !== null;
  return (
    <Button
      busy={stopping}
      icon={<Square aria-hidden />}
      disabledReason={refusal("job.cancel")}
      onClick={() => cancel.run(undefined)}
    >
      {stopping ? "Stopping…" : "Cancel"}
    </Button>
  );
}
