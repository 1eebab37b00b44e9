import type { Readable } from "node:stream";
import type { ModelManifest, ModelSignature, SignatureField } from "@tessera/contracts/model";
import { MlflowError } from "@tessera/mlflow/errors";
import { parse } from "yaml";
import { z } from "zod";
import type { Context } from "../platform/platform.ts";
import { type OpenArtifact, openFile } from "../tracking/artifact-folder.ts";
import {
  findVersion,
  projectOfModels,
  type VersionAddress,
  type VersionRow,
} from "./find-model.ts";
import { filesOfVersion, inFolder } from "./version-files.ts";

/** Nobody's MLmodel file is longer; what is, is not one. */
const LONGEST = 4 * 1024 * 1024;

const nothing: ModelManifest = {
  flavors: [],
  signature: null,
  sizeBytes: null,
  mlflowVersion: null,
};

const File = z.object({
  flavors: z.record(z.string(), z.unknown()).catch({}),
  signature: z
    .object({
      inputs: z.string().nullish().catch(null),
      outputs: z.string().nullish().catch(null),
      params: z.string().nullish().catch(null),
    })
    .nullish()
    .catch(null),
  model_size_bytes: z.number().int().nonnegative().nullable().catch(null),
  mlflow_version: z.string().nullable().catch(null),
});

const Column = z.object({
  name: z.string().optional(),
  type: z.string(),
  required: z.boolean().optional(),
  "tensor-spec": z
    .object({ dtype: z.string(), shape: z.array(z.union([z.number(), z.string()])) })
    .optional(),
});

function typeOf(column: z.infer<typeof Column>): string {
  const tensor = column["tensor-spec"];
  return tensor === undefined ? column.type : `${tensor.dtype} (${tensor.shape.join(", ")})`;
}

function fieldsOf(json: string | null | undefined): SignatureField[] {
  if (json === null || json === undefined) return [];
  const columns = z.array(Column).safeParse(JSON.parse(json));
  return (columns.data ?? []).map((column) => ({
    name: column.name ?? null,
    type: typeOf(column),
    required: column.required ?? true,
  }));
}

/** What an MLmodel file says; a file that is none says nothing. */
export function readManifest(text: string): ModelManifest {
  try {
    const file = File.parse(parse(text));
    const { signature } = file;
    const read = (): ModelSignature | null =>
      signature === null || signature === undefined
        ? null
        : {
            inputs: fieldsOf(signature.inputs),
            outputs: fieldsOf(signature.outputs),
            params: fieldsOf(signature.params),
          };
    return {
      flavors: Object.keys(file.flavors),
      signature: read(),
      sizeBytes: file.model_size_bytes,
      mlflowVersion: file.mlflow_version,
    };
  } catch {
    return nothing;
  }
}

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

async function openManifest(
  ctx: Context,
  projectId: string,
  version: VersionRow,
): Promise<OpenArtifact | null> {
  const place = await filesOfVersion(ctx, projectId, version);
  if (place === null) return null;
  try {
    return await openFile(ctx, place.folder, inFolder(place.path, "MLmodel"));
  } catch (error) {
    if (error instanceof MlflowError && error.status === 404) return null;
    throw error;
  }
}

/** What a version's MLmodel file says: its signature and the ways to load it. */
export async function getManifest(
  ctx: Context,
  { project, name, version: number }: VersionAddress,
): Promise<ModelManifest> {
  const { id: projectId } = await projectOfModels(ctx, "model.read", { project });
  const version = await findVersion(ctx.db.pool, { projectId, name, version: number });
  const file = await openManifest(ctx, projectId, version);
  if (file === null || file.size > LONGEST) return nothing;
  return readManifest(await textOf(await file.read()));
}
