"use client";

import type { Run } from "@tessera/contracts/run";
import { FileSearch, Package } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { errorWords } from "../../../data/error-words.ts";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { ErrorPanel } from "../../../parts/error-panel.tsx";
import { FileTree } from "../../../parts/file-tree/file-tree.tsx";
import { TreeAndFile } from "../files/tree-and-file.tsx";
import { RunModels, useRunModels } from "../models/run-models.tsx";
import { isActive } from "../use-run-data.ts";
import { ArtifactFile } from "./artifact-file.tsx";
import { firstArtifact } from "./first-artifact.ts";
import { useArtifactFolders } from "./use-artifact-folders.ts";

/** What a run left behind: its models and its files, and what is in them. */
export function RunArtifacts({ project, run }: { project: string; run: Run }) {
  const models = useRunModels(project, run.id);
  return (
    <>
      <RunModels project={project} models={models} />
      <RunFiles project={project} run={run} hasModels={models.length > 0} />
    </>
  );
}

interface RunFilesProps {
  project: string;
  run: Run;
  hasModels: boolean;
}

function RunFiles({ project, run, hasModels }: RunFilesProps) {
  const [chosen, setChosen] = useQueryState("file", parseAsString);
  const active = isActive(run.state);
  const { folder, open, retry } = useArtifactFolders({ project, id: run.id, active });
  const root = folder("");
  const path = chosen ?? firstArtifact(folder);
  if (root?.kind === "failed") {
    return (
      <ErrorPanel
        {...errorWords(root.error, "Could not list the artifacts")}
        onRetry={() => retry("")}
      />
    );
  }
  if (root?.kind === "known" && root.entries.length === 0 && chosen === null) {
    return (
      <EmptyState
        icon={<Package aria-hidden />}
        title={emptyTitle(active, hasModels)}
        command={'mlflow.log_artifact("model.onnx")'}
      >
        Files that the run keeps appear here: plots, tables, models, reports.
      </EmptyState>
    );
  }
  return (
    <TreeAndFile
      storageKey="artifacts"
      tree={
        <FileTree
          label="Artifacts"
          folder={folder}
          onOpen={open}
          onRetry={retry}
          selected={path}
          onSelect={(next) => void setChosen(next)}
          className="flex-1"
        />
      }
      file={
        path === undefined ? (
          <EmptyState icon={<FileSearch aria-hidden />} title="Choose a file to look at it" />
        ) : (
          <ArtifactFile
            key={path}
            artifact={{ project, id: run.id, path, sizeBytes: sizeOf(folder, path) }}
          />
        )
      }
    />
  );
}

function emptyTitle(active: boolean, hasModels: boolean): string {
  const what = hasModels ? "artifacts besides its models" : "artifacts";
  return active ? `No ${what} yet` : `This run kept no ${what}`;
}

/** A file's size, where its folder is known. */
function sizeOf(
  folder: ReturnType<typeof useArtifactFolders>["folder"],
  path: string,
): number | undefined {
  const slash = path.lastIndexOf("/");
  const parent = folder(slash === -1 ? "" : path.slice(0, slash));
  if (parent?.kind !== "known") return undefined;
  return parent.entries.find((entry) => entry.path === path)?.sizeBytes ?? undefined;
}
