import { MlflowError } from "@tessera/mlflow/errors";
import { badVersionSource, modelNotFound } from "@tessera/mlflow/faults";
import { validateRunId } from "@tessera/mlflow/validation";
import { readArtifactPath } from "@tessera/mlflow/wire/artifact-requests";
import type { CreateVersionRequest } from "@tessera/mlflow/wire/registry-requests";
import type { Context } from "../platform/platform.ts";
import { modelArtifactUri, runArtifactUri, splitArtifactPath } from "../tracking/artifact-paths.ts";
import {
  assertMadeByCaller,
  findLoggedModel,
  type LoggedModelRow,
} from "../tracking/find-logged-model.ts";
import { findRun } from "../tracking/find-run.ts";
import { findModel, findVersion, type VersionRow } from "./find-model.ts";

/** Where a version comes from. */
export interface VersionSource {
  readonly storageUri: string;
  readonly runId: string | null;
  readonly loggedModelId: string | null;
}

type Given = Pick<CreateVersionRequest, "source" | "runId" | "modelId">;

interface Place {
  readonly projectId: string;
  readonly given: Given;
}

/** What does not exist is a fault of the source, not of the address that was called. */
async function named<Found>(source: string, find: () => Promise<Found>): Promise<Found> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof MlflowError && error.status === 404) {
      throw badVersionSource(source, error.message);
    }
    throw error;
  }
}

function assertSame(given: Given, found: { runId: string | null; modelId: string | null }): void {
  const { source, runId, modelId } = given;
  if (runId !== undefined && runId !== found.runId) {
    throw badVersionSource(source, `It is of the run ${found.runId ?? "(none)"}, not ${runId}.`);
  }
  if (modelId !== undefined && modelId !== found.modelId) {
    const known = found.modelId ?? "(none)";
    throw badVersionSource(source, `It is of the logged model ${known}, not ${modelId}.`);
  }
}

function fromLoggedModel(given: Given, model: LoggedModelRow, path = ""): VersionSource {
  // A model that no run made may be said to be of one.
  const runId = model.sourceRunId ?? given.runId ?? null;
  assertSame(given, { runId, modelId: model.id });
  return { storageUri: below(modelArtifactUri(model), path), runId, loggedModelId: model.id };
}

function below(uri: string, path: string): string {
  return path === "" ? uri : `${uri}/${path}`;
}

async function loggedModelOf(
  ctx: Context,
  { projectId, given }: Place,
  modelId: string,
): Promise<LoggedModelRow> {
  const model = await named(given.source, () => findLoggedModel(ctx, { projectId, modelId }));
  assertMadeByCaller(ctx, `the logged model ${modelId}`, model);
  return model;
}

async function fromRun(
  ctx: Context,
  { projectId, given }: Place,
  { runId, path }: { runId: string; path: string },
): Promise<VersionSource> {
  const run = await named(given.source, () => findRun(ctx, projectId, runId));
  assertMadeByCaller(ctx, `the run ${runId}`, run);
  assertSame(given, { runId, modelId: given.modelId ?? null });
  const model =
    given.modelId === undefined
      ? null
      : await loggedModelOf(ctx, { projectId, given }, given.modelId);
  if (model !== null && model.sourceRunId !== runId) {
    throw badVersionSource(given.source, `The logged model ${model.id} is not of this run.`);
  }
  return {
    storageUri: below(runArtifactUri(run), path),
    runId,
    loggedModelId: model?.id ?? null,
  };
}

async function aliased(
  ctx: Context,
  projectId: string,
  { name, alias }: { name: string; alias: string },
): Promise<number> {
  const model = await findModel(ctx.db.pool, { projectId, name });
  const { rows } = await ctx.db.pool.query<{ number: number }>(
    `SELECT v.number FROM model_version v JOIN model_alias a ON a.version_id = v.id
     WHERE a.model_id = $1 AND a.alias = $2`,
    [model.id, alias],
  );
  const [found] = rows;
  if (found === undefined) throw modelNotFound(`${name}@${alias}`);
  return found.number;
}

