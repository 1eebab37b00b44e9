"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronDown, ChevronRight, File, Folder, FolderOpen } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import { cn } from "../class-names.ts";
import { formatBytes } from "../format/bytes.ts";
import { MiddleTruncate } from "../middle-truncate.tsx";
import { Skeleton } from "../skeleton.tsx";
import { foldersAbove, type FolderState, type TreeRow, treeRows } from "./tree-rows.ts";

export interface FileTreeProps {
  /** Names the tree for screen readers. */
  label: string;
  /** What is known of a folder; "" is the root. A stable function while nothing changes. */
  folder(path: string): FolderState | undefined;
  /** A folder was opened, so that its entries can be loaded. */
  onOpen?: ((path: string) => void) | undefined;
  onRetry?: ((path: string) => void) | undefined;
  /** The file that is shown; the folders above it are open at first. */
  selected: string | undefined;
  onSelect(path: string): void;
  className?: string | undefined;
}

const rowHeight = 26;

/** Folders and files: arrow keys move, Enter chooses. Any number of them. */
export function FileTree(props: FileTreeProps) {
  const { label, folder, selected, onSelect, onOpen, onRetry, className } = props;
  const [switched, setSwitched] = useState<ReadonlyMap<string, boolean>>(
    () => new Map(foldersAbove(selected ?? "").map((path) => [path, true])),
  );
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const [cursor, setCursor] = useState<string | undefined>(selected);
  const rows = useRows(folder, switched);
  useOpened(rows, onOpen);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const setFolder = (path: string, isOpen: boolean) =>
    setSwitched(new Map(switched).set(path, isOpen));
  const choose = (row: TreeRow) => {
    if (row.kind === "failed") onRetry?.(row.path);
    if (row.kind !== "entry") return;
    setCursor(row.entry.path);
    if (row.entry.directory) setFolder(row.entry.path, !row.open);
    else onSelect(row.entry.path);
  };
  const at = placeOf(rows, cursor);
  const press = (event: KeyboardEvent) => {
    const move = keyMove(event.key, rows, at);
    if (move === undefined) return;
    event.preventDefault();
    if ("choose" in move) return choose(move.choose);
    if ("fold" in move) return setFolder(move.fold, move.open);
    const row = rows[move.to];
    if (row?.kind !== "entry") return;
    setCursor(row.entry.path);
    virtual.scrollToIndex(move.to);
  };
  return (
    <div
      ref={setScroller}
      role="tree"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={at === -1 ? undefined : rowId(label, at)}
      onKeyDown={press}
      className={cn("group/tree focus-inset min-h-0 overflow-auto py-1 text-sm", className)}
    >
      <div style={{ height: virtual.getTotalSize() }} className="relative min-w-full">
        <TreeLines
          label={label}
          rows={rows}
          places={virtual.getVirtualItems()}
          selected={selected}
          at={at}
          onChoose={choose}
        />
      </div>
    </div>
  );
}

function placeOf(rows: readonly TreeRow[], path: string | undefined): number {
  return rows.findIndex((row) => row.kind === "entry" && row.entry.path === path);
}

function useRows(folder: FileTreeProps["folder"], switched: ReadonlyMap<string, boolean>) {
  return useMemo(
    // A folder that is alone in its folder is open: closed, it would only ask for a press.
    () => treeRows({ folder, isOpen: (path, alone) => switched.get(path) ?? alone }),
    [folder, switched],
  );
}

interface TreeLinesProps {
  label: string;
  rows: readonly TreeRow[];
  /** The lines to draw, and where. */
  places: readonly { readonly index: number; readonly start: number }[];
  selected: string | undefined;
  /** The line under the cursor; -1 for none. */
  at: number;
  onChoose(row: TreeRow): void;
}

function TreeLines({ label, rows, places, selected, at, onChoose }: TreeLinesProps) {
  return places.map(({ index, start }) => {
    const row = rows[index];
    return row ? (
      <TreeLine
        key={row.kind === "entry" ? row.entry.path : `${row.path}/:${row.kind}`}
        id={rowId(label, index)}
        row={row}
        top={start}
        selected={row.kind === "entry" && row.entry.path === selected}
        current={index === at}
        onChoose={() => onChoose(row)}
      />
    ) : null;
  });
}

function rowId(label: string, at: number): string {
  return `tree-${label.replaceAll(/\W+/g, "-")}-${at}`;
}

