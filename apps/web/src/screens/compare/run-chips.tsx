"use client";

import type { Run } from "@tessera/contracts/run";
import { Anchor, Eye, EyeOff, Palette, X } from "lucide-react";
import Link from "next/link";
import { projectPath } from "../../frame/navigation.ts";
import { Badge } from "../../parts/badge.tsx";
import { Button } from "../../parts/button.tsx";
import { cn } from "../../parts/class-names.ts";
import { RunColorPicker } from "../../parts/run-colors/run-dot.tsx";
import { distinctHues } from "../../parts/run-colors/run-hues.ts";
import { useRunColors } from "../../parts/run-colors/use-run-colors.ts";
import { StateBadge } from "../../parts/state-badge.tsx";

export interface RunChipsProps {
  project: string;
  runs: readonly Run[];
  baseline: string | undefined;
  onBaselineChange(id: string): void;
  hidden: ReadonlySet<string>;
  onToggle(id: string): void;
  onRemove(id: string): void;
  highlighted: string | undefined;
  onHighlight(id: string | undefined): void;
}

/** The compared runs: colour, state, name; which is the baseline, which is drawn, and a way out. */
export function RunChips(props: RunChipsProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <ul
        aria-label="Compared runs"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- many runs scroll, by keyboard too
        tabIndex={0}
        className="flex max-h-36 min-w-0 flex-wrap gap-1.5 overflow-y-auto rounded-md py-px"
      >
        {props.runs.map((run) => (
          <RunChip key={run.id} {...props} run={run} />
        ))}
      </ul>
      <OwnColors runs={props.runs} />
    </div>
  );
}

/** Twelve hues for any number of runs: where some share one, each can be given its own. */
function OwnColors({ runs }: { runs: readonly Run[] }) {
  const { hueOf, chooseMany } = useRunColors();
  const hues = distinctHues(
    runs.map((run) => run.id),
    hueOf,
  );
  if (Object.keys(hues).length === 0) return null;
  return (
    <Button
      size="sm"
      variant="ghost"
      icon={<Palette aria-hidden />}
      title="Some of these runs have the same colour"
      onClick={() => chooseMany(hues)}
    >
      Tell the colours apart
    </Button>
  );
}

function RunChip(props: RunChipsProps & { run: Run }) {
  const { project, run, runs, baseline, hidden, highlighted, onHighlight } = props;
  const isBaseline = run.id === baseline;
  const away = hidden.has(run.id);
  return (
    <li
      onPointerEnter={() => onHighlight(run.id)}
      onPointerLeave={() => onHighlight(undefined)}
      className={cn(
        "inline-flex h-8 max-w-full min-w-0 items-center gap-1 rounded-md border border-line bg-surface pr-1 pl-1.5 text-sm",
        isBaseline && "border-accent bg-accent-soft",
        run.id === highlighted && "border-line-strong",
      )}
    >
      <RunColorPicker runId={run.id} runName={run.name} />
      <StateBadge state={run.state} compact />
      <Link
        href={projectPath(project, "runs", run.id)}
        title={run.name}
        className={cn(
          "ml-0.5 max-w-56 truncate rounded-xs font-medium hover:underline",
          away && "text-ink-3",
        )}
      >
        {run.name === "" ? run.id : run.name}
      </Link>
      {run.deleted ? <Badge tone="warn">deleted</Badge> : null}
      {isBaseline ? <Badge tone="accent">baseline</Badge> : null}
      <span className="flex">
        {isBaseline ? null : (
          <ChipButton
            label={`Make ${run.name} the baseline`}
            title="Make it the baseline"
            onPress={() => props.onBaselineChange(run.id)}
          >
            <Anchor aria-hidden />
          </ChipButton>
        )}
        <ChipButton
          label={`${run.name} in the charts`}
          title={away ? "Show in the charts" : "Hide from the charts"}
          pressed={!away}
          onPress={() => props.onToggle(run.id)}
        >
          {away ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        </ChipButton>
        {runs.length > 1 ? (
          <ChipButton
            label={`Take ${run.name} out of the comparison`}
            title="Take it out"
            onPress={() => props.onRemove(run.id)}
          >
            <X aria-hidden />
          </ChipButton>
        ) : null}
      </span>
    </li>
  );
}

interface ChipButtonProps {
  label: string;
  title: string;
  pressed?: boolean;
  onPress(): void;
  children: React.ReactNode;
}

function ChipButton({ label, title, pressed, onPress, children }: ChipButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={title}
      {...(pressed === undefined ? {} : { "aria-pressed": pressed })}
      onClick={onPress}
      className="inline-flex size-6 items-center justify-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink [&_svg]:size-3.5"
    >
      {children}
    </button>
  );
}
