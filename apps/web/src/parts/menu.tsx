"use client";

import { ContextMenu as RadixContext, DropdownMenu as RadixDropdown } from "radix-ui";
import type { ReactNode } from "react";
import { menuContentClasses } from "./menu-items.ts";
import { MenuContent } from "./menu-render.tsx";
import type { MenuItems } from "./menu-render.tsx";

export interface DropdownMenuProps {
  trigger: ReactNode;
  items: MenuItems;
  align?: "start" | "center" | "end" | undefined;
  side?: "top" | "right" | "bottom" | "left" | undefined;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
}

/** A menu under a button. The trigger must be one element that takes a ref. */
export function DropdownMenu(props: DropdownMenuProps) {
  const { trigger, items, align = "end", side = "bottom", open, onOpenChange } = props;
  return (
    <RadixDropdown.Root
      // Not modal: the page behind it stays readable, to screen readers too.
      modal={false}
      {...(open === undefined ? {} : { open })}
      {...(onOpenChange === undefined ? {} : { onOpenChange })}
    >
      <RadixDropdown.Trigger asChild>{trigger}</RadixDropdown.Trigger>
      <RadixDropdown.Portal>
        <RadixDropdown.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={menuContentClasses}
        >
          <MenuContent kit={RadixDropdown} items={items} />
        </RadixDropdown.Content>
      </RadixDropdown.Portal>
    </RadixDropdown.Root>
  );
}

export interface ContextMenuProps {
  items: MenuItems;
  children: ReactNode;
  /** Called before it opens, so that the items can be made for what lies under the pointer. */
  onOpenChange?: ((open: boolean) => void) | undefined;
}

/** The same menu on a right click, or the menu key. */
export function ContextMenu({ items, children, onOpenChange }: ContextMenuProps) {
  return (
    <RadixContext.Root modal={false} {...(onOpenChange === undefined ? {} : { onOpenChange })}>
      <RadixContext.Trigger asChild>{children}</RadixContext.Trigger>
      <RadixContext.Portal>
        <RadixContext.Content collisionPadding={8} className={menuContentClasses}>
          <MenuContent kit={RadixContext} items={items} />
        </RadixContext.Content>
      </RadixContext.Portal>
    </RadixContext.Root>
  );
}
