"use client";

import type { Run } from "@tessera/contracts/run";
import {
  Copy,
  Download,
  Eye,
  EyeOff,
  GitCompareArrows,
  RotateCcw,
  Tag,
  Trash2,
  X,
} from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { Button, IconButton } from "../../parts/button.tsx";
import { formatCount } from "../../parts/format/number.ts";
import { useShortcut } from "../../parts/shortcuts/shortcut-registry.ts";
import { comparePath, mostCompared } from "./compare-path.ts";
import type { RunActions } from "./use-run-actions.ts";

export interface SelectionBarProps {
  project: string;
  selected: readonly Run[];
  /** How many are selected in all, with those that the list does not show now. */
  count: number;
  deletedView: boolean;
  actions: RunActions;
  /** Why the person may not, by what they want to do; null where they may. */
  refusal(action: "run.write" | "run.delete"): string | null;
  chartsOpen: boolean;
  allHidden: boolean;
  onHide(hide: boolean): void;
  onTag(): void;
  onCopy(): void;
  onExport(): void;
  onClear(): void;
}

/** What can be done with the selected runs. It takes the footer's place, so that nothing moves. */
export function SelectionBar(props: SelectionBarProps) {
  const { selected, count, onClear } = props;
  const elsewhere = count - selected.length;
  return (
    <div
      role="toolbar"
      aria-label="Selected runs"
      className="no-scrollbar flex h-11 shrink-0 items-center gap-1.5 overflow-x-auto border-t border-line bg-accent-soft px-2 sm:px-3"
    >
      <span role="status" className="tabular mr-1 shrink-0 text-sm font-medium whitespace-nowrap">
        {formatCount(count)} selected
        {elsewhere > 0 ? (
          <span className="font-normal text-ink-2">
            {" "}
            ({formatCount(elsewhere)} not in this list)
          </span>
        ) : null}
      </span>
      <CompareButton {...props} />
      <TagButton {...props} />
      <HideButton {...props} />
      <Button size="sm" variant="ghost" icon={<Copy aria-hidden />} onClick={props.onCopy}>
        Copy
      </Button>
      <Button size="sm" variant="ghost" icon={<Download aria-hidden />} onClick={props.onExport}>
        CSV
      </Button>
      <DeleteButton {...props} />
      <IconButton label="Clear the selection" className="ml-auto" onClick={onClear}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}

function CompareButton({ project, selected }: SelectionBarProps) {
  const router = useRouter();
  const href = comparePath(
    project,
    selected.map((run) => run.id),
  );
  const blocked =
    selected.length < 2
      ? "Select two runs or more"
      : selected.length > mostCompared
        ? `At most ${mostCompared} runs can be compared`
        : null;
  useShortcut({
    keys: "c",
    label: "Compare the selected runs",
    group: "This page",
    enabled: blocked === null,
    run: () => router.push(href),
  });
  if (blocked !== null) {
    return (
      <Button size="sm" icon={<GitCompareArrows aria-hidden />} disabledReason={blocked}>
        Compare
      </Button>
    );
  }
  return (
    <Button size="sm" variant="primary" asChild>
      <Link href={href}>
        <GitCompareArrows aria-hidden />
        Compare
      </Link>
    </Button>
  );
}

function TagButton({ refusal, deletedView, onTag }: SelectionBarProps) {
  const blocked = deletedView ? "Restore them first" : refusal("run.write");
  useShortcut({
    keys: "t",
    label: "Tag the selected runs",
    group: "This page",
    enabled: blocked === null,
    run: onTag,
  });
  return (
    <Button
      size="sm"
      variant="ghost"
      icon={<Tag aria-hidden />}
      disabledReason={blocked}
      onClick={onTag}
    >
      Tag
    </Button>
  );
}

function HideButton({ chartsOpen, allHidden, onHide }: SelectionBarProps) {
  useShortcut({
    keys: "v",
    label: "Hide the selected runs from the charts, or show them",
    group: "This page",
    enabled: chartsOpen,
    run: () => onHide(!allHidden),
  });
  if (!chartsOpen) return null;
  return (
    <Button
      size="sm"
      variant="ghost"
      icon={allHidden ? <Eye aria-hidden /> : <EyeOff aria-hidden />}
      onClick={() => onHide(!allHidden)}
    >
      {allHidden ? "Show" : "Hide"}
    </Button>
  );
}

function DeleteButton({ selected, deletedView, actions, refusal, onClear }: SelectionBarProps) {
  const act = async () => {
    await (deletedView ? actions.restore(selected) : actions.remove(selected));
    onClear();
  };
  return (
    <Button
      size="sm"
      variant={deletedView ? "ghost" : "danger-ghost"}
      icon={deletedView ? <RotateCcw aria-hidden /> : <Trash2 aria-hidden />}
      busy={actions.busy}
      disabledReason={refusal("run.delete")}
      onClick={() => void act()}
    >
      {deletedView ? "Restore" : "Delete"}
    </Button>
  );
}
