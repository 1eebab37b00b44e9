"use client";

import { PanelLeftClose, PanelLeftOpen, Search } from "lucide-react";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { IconButton } from "../parts/button.tsx";
import { cn } from "../parts/class-names.ts";
import { useOpenPalette } from "../parts/palette/palette-sources.ts";
import { isAt } from "./navigation.ts";
import type { NavItem } from "./navigation.ts";
import { RailItem } from "./rail-item.tsx";

/** What a slot of the rail is told. */
export interface RailSlotProps {
  collapsed: boolean;
}

export interface RailProps {
  /** The pages. */
  items: readonly NavItem[];
  /** The lines at the foot, above the person. */
  footItems: readonly NavItem[];
  /** The project switcher at the head. */
  head(slot: RailSlotProps): ReactNode;
  /** The person's menu at the foot. */
  foot(slot: RailSlotProps): ReactNode;
  collapsed: boolean;
  /** Absent in the sheet on a phone, which does not collapse. */
  onToggle?: (() => void) | undefined;
  /** Called after a choice, to close the sheet. */
  onLeave?: (() => void) | undefined;
}

/** The navigation at the left, or in the sheet on a phone. */
export function Rail(props: RailProps) {
  const { items, footItems, head, foot, collapsed, onToggle, onLeave } = props;
  const openPalette = useOpenPalette();
  const search = () => {
    onLeave?.();
    openPalette();
  };
  return (
    <div
      className={cn("flex h-full flex-col gap-1 bg-canvas py-2.5", collapsed ? "px-2" : "px-2.5")}
    >
      <div className="mb-1.5">{head({ collapsed })}</div>
      <nav aria-label="Project" className="flex flex-col gap-0.5">
        <RailLinks items={items} collapsed={collapsed} onLeave={onLeave} />
      </nav>
      <div className="flex-1" />
      <div className="flex flex-col gap-0.5">
        <RailItem
          label="Search"
          icon={<Search />}
          keys="mod+k"
          collapsed={collapsed}
          onPress={search}
        />
        <RailLinks items={footItems} collapsed={collapsed} onLeave={onLeave} />
      </div>
      <div
        className={cn(
          "mt-1.5 flex items-center gap-1 border-t border-line pt-2",
          collapsed && "flex-col",
        )}
      >
        <div className="min-w-0 flex-1">{foot({ collapsed })}</div>
        {onToggle ? (
          <IconButton
            label={collapsed ? "Expand the rail" : "Collapse the rail"}
            keys="["
            onClick={onToggle}
          >
            {collapsed ? <PanelLeftOpen aria-hidden /> : <PanelLeftClose aria-hidden />}
          </IconButton>
        ) : null}
      </div>
    </div>
  );
}

interface RailLinksProps {
  items: readonly NavItem[];
  collapsed: boolean;
  onLeave: (() => void) | undefined;
}

function RailLinks({ items, collapsed, onLeave }: RailLinksProps) {
  const pathname = usePathname();
  return items.map((item) => (
    <RailItem
      key={item.id}
      label={item.label}
      icon={<item.icon aria-hidden />}
      href={item.href}
      current={isAt(item, pathname)}
      keys={item.keys}
      collapsed={collapsed}
      onPress={onLeave}
    />
  ));
}
