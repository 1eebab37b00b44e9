import {
  Activity,
  Boxes,
  BrainCircuit,
  Database,
  LayoutDashboard,
  ListOrdered,
  Settings,
  Target,
} from "lucide-react";
import type { LucideIcon } from "lucide-react";

export interface NavItem {
  id: string;
  label: string;
  href: string;
  icon: LucideIcon;
  /** The sequence that goes there. */
  keys: string;
  /** Only this very address counts as being there, not the pages below it. */
  exact?: boolean;
}

/** The address of a project's page: `projectPath("digits", "runs", id)`. */
export function projectPath(slug: string, ...rest: string[]): string {
  return `/${["p", slug, ...rest].map(encodeURIComponent).join("/")}`;
}

/** The pages of a project, in the order of the rail. */
export function projectNavigation(slug: string): NavItem[] {
  return [
    {
      id: "overview",
      label: "Overview",
      href: projectPath(slug),
      icon: LayoutDashboard,
      keys: "g o",
      exact: true,
    },
    { id: "runs", label: "Runs", href: projectPath(slug, "runs"), icon: Activity, keys: "g r" },
    {
      id: "sweeps",
      label: "Sweeps",
      href: projectPath(slug, "sweeps"),
      icon: Target,
      keys: "g w",
    },
    { id: "data", label: "Data", href: projectPath(slug, "data"), icon: Database, keys: "g d" },
    {
      id: "models",
      label: "Models",
      href: projectPath(slug, "models"),
      icon: BrainCircuit,
      keys: "g m",
    },
    {
      id: "queue",
      label: "Queue",
      href: projectPath(slug, "queue"),
      icon: ListOrdered,
      keys: "g q",
    },
    {
      id: "environments",
      label: "Environments",
      href: projectPath(slug, "environments"),
      icon: Boxes,
      keys: "g e",
    },
  ];
}

/** The project's settings stand apart, at the foot of the rail. */
export function settingsItem(slug: string): NavItem {
  return {
    id: "settings",
    label: "Settings",
    href: projectPath(slug, "settings"),
    icon: Settings,
    keys: "g s",
  };
}

/** Whether the reader is at the item's page or below it. */
export function isAt(item: NavItem, pathname: string): boolean {
  return pathname === item.href || (!item.exact && pathname.startsWith(`${item.href}/`));
}