/** Tells of folders that are open, at first and as they are opened. */
function useOpened(rows: readonly TreeRow[], onOpen: FileTreeProps["onOpen"]) {
  const latest = useRef(onOpen);
  useEffect(() => {
    latest.current = onOpen;
  });
  useEffect(() => {
    latest.current?.("");
    for (const row of rows) {
      if (row.kind === "entry" && row.open) latest.current?.(row.entry.path);
    }
  }, [rows]);
}

type Move =
  | { readonly to: number }
  | { readonly choose: TreeRow }
  | { readonly fold: string; readonly open: boolean };

/** What a key does at a line of the tree. */
function keyMove(key: string, rows: readonly TreeRow[], at: number): Move | undefined {
  const row = rows[at];
  switch (key) {
    case "ArrowDown":
      return { to: nextEntry(rows, at, 1) };
    case "ArrowUp":
      return { to: nextEntry(rows, at === -1 ? rows.length : at, -1) };
    case "Home":
      return { to: nextEntry(rows, -1, 1) };
    case "End":
      return { to: nextEntry(rows, rows.length, -1) };
    case "Enter":
    case " ":
      return row && { choose: row };
    case "ArrowRight":
      return moveIn(rows, at);
    case "ArrowLeft":
      return moveOut(rows, at);
    default:
      return undefined;
  }
}

function moveIn(rows: readonly TreeRow[], at: number): Move | undefined {
  const row = rows[at];
  if (row?.kind !== "entry" || row.open === undefined) return undefined;
  return row.open ? { to: nextEntry(rows, at, 1) } : { fold: row.entry.path, open: true };
}

function moveOut(rows: readonly TreeRow[], at: number): Move | undefined {
  const row = rows[at];
  if (row?.kind !== "entry") return undefined;
  if (row.open) return { fold: row.entry.path, open: false };
  return { to: rows.findLastIndex((other, index) => index < at && other.depth < row.depth) };
}

function nextEntry(rows: readonly TreeRow[], from: number, by: 1 | -1): number {
  for (let at = from + by; at >= 0 && at < rows.length; at += by) {
    if (rows[at]?.kind === "entry") return at;
  }
  return from;
}

interface TreeLineProps {
  id: string;
  row: TreeRow;
  top: number;
  selected: boolean;
  current: boolean;
  onChoose(): void;
}

function TreeLine({ id, row, top, selected, current, onChoose }: TreeLineProps) {
  const entry = row.kind === "entry" ? row : undefined;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the tree listens for keys
    <div
      id={id}
      role="treeitem"
      tabIndex={-1}
      aria-level={row.depth + 1}
      aria-expanded={entry?.open}
      aria-selected={selected}
      onClick={onChoose}
      style={{
        transform: `translateY(${top}px)`,
        height: rowHeight,
        paddingLeft: 8 + row.depth * 16,
      }}
      className={cn(
        "absolute inset-x-0 top-0 flex cursor-default items-center gap-1.5 pr-2 outline-none hover:bg-hover",
        selected && "bg-selected font-medium hover:bg-selected",
        current && "group-focus-visible/tree:ring-1 group-focus-visible/tree:ring-focus ring-inset",
      )}
    >
      {entry ? <EntryParts row={entry} /> : <NoteParts row={row} />}
    </div>
  );
}

function EntryParts({ row }: { row: Extract<TreeRow, { kind: "entry" }> }) {
  const { entry, name, open } = row;
  const Arrow = open ? ChevronDown : ChevronRight;
  const Icon = open === undefined ? File : open ? FolderOpen : Folder;
  return (
    <>
      {open === undefined ? (
        <span className="w-3.5 shrink-0" />
      ) : (
        <Arrow className="size-3.5 shrink-0 text-ink-3" aria-hidden />
      )}
      <Icon className="size-3.5 shrink-0 text-ink-3" aria-hidden />
      <MiddleTruncate text={name} className="flex-1" />
      {entry.sizeBytes == null ? null : (
        <span className="tabular shrink-0 text-xs font-normal text-ink-3">
          {formatBytes(entry.sizeBytes)}
        </span>
      )}
    </>
  );
}

function NoteParts({ row }: { row: TreeRow }) {
  if (row.kind === "loading") return <Skeleton className="ml-5 h-3 w-28" />;
  if (row.kind === "failed") {
    return <span className="ml-5 text-bad">Could not be read. Press to try again.</span>;
  }
  return <span className="ml-5 text-ink-3">Empty</span>;
}
