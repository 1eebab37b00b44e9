import type { Run } from "@tessera/contracts/run";
import { Copy, ExternalLink, Eye, EyeOff, RotateCcw, Tag, Trash2 } from "lucide-react";
import { projectPath } from "../../frame/navigation.ts";
import { copyText } from "../../parts/copy-button.tsx";
import type { MenuItem } from "../../parts/menu-items.ts";
import type { ChartedRuns } from "./charted-runs.tsx";
import type { RunActions } from "./use-run-actions.ts";

export interface RunMenuOptions {
  project: string;
  run: Run;
  charted: ChartedRuns;
  actions: RunActions;
  refusal(action: "run.write" | "run.delete"): string | null;
  deletedView: boolean;
  onTag(runs: readonly Run[]): void;
}

/** What a right press on a run offers. */
export function runMenuItems(options: RunMenuOptions): MenuItem[] {
  const { project, run, charted, actions, refusal, deletedView, onTag } = options;
  const away = charted.hidden.has(run.id);
  return [
    {
      id: "open",
      label: "Open",
      icon: <ExternalLink aria-hidden />,
      href: projectPath(project, "runs", run.id),
    },
    ...(charted.open
      ? [
          {
            id: "eye",
            label: away ? "Show in the charts" : "Hide from the charts",
            icon: away ? <Eye aria-hidden /> : <EyeOff aria-hidden />,
            onSelect: () => charted.toggle(run.id),
          },
        ]
      : []),
    {
      id: "copy-id",
      label: "Copy id",
      icon: <Copy aria-hidden />,
      onSelect: () => void copyText(run.id),
    },
    {
      id: "tag",
      label: "Tag …",
      icon: <Tag aria-hidden />,
      disabledReason: deletedView ? "Restore it first" : refusal("run.write"),
      onSelect: () => onTag([run]),
    },
    { kind: "divider", id: "before-delete" },
    deletedView
      ? {
          id: "restore",
          label: "Restore",
          icon: <RotateCcw aria-hidden />,
          disabledReason: refusal("run.delete"),
          onSelect: () => void actions.restore([run]),
        }
      : {
          id: "delete",
          label: "Delete",
          icon: <Trash2 aria-hidden />,
          danger: true,
          disabledReason: refusal("run.delete"),
          onSelect: () => void actions.remove([run]),
        },
  ];
}
