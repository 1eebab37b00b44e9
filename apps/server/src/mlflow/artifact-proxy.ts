import { presentArtifactList } from "@tessera/mlflow/wire/present-artifacts";
import {
  deleteArtifact,
  listArtifacts,
  openArtifact,
  putArtifact,
} from "@tessera/usecases/tracking/artifacts";
import type { Context } from "@tessera/usecases/platform/platform";
import type { FastifyReply, FastifyRequest } from "fastify";
import { bodyStream } from "../http/body-stream.ts";
import { sendArtifact } from "../http/send-artifact.ts";

/** A request to the artifact proxy, with what its address says. */
export interface ProxyCall {
  readonly ctx: Context;
  readonly project: string;
  /** Below the project's artifact root. */
  readonly path: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Streams a file to the client. */
export async function getFromProxy(call: ProxyCall): Promise<FastifyReply> {
  const { ctx, project, path, request, reply } = call;
  return sendArtifact(await openArtifact(ctx, { project, path }), { request, reply });
}

/** Takes a file from the client, as it comes. */
export async function putToProxy({ ctx, project, path, request }: ProxyCall): Promise<object> {
  await putArtifact(ctx, { project, path, body: bodyStream(request) });
  return {};
}

export async function deleteFromProxy({ ctx, project, path }: ProxyCall): Promise<object> {
  await deleteArtifact(ctx, { project, path });
  return {};
}

/** Lists a folder; names are relative to it. */
export async function listProxy({ ctx, project, path }: ProxyCall): Promise<object> {
  const entries = await listArtifacts(ctx, { project, path });
  return presentArtifactList(
    entries.map(({ name, directory, sizeBytes }) => ({
      path: name,
      isFolder: directory,
      ...(sizeBytes === null ? {} : { sizeBytes }),
    })),
  );
}
