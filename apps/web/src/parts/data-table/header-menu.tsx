"use client";

import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  EyeOff,
  MoveHorizontal,
  Pin,
  PinOff,
} from "lucide-react";
import type { MenuItem } from "../menu-items.ts";
import { moveColumn, setPinned, setShown } from "./table-model.ts";
import type { TableView } from "./table-model.ts";
import type { PlacedColumn } from "./use-column-layout.ts";

export interface HeaderMenuOptions<Row> {
  placed: PlacedColumn<Row>;
  view: TableView;
  onViewChange(view: TableView): void;
  onFit(): void;
}

/** Everything that can be done to a column. */
export function headerMenuItems<Row>(options: HeaderMenuOptions<Row>): MenuItem[] {
  return [...sortItems(options), ...placeItems(options)];
}

function sortItems<Row>({ placed, view, onViewChange }: HeaderMenuOptions<Row>): MenuItem[] {
  if (placed.column.sortable === false) return [];
  const sortBy = (descending: boolean, add: boolean) => () => {
    const others = add ? view.sort.filter((key) => key.id !== placed.id) : [];
    onViewChange({ ...view, sort: [...others, { id: placed.id, descending }] });
  };
  const sorted = view.sort.some((key) => key.id === placed.id);
  const items: MenuItem[] = [
    {
      id: "ascending",
      label: "Sort ascending",
      icon: <ArrowUp aria-hidden />,
      onSelect: sortBy(false, false),
    },
    {
      id: "descending",
      label: "Sort descending",
      icon: <ArrowDown aria-hidden />,
      onSelect: sortBy(true, false),
    },
  ];
  if (view.sort.length > 0 && !sorted) {
    items.push({
      id: "then-by",
      label: "Then sort by this, descending",
      onSelect: sortBy(true, true),
    });
  }
  if (sorted) {
    const sort = view.sort.filter((key) => key.id !== placed.id);
    items.push({
      id: "unsort",
      label: "Do not sort by this",
      onSelect: () => onViewChange({ ...view, sort }),
    });
  }
  return [...items, { kind: "divider", id: "after-sort" }];
}

function placeItems<Row>({
  placed,
  view,
  onViewChange,
  onFit,
}: HeaderMenuOptions<Row>): MenuItem[] {
  const { id, pinned } = placed;
  const region = pinned
    ? view.pinned
    : view.columns.filter((other) => !view.pinned.includes(other));
  const at = region.indexOf(id);
  const left = region[at - 1];
  const right = region[at + 1];
  return [
    pinned
      ? {
          id: "unpin",
          label: "Unpin",
          icon: <PinOff aria-hidden />,
          onSelect: () => onViewChange(setPinned(view, id, false)),
        }
      : {
          id: "pin",
          label: "Pin to the left",
          icon: <Pin aria-hidden />,
          onSelect: () => onViewChange(setPinned(view, id, true)),
        },
    {
      id: "left",
      label: "Move left",
      icon: <ArrowLeft aria-hidden />,
      disabledReason: left === undefined ? "It is the first one" : null,
      onSelect: () => onViewChange(moveColumn(view, id, left)),
    },
    {
      id: "right",
      label: "Move right",
      icon: <ArrowRight aria-hidden />,
      disabledReason: right === undefined ? "It is the last one" : null,
      // Moving the right neighbour before this one keeps pins as they are.
      onSelect: () => right !== undefined && onViewChange(moveColumn(view, right, id)),
    },
    { id: "fit", label: "Fit to content", icon: <MoveHorizontal aria-hidden />, onSelect: onFit },
    {
      id: "hide",
      label: "Hide",
      icon: <EyeOff aria-hidden />,
      disabledReason: placed.column.fixed ? "This column is always shown" : null,
      onSelect: () => onViewChange(setShown(view, id, false)),
    },
  ];
}