/** `models:/m-…`, `models:/name/3` or `models:/name@alias`. */
async function fromModels(ctx: Context, place: Place, rest: string): Promise<VersionSource> {
  const { projectId, given } = place;
  if (/^m-[0-9a-f]{32}$/u.test(rest)) {
    return fromLoggedModel(given, await loggedModelOf(ctx, place, rest));
  }
  const match = /^([^/@]+)(?:\/(\d{1,9})|@([\p{L}\p{N}_-]+))$/u.exec(rest);
  const [, name, number, alias] = match ?? [];
  if (name === undefined) {
    throw badVersionSource(
      given.source,
      "Name a logged model (models:/m-…), a version (models:/name/3) or an alias (models:/name@alias).",
    );
  }
  const version: VersionRow = await named(given.source, async () => {
    const found =
      alias === undefined ? Number(number) : await aliased(ctx, projectId, { name, alias });
    return findVersion(ctx.db.pool, { projectId, name, version: found });
  });
  assertMadeByCaller(ctx, `version ${version.number} of "${name}"`, version);
  assertSame(given, { runId: version.runId, modelId: version.loggedModelId });
  return {
    storageUri: version.storageUri,
    runId: version.runId,
    loggedModelId: version.loggedModelId,
  };
}

async function fromArtifacts(ctx: Context, place: Place, rest: string): Promise<VersionSource> {
  const { given } = place;
  const address = splitArtifactPath(rest);
  if (address.kind === "run") return fromRun(ctx, place, address);
  const model = await loggedModelOf(ctx, place, address.modelId);
  return fromLoggedModel(given, model, address.path);
}

/** @throws MlflowError for an address that is no other place's, or that climbs */
function assertElsewhere(source: string): void {
  const scheme = /^([a-z][a-z0-9+.-]*):/iu.exec(source)?.[1]?.toLowerCase();
  if (scheme === undefined || scheme.length === 1 || scheme === "file") {
    throw badVersionSource(
      source,
      "The platform cannot read another machine's files: log the model to a run first, or name " +
        "an address such as s3://bucket/path.",
    );
  }
  readArtifactPath(source.slice(scheme.length + 1).replace(/^\/+/u, ""));
}

/** Files that lie outside of the platform: the address is kept, and only clients go there. */
async function fromElsewhere(ctx: Context, place: Place): Promise<VersionSource> {
  const { projectId, given } = place;
  const { source, runId, modelId } = given;
  assertElsewhere(source);
  if (runId !== undefined) validateRunId(runId);
  // A job's token says where its own run's models lie, and no other's.
  if (runId !== undefined && ctx.actor.kind === "run") {
    const run = await named(source, () => findRun(ctx, projectId, runId));
    assertMadeByCaller(ctx, `the run ${runId}`, run);
  }
  const model = modelId === undefined ? null : await loggedModelOf(ctx, place, modelId);
  return { storageUri: source, runId: runId ?? null, loggedModelId: model?.id ?? null };
}

/** Follows a source to its files, its run and its logged model. @throws MlflowError */
export async function versionSource(ctx: Context, place: Place): Promise<VersionSource> {
  const { source } = place.given;
  const match = /^(models|runs|mlflow-artifacts):(.*)$/su.exec(source);
  const [, scheme, path = ""] = match ?? [];
  if (scheme === undefined) return fromElsewhere(ctx, place);
  if (path.startsWith("//")) {
    throw badVersionSource(source, `Write ${scheme}:/… : the project's own address is meant.`);
  }
  const rest = path.replace(/^\//u, "");
  if (scheme === "models") return fromModels(ctx, place, rest);
  if (scheme === "mlflow-artifacts") return fromArtifacts(ctx, place, rest);
  const [runId = "", ...parts] = readArtifactPath(rest).split("/");
  return fromRun(ctx, place, { runId, path: parts.join("/") });
}
