"use client";

import { ImageOff } from "lucide-react";
import { useState } from "react";
import { Button } from "../../../parts/button.tsx";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { formatBytes } from "../../../parts/format/bytes.ts";
import { formatCount } from "../../../parts/format/number.ts";
import { pictureLimit } from "./preview-kind.ts";

export interface MediaBodyProps {
  path: string;
  /** Undefined while it is not known. */
  sizeBytes: number | undefined;
  /** The address of its bytes. */
  src: string;
  kind: "image" | "audio" | "video";
}

/** A picture, a sound or a film. Large ones are loaded when asked for. */
export function MediaBody({ path, sizeBytes = 0, src, kind }: MediaBodyProps) {
  const [wanted, setWanted] = useState(false);
  const [broken, setBroken] = useState(false);
  if (broken) {
    return (
      <EmptyState icon={<ImageOff aria-hidden />} title="This browser cannot show this file">
        It may be damaged, or of a kind that the browser does not know. Download it instead.
      </EmptyState>
    );
  }
  if (kind === "image" && sizeBytes > pictureLimit && !wanted) {
    return (
      <EmptyState
        title={`This picture has ${formatBytes(sizeBytes)}`}
        action={<Button onClick={() => setWanted(true)}>Load it anyway</Button>}
      />
    );
  }
  if (kind === "image") return <Picture src={src} name={path} onBroken={() => setBroken(true)} />;
  return (
    <div className="flex h-full items-center justify-center p-4">
      {kind === "audio" ? (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- a file of somebody's has none
        <audio controls src={src} onError={() => setBroken(true)} className="w-full max-w-lg" />
      ) : (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- a file of somebody's has none
        <video
          controls
          src={src}
          onError={() => setBroken(true)}
          className="max-h-full max-w-full"
        />
      )}
    </div>
  );
}

/** Two greys behind a picture show where it is transparent. */
const checkers =
  "bg-[repeating-conic-gradient(var(--sunken)_0_25%,var(--surface)_0_50%)] bg-[length:16px_16px]";

function Picture({ src, name, onBroken }: { src: string; name: string; onBroken(): void }) {
  const [size, setSize] = useState<string>();
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div
        className={`flex min-h-0 flex-1 items-center justify-center overflow-auto p-4 ${checkers}`}
      >
        {/* oxlint-disable-next-line nextjs/no-img-element -- somebody's file: it is shown as it is */}
        <img
          src={src}
          alt={name}
          onError={onBroken}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            setSize(`${formatCount(naturalWidth)} × ${formatCount(naturalHeight)} pixels`)
          }
          className="max-h-full max-w-full object-contain"
        />
      </div>
      <p className="tabular h-6 border-t border-line px-3 text-xs leading-6 text-ink-3">{size}</p>
    </div>
  );
}
