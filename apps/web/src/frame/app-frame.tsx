"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ReactNode } from "react";
import { cn } from "../parts/class-names.ts";
import { Sheet } from "../parts/dialog.tsx";
import { usePaletteSource } from "../parts/palette/palette-sources.ts";
import { useShortcut } from "../parts/shortcuts/shortcut-registry.ts";
import { isBoolean, useStoredState } from "../parts/stored-state.ts";
import type { NavItem } from "./navigation.ts";
import { RailSheetContext } from "./rail-sheet.ts";
import { Rail } from "./rail.tsx";
import type { RailProps } from "./rail.tsx";

export interface AppFrameProps extends Pick<RailProps, "items" | "footItems" | "head" | "foot"> {
  children: ReactNode;
}

/** Rail and page: the frame of every page of a project. */
export function AppFrame({ children, ...rail }: AppFrameProps) {
  const [collapsed, setCollapsed] = useStoredState("rail-collapsed", false, isBoolean);
  const [sheetOpen, setSheetOpen] = useState(false);
  useShortcut({
    keys: "[",
    label: "Collapse or expand the rail",
    group: "Anywhere",
    run: () => setCollapsed(!collapsed),
  });
  return (
    <RailSheetContext value={() => setSheetOpen(true)}>
      <a
        href="#content"
        className="sr-only z-60 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <div className="flex h-dvh overflow-hidden">
        <aside
          className={cn(
            "hidden shrink-0 border-r border-line md:block",
            collapsed ? "w-[52px]" : "w-56",
          )}
        >
          <Rail {...rail} collapsed={collapsed} onToggle={() => setCollapsed(!collapsed)} />
        </aside>
        <div className="flex min-w-0 flex-1 flex-col bg-surface">{children}</div>
      </div>
      <Sheet
        open={sheetOpen}
        onOpenChange={setSheetOpen}
        side="left"
        title="Navigation"
        titleHidden
        className="w-64"
      >
        <Rail {...rail} collapsed={false} onLeave={() => setSheetOpen(false)} />
      </Sheet>
      <Destinations items={[...rail.items, ...rail.footItems]} />
    </RailSheetContext>
  );
}

/** Makes every page of the rail reachable by its keys and through the palette. */
function Destinations({ items }: { items: readonly NavItem[] }) {
  usePaletteSource({
    id: "pages",
    heading: "Go to",
    rank: 10,
    find: () =>
      items.map((item) => ({
        id: item.id,
        label: item.label,
        href: item.href,
        keys: item.keys,
        icon: <item.icon aria-hidden />,
      })),
  });
  return items.map((item) => <DestinationKey key={item.id} item={item} />);
}

function DestinationKey({ item }: { item: NavItem }) {
  const router = useRouter();
  useShortcut({
    keys: item.keys,
    label: `Go to ${item.label.toLowerCase()}`,
    group: "Go to",
    run: () => router.push(item.href),
  });
  return null;
}
