"use client";

import type { ReactNode } from "react";
import { Panels } from "../../../parts/panels.tsx";
import { useWidth } from "../../../parts/use-width.ts";

export interface TreeAndFileProps {
  /** What the panels' sizes are remembered under. */
  storageKey: string;
  tree: ReactNode;
  file: ReactNode;
}

/** A tree beside the file that is chosen in it; one above the other where it is narrow. */
export function TreeAndFile({ storageKey, tree, file }: TreeAndFileProps) {
  const [box, width] = useWidth();
  return (
    <div ref={box} className="min-w-0">
      {width === 0 ? (
        <div className={height} />
      ) : width < 720 ? (
        <div className="flex flex-col gap-3">
          <div className="flex max-h-64 min-h-0 flex-col overflow-hidden rounded-lg border border-line">
            {tree}
          </div>
          <div className="h-[70dvh] overflow-hidden rounded-lg border border-line">{file}</div>
        </div>
      ) : (
        <div className={`${height} overflow-hidden rounded-lg border border-line`}>
          <Panels
            storageKey={storageKey}
            className="h-full"
            panels={[
              {
                id: "tree",
                content: <div className="flex h-full min-h-0 flex-col">{tree}</div>,
                defaultSize: 28,
                minSize: 180,
              },
              { id: "file", content: file, minSize: 320 },
            ]}
          />
        </div>
      )}
    </div>
  );
}

const height = "h-[max(360px,calc(100dvh-125px))]";
