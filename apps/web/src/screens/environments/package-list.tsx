"use client";

import { useMemo, useState } from "react";
import { CopyButton } from "../../parts/copy-button.tsx";
import { countOf } from "../../parts/format/number.ts";
import { SearchInput } from "../../parts/input.tsx";
import { readLock } from "./lock-packages.ts";

/** The packages of a lock: searched, and copied as the lock that they are. */
export function PackageList({ lock }: { lock: string }) {
  const [search, setSearch] = useState("");
  const { python, packages } = useMemo(() => readLock(lock), [lock]);
  const words = search.toLowerCase();
  const shown = packages.filter(({ name }) => name.toLowerCase().includes(words));
  return (
    <section aria-label="Packages" className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="text-sm font-semibold">{countOf(packages.length, "package")}</h3>
        {python === undefined ? null : (
          <span className="text-sm text-ink-2">on Python {python}</span>
        )}
        <div className="ml-auto flex items-center gap-1">
          <SearchInput
            label="Search packages"
            value={search}
            onValueChange={setSearch}
            className="w-48"
          />
          <CopyButton text={lock} label="Copy the lock" className="size-7" />
        </div>
      </div>
      {shown.length === 0 ? (
        <p className="text-sm text-ink-2">
          {packages.length === 0
            ? "It has no packages besides Python's own."
            : `No package has “${search}” in its name.`}
        </p>
      ) : (
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,240px),1fr))] gap-x-6 overflow-hidden rounded-lg border border-line px-3 py-1.5">
          {shown.map(({ name, version }) => (
            <li key={name} className="flex min-w-0 items-baseline gap-3 py-0.5 font-mono text-xs">
              <span className="min-w-0 truncate" title={name}>
                {name}
              </span>
              <span
                className="tabular ml-auto min-w-0 truncate text-right text-ink-3"
                title={version}
              >
                {version}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
