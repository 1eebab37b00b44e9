"use client";

import { listModelPromotions, type ModelPromotion } from "@tessera/contracts/model";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { RelativeTime } from "../../parts/figures.tsx";

const SHOWN = 50;

/** Who promoted what, when, and why. */
export function PromotionList({ project, name }: { project: string; name: string }) {
  const promotions = useEndpoint(listModelPromotions, {
    params: { project, name },
    query: { limit: SHOWN },
  });
  const items = promotions.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="promotions" className="flex flex-col gap-2">
      <h2 id="promotions" className="text-base font-semibold">
        Promotions
      </h2>
      <ol className="flex flex-col rounded-lg border border-line [&>li+li]:border-t [&>li+li]:border-line">
        {items.map((item) => (
          <li
            key={item.id}
            className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3 py-2 text-sm"
          >
            <span>
              <span className="font-medium">{item.actor}</span> {deedOf(item)}
            </span>
            <span className="text-xs text-ink-3">
              <RelativeTime time={item.at} />
            </span>
            {item.reason === null ? null : (
              <span className="w-full text-ink-2 [overflow-wrap:anywhere]">“{item.reason}”</span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function deedOf({ kind, to, version }: ModelPromotion) {
  const target = <span className="font-mono text-xs">{kind === "stage" ? to : `@${to}`}</span>;
  switch (kind) {
    case "alias.set":
      return (
        <>
          pointed {target} to version {version}
        </>
      );
    case "alias.remove":
      return <>removed {target}</>;
    case "stage":
      return (
        <>
          moved version {version} to {target}
        </>
      );
    default:
      return kind satisfies never;
  }
}
