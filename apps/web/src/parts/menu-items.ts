import type { ReactNode } from "react";

export interface MenuAction {
  kind?: "action";
  id: string;
  label: ReactNode;
  icon?: ReactNode;
  /** Drawn at the right; the key itself is registered with `useShortcut`. */
  keys?: string;
  danger?: boolean;
  /** Why it cannot work now; drawn under the label. */
  disabledReason?: string | null;
  /** A ready link, so that it can be opened in a new tab. */
  href?: string;
  onSelect?(): void;
}

export interface MenuCheck {
  kind: "check";
  id: string;
  label: ReactNode;
  checked: boolean;
  onCheckedChange(checked: boolean): void;
}

export interface MenuChoice {
  kind: "choice";
  id: string;
  value: string;
  options: readonly { value: string; label: ReactNode }[];
  onValueChange(value: string): void;
}

export interface MenuHeading {
  kind: "heading";
  id: string;
  label: ReactNode;
}

export interface MenuDivider {
  kind: "divider";
  id: string;
}

export interface MenuBranch {
  kind: "branch";
  id: string;
  label: ReactNode;
  icon?: ReactNode;
  items: readonly MenuItem[];
}

/** One description for the dropdown menu and the context menu. */
export type MenuItem = MenuAction | MenuCheck | MenuChoice | MenuHeading | MenuDivider | MenuBranch;

export const menuContentClasses =
  "z-50 max-h-[min(480px,80dvh)] min-w-44 max-w-80 animate-pop overflow-y-auto rounded-md bg-raised p-1 shadow-pop outline-none";

export const menuItemClasses =
  "relative flex min-h-7 cursor-default items-center gap-2 rounded-sm px-2 py-1 text-sm text-ink outline-none select-none data-[highlighted]:bg-hover data-[disabled]:text-ink-3 [&_svg]:size-3.5 [&_svg]:shrink-0";
