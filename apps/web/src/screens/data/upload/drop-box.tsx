"use client";

import { FolderUp } from "lucide-react";
import { useRef, useState } from "react";
import type { DragEvent, RefObject } from "react";
import { Button } from "../../../parts/button.tsx";
import { cn } from "../../../parts/class-names.ts";
import { formatBytes } from "../../../parts/format/bytes.ts";
import { countOf } from "../../../parts/format/number.ts";
import { chosenFiles, droppedFiles, type PickedFile } from "./dropped-files.ts";

export interface DropBoxProps {
  files: readonly PickedFile[];
  onFiles(files: PickedFile[]): void;
}

/** Where a folder or files are dropped, or chosen. */
export function DropBox({ files, onFiles }: DropBoxProps) {
  const [over, setOver] = useState(false);
  const folder = useRef<HTMLInputElement>(null);
  const some = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void droppedFiles(event.dataTransfer.items).then(onFiles);
  };
  const drag = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  return (
    <div
      onDragOver={drag}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cn(
        "flex flex-col items-center gap-3 rounded-lg border border-dashed border-line-strong px-4 py-8 text-center",
        over && "bg-selected",
      )}
    >
      <FolderUp className="size-6 text-ink-3" aria-hidden />
      <p role="status" className="text-ink-2">
        {files.length === 0
          ? "Drop a folder or files here"
          : `${countOf(files.length, "file")}, ${formatBytes(bytes)}`}
      </p>
      <div className="flex flex-wrap justify-center gap-2">
        <Button size="sm" onClick={() => folder.current?.click()}>
          Choose a folder
        </Button>
        <Button size="sm" onClick={() => some.current?.click()}>
          Choose files
        </Button>
      </div>
      <FileInput label="Folder" element={folder} folder onFiles={onFiles} />
      <FileInput label="Files" element={some} onFiles={onFiles} />
    </div>
  );
}

interface FileInputProps extends Pick<DropBoxProps, "onFiles"> {
  label: string;
  element: RefObject<HTMLInputElement | null>;
  folder?: boolean;
}

function FileInput({ label, element, folder = false, onFiles }: FileInputProps) {
  return (
    <input
      ref={element}
      type="file"
      multiple
      hidden
      aria-label={label}
      webkitdirectory={folder ? "" : undefined}
      onChange={({ currentTarget: { files } }) => files && onFiles(chosenFiles(files))}
    />
  );
}

declare module "react" {
  interface InputHTMLAttributes<T> {
    /** Chooses a folder instead of files. */
    webkitdirectory?: (T extends HTMLElement ? string : never) | undefined;
  }
}
