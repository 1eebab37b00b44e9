import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFsBlobStore } from "@tessera/blobs/fs/fs-blob-store";
import type { Context, UserActor } from "@tessera/usecases/platform/platform";
import { startStockClients, type StockClient } from "./stock-client.ts";
import { startTestServer, type TestServer } from "./test-server.ts";

export interface TrackingServer extends TestServer {
  /** Where it listens. */
  readonly origin: string;
  /** An empty folder of this test alone. */
  readonly folder: string;
  readonly owner: Context & { actor: UserActor };
  /** The owner's project, its tracking address, and a token of the owner. */
  readonly project: { readonly id: string; readonly slug: string };
  readonly trackingUri: string;
  readonly token: string;
  /** The stock client, of the project with the owner's token unless told otherwise. */
  client(variables?: Readonly<Record<string, string>>): StockClient;
}

/** A server that listens, with its artifacts in files, and a project to track in. */
export async function startTrackingServer(): Promise<TrackingServer> {
  const folder = await mkdtemp(join(tmpdir(), "tessera-tracking-"));
  const server = await startTestServer({ blobs: await openFsBlobStore(join(folder, "blobs")) });
  const origin = await server.app.listen({ host: "127.0.0.1", port: 0 });
  const owner = await server.createPerson({ name: "Ada" });
  const project = await server.createProject([[owner, "owner"]]);
  const token = await server.tokenOf(owner);
  const trackingUri = `${origin}/p/${project.slug}`;
  const clients = await startStockClients();
  return {
    ...server,
    origin,
    folder,
    owner,
    project,
    trackingUri,
    token,
    client: (variables = { MLFLOW_TRACKING_URI: trackingUri, MLFLOW_TRACKING_TOKEN: token }) =>
      clients.with(variables),
    close: async () => {
      await clients.stop();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
