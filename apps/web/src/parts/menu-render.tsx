"use client";

import { Check, ChevronRight, Dot } from "lucide-react";
import Link from "next/link";
import type { ContextMenu, DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./class-names.ts";
import { KeyLabel } from "./key-label.tsx";
import { menuContentClasses, menuItemClasses } from "./menu-items.ts";
import type { MenuAction, MenuBranch, MenuCheck, MenuChoice, MenuItem } from "./menu-items.ts";

/** The primitives that Radix's two menus have in common. */
export type MenuKit = typeof DropdownMenu | typeof ContextMenu;

/** Items, or how to make them: they are made when the menu opens. */
export type MenuItems = readonly MenuItem[] | (() => readonly MenuItem[]);

/** Draws items with either of Radix's menus. */
export function MenuContent({ kit, items }: { kit: MenuKit; items: MenuItems }): ReactNode {
  return renderMenuItems(kit, typeof items === "function" ? items() : items);
}

function renderMenuItems(kit: MenuKit, items: readonly MenuItem[]): ReactNode {
  return items.map((item) => renderItem(kit, item));
}

function renderItem(kit: MenuKit, item: MenuItem): ReactNode {
  switch (item.kind) {
    case "divider":
      return <kit.Separator key={item.id} className="-mx-1 my-1 h-px bg-line" />;
    case "heading":
      return (
        <kit.Label key={item.id} className="px-2 pt-1.5 pb-1 text-xs font-medium text-ink-3">
          {item.label}
        </kit.Label>
      );
    case "check":
      return renderCheck(kit, item);
    case "choice":
      return renderChoice(kit, item);
    case "branch":
      return renderBranch(kit, item);
    case "action":
    case undefined:
      return renderAction(kit, item);
  }
}

function renderAction(kit: MenuKit, item: MenuAction): ReactNode {
  const body = (
    <>
      <span className="text-ink-3 empty:hidden">{item.icon}</span>
      <span className="min-w-0 flex-1 truncate">
        {item.label}
        {item.disabledReason ? (
          <span className="block text-xs whitespace-normal text-ink-3">{item.disabledReason}</span>
        ) : null}
      </span>
      {item.keys ? <KeyLabel keys={item.keys} hidden className="ml-4" /> : null}
    </>
  );
  const linked = item.href !== undefined && !item.disabledReason;
  return (
    <kit.Item
      key={item.id}
      disabled={Boolean(item.disabledReason)}
      onSelect={() => item.onSelect?.()}
      asChild={linked}
      className={cn(
        menuItemClasses,
        item.danger && "text-bad data-[highlighted]:bg-bad-soft [&_svg]:text-bad",
      )}
    >
      {linked ? <Link href={item.href ?? ""}>{body}</Link> : body}
    </kit.Item>
  );
}

function renderCheck(kit: MenuKit, item: MenuCheck): ReactNode {
  return (
    <kit.CheckboxItem
      key={item.id}
      checked={item.checked}
      onCheckedChange={item.onCheckedChange}
      // Several can be switched in one visit.
      onSelect={(event) => event.preventDefault()}
      className={cn(menuItemClasses, "pl-7")}
    >
      <kit.ItemIndicator className="absolute left-2 text-accent-ink">
        <Check aria-hidden />
      </kit.ItemIndicator>
      <span className="min-w-0 flex-1 truncate">{item.label}</span>
    </kit.CheckboxItem>
  );
}

function renderChoice(kit: MenuKit, item: MenuChoice): ReactNode {
  return (
    <kit.RadioGroup key={item.id} value={item.value} onValueChange={item.onValueChange}>
      {item.options.map((option) => (
        <kit.RadioItem
          key={option.value}
          value={option.value}
          className={cn(menuItemClasses, "pl-7")}
        >
          <kit.ItemIndicator className="absolute left-1 text-accent-ink [&_svg]:size-5">
            <Dot aria-hidden strokeWidth={4} />
          </kit.ItemIndicator>
          <span className="min-w-0 flex-1 truncate">{option.label}</span>
        </kit.RadioItem>
      ))}
    </kit.RadioGroup>
  );
}

function renderBranch(kit: MenuKit, item: MenuBranch): ReactNode {
  return (
    <kit.Sub key={item.id}>
      <kit.SubTrigger className={cn(menuItemClasses, "data-[state=open]:bg-hover")}>
        <span className="text-ink-3 empty:hidden">{item.icon}</span>
        <span className="min-w-0 flex-1 truncate">{item.label}</span>
        <ChevronRight className="text-ink-3" aria-hidden />
      </kit.SubTrigger>
      <kit.Portal>
        <kit.SubContent className={menuContentClasses} collisionPadding={8}>
          {renderMenuItems(kit, item.items)}
        </kit.SubContent>
      </kit.Portal>
    </kit.Sub>
  );
}
