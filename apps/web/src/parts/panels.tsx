"use client";

import { useEffect } from "react";
import type { ReactNode } from "react";
import { Group, Panel, Separator, useGroupRef } from "react-resizable-panels";
import type { Layout } from "react-resizable-panels";
import { cn } from "./class-names.ts";
import { isNumber, isRecordOf, readStored, writeStored } from "./stored-state.ts";

const isLayout = isRecordOf(isNumber);

export interface PanelSpec {
  id: string;
  content: ReactNode;
  /** In percent of the whole. */
  defaultSize?: number | undefined;
  /** In pixels. */
  minSize?: number | undefined;
  /** Can be folded away by dragging it small, or by Enter on its edge. */
  collapsible?: boolean | undefined;
  className?: string | undefined;
}

export interface PanelsProps {
  /** What the sizes are remembered under, per person. */
  storageKey: string;
  direction?: "horizontal" | "vertical" | undefined;
  panels: readonly PanelSpec[];
  className?: string | undefined;
}

/** Panels whose edges can be dragged, or moved with the arrow keys; the sizes are remembered. */
export function Panels({ storageKey, direction = "horizontal", panels, className }: PanelsProps) {
  const ids = panels.map((panel) => panel.id).join("|");
  const key = `panels:${storageKey}:${ids}`;
  const group = useGroupRef();
  useEffect(() => {
    // Not as the first layout: the server, which draws the page first, does not know it.
    const stored = rememberedLayout(key, ids.split("|"));
    if (stored) group.current?.setLayout(stored);
  }, [group, key, ids]);
  return (
    <Group
      key={ids}
      groupRef={group}
      orientation={direction}
      className={cn("min-h-0 min-w-0", className)}
      onLayoutChanged={(layout, meta) => {
        if (meta.isUserInteraction) writeStored(key, layout);
      }}
    >
      {panels.map((panel, at) => (
        <PanelSlot key={panel.id} panel={panel} direction={direction} first={at === 0} />
      ))}
    </Group>
  );
}

function rememberedLayout(key: string, ids: readonly string[]): Layout | undefined {
  const stored = readStored(key);
  return isLayout(stored) && ids.every((id) => stored[id] !== undefined) ? stored : undefined;
}

interface PanelSlotProps {
  panel: PanelSpec;
  direction: "horizontal" | "vertical";
  first: boolean;
}

function PanelSlot({ panel, direction, first }: PanelSlotProps) {
  return (
    <>
      {first ? null : (
        <Separator
          aria-label="Resize"
          className={cn(
            "relative shrink-0 bg-line transition-colors outline-none hover:bg-accent focus-visible:bg-accent data-[separator=active]:bg-accent",
            // A hair to look at, and nine pixels to take hold of.
            "before:absolute before:content-['']",
            direction === "horizontal"
              ? "w-px before:inset-y-0 before:-inset-x-1"
              : "h-px before:inset-x-0 before:-inset-y-1",
          )}
        />
      )}
      <Panel
        id={panel.id}
        minSize={panel.minSize ?? 160}
        {...(panel.defaultSize === undefined ? {} : { defaultSize: `${panel.defaultSize}%` })}
        collapsible={panel.collapsible ?? false}
        className={cn("min-h-0 min-w-0", panel.className)}
      >
        {panel.content}
      </Panel>
    </>
  );
}
