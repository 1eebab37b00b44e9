"use client";

import { listEnvironments } from "@tessera/contracts/environment";
import { listModels } from "@tessera/contracts/model";
import { listProjects } from "@tessera/contracts/project";
import { searchRuns } from "@tessera/contracts/run";
import { Boxes, BrainCircuit, FolderOpen } from "lucide-react";
import { client } from "../data/client.ts";
import { type PaletteItem, usePaletteSource } from "../parts/palette/palette-sources.ts";
import { RunDot } from "../parts/run-colors/run-dot.tsx";
import { runSearchFilter } from "./run-search-filter.ts";
import { projectPath } from "./navigation.ts";

const RUNS_FOUND = 8;
const LISTED = 100;

/** Makes the project's runs, models and environments, and every project, reachable through the palette. */
export function FindThings({ project }: { project: string }) {
  usePaletteSource({
    id: "runs",
    heading: "Runs",
    rank: 20,
    matched: false,
    find: (query, signal) => findRuns(project, query, signal),
  });
  usePaletteSource({
    id: "models",
    heading: "Models",
    rank: 25,
    find: (query, signal) => (query === "" ? [] : findModels(project, signal)),
  });
  usePaletteSource({
    id: "environments",
    heading: "Environments",
    rank: 30,
    find: (query, signal) => (query === "" ? [] : findEnvironments(project, signal)),
  });
  usePaletteSource({
    id: "projects",
    heading: "Projects",
    rank: 40,
    find: (query, signal) => (query === "" ? [] : findProjects(signal)),
  });
  return null;
}

async function findRuns(
  project: string,
  query: string,
  signal: AbortSignal,
): Promise<PaletteItem[]> {
  const { items } = await client.call(searchRuns, {
    params: { project },
    body: { limit: RUNS_FOUND, ...(query === "" ? {} : { filter: runSearchFilter(query) }) },
    signal,
  });
  return items.map((run) => ({
    id: run.id,
    label: run.name,
    hint: run.state,
    icon: <RunDot runId={run.id} />,
    href: projectPath(project, "runs", run.id),
  }));
}

async function findModels(project: string, signal: AbortSignal): Promise<PaletteItem[]> {
  const query = { limit: LISTED };
  const { items } = await client.call(listModels, { params: { project }, query, signal });
  return items.map(({ name }) => ({
    id: name,
    label: name,
    icon: <BrainCircuit aria-hidden />,
    href: projectPath(project, "models", name),
  }));
}

async function findEnvironments(project: string, signal: AbortSignal): Promise<PaletteItem[]> {
  const found = await client.call(listEnvironments, { params: { project }, signal });
  return found.items.map(({ name }) => ({
    id: name,
    label: name,
    icon: <Boxes aria-hidden />,
    href: projectPath(project, "environments", name),
  }));
}

async function findProjects(signal: AbortSignal): Promise<PaletteItem[]> {
  const { items } = await client.call(listProjects, { query: { limit: LISTED }, signal });
  return items.map(({ slug, name }) => ({
    id: slug,
    label: name,
    keywords: [slug],
    icon: <FolderOpen aria-hidden />,
    href: projectPath(slug),
  }));
}
