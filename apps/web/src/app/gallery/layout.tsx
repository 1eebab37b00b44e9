"use client";
import type { ReactNode } from "react";
import { AppFrame } from "../../frame/app-frame.tsx";
import { LiveStatusContext } from "../../frame/live-status.tsx";
import { Mark } from "../../frame/mark.tsx";
import { projectNavigation, settingsItem } from "../../frame/navigation.ts";
import { PersonMenu } from "../../frame/person-menu.tsx";
export default function L({ children }: { children: ReactNode }) {
  const items = projectNavigation("digits").map((i, at) =>
    at === 1 ? { ...i, href: "/gallery" } : i,
  );
  return (
    <LiveStatusContext value={{ kind: "live" }}>
      <AppFrame
        items={items}
        footItems={[settingsItem("digits")]}
        head={({ collapsed }) => (
          <div className="flex items-center gap-2 px-1.5 h-8">
            <Mark className="size-5 text-ink" />
            {collapsed ? null : <span className="font-semibold">digits</span>}
          </div>
        )}
        foot={({ collapsed }) => (
          <PersonMenu
            name="Ada Lovelace"
            email="ada@example.org"
            profileHref="/x"
            collapsed={collapsed}
            onSignOut={() => {}}
          />
        )}
      >
        {children}
      </AppFrame>
    </LiveStatusContext>
  );
}
