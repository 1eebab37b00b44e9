"use client";

import { LogOut, Monitor, Moon, Sun, UserRound } from "lucide-react";
import { useTheme } from "next-themes";
import { useMemo } from "react";
import { cn } from "../parts/class-names.ts";
import { DropdownMenu } from "../parts/menu.tsx";
import type { MenuItem } from "../parts/menu-items.ts";
import { usePaletteSource } from "../parts/palette/palette-sources.ts";

export interface PersonMenuProps {
  name: string;
  email: string;
  profileHref: string;
  collapsed: boolean;
  onSignOut(): void;
}

/** Who is signed in; theme, profile, sign out. */
export function PersonMenu({ name, email, profileHref, collapsed, onSignOut }: PersonMenuProps) {
  const themeItems = useThemeItems();
  const items: MenuItem[] = [
    { kind: "heading", id: "email", label: email },
    {
      id: "profile",
      label: "Profile and tokens",
      icon: <UserRound aria-hidden />,
      href: profileHref,
    },
    { kind: "divider", id: "before-theme" },
    ...themeItems,
    { kind: "divider", id: "before-leave" },
    { id: "sign-out", label: "Sign out", icon: <LogOut aria-hidden />, onSelect: onSignOut },
  ];
  return (
    <DropdownMenu
      align="start"
      side="top"
      items={items}
      trigger={
        <button
          type="button"
          title={collapsed ? name : undefined}
          className={cn(
            "flex h-8 w-full items-center gap-2 rounded-md px-1.5 transition-colors hover:bg-hover data-[state=open]:bg-hover",
            collapsed && "justify-center px-0",
          )}
        >
          <Initials name={name} />
          <span className={collapsed ? "sr-only" : "min-w-0 flex-1 truncate text-left text-base"}>
            {name}
          </span>
          <span className="sr-only">: profile and theme</span>
        </button>
      }
    />
  );
}

/** A person as the first letters of their name. */
export function Initials({ name, className }: { name: string; className?: string | undefined }) {
  const letters = name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => word.slice(0, 1).toUpperCase())
    .join("");
  return (
    <span
      aria-hidden
      className={cn(
        "inline-flex size-5.5 shrink-0 items-center justify-center rounded-full bg-accent-soft text-[10px] font-semibold text-accent-ink",
        className,
      )}
    >
      {letters || "?"}
    </span>
  );
}

const themes = [
  { value: "system", label: "As the system", icon: <Monitor aria-hidden /> },
  { value: "light", label: "Light", icon: <Sun aria-hidden /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden /> },
] as const;

function useThemeItems(): MenuItem[] {
  const { theme, setTheme } = useTheme();
  usePaletteSource({
    id: "themes",
    heading: "Theme",
    rank: 90,
    find: (query) =>
      query === ""
        ? []
        : themes.map(({ value, label, icon }) => ({
            id: value,
            label: `Theme: ${label.toLowerCase()}`,
            icon,
            run: () => setTheme(value),
          })),
  });
  return useMemo(
    () => [
      { kind: "heading", id: "theme", label: "Theme" },
      {
        kind: "choice",
        id: "theme-choice",
        value: theme ?? "system",
        onValueChange: setTheme,
        options: themes.map(({ value, label }) => ({ value, label })),
      },
    ],
    [theme, setTheme],
  );
}
