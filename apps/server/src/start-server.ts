import { join } from "node:path";
import { openBlobStore } from "@tessera/blobs/open-blob-store";
import type { Logger } from "@tessera/kit/logger";
import { type OidcSettings, oidcProviderId } from "@tessera/usecases/identity/sign-in";
import { createPlatform } from "@tessera/usecases/platform/create-platform";
import { seedTiers } from "@tessera/usecases/tiers/seed-tiers";
import { admitAdministrator } from "./admit-administrator.ts";
import type { ServerEnv } from "./env.ts";
import { openHomeFolder, platformSecret } from "./home-folder.ts";
import { freePort, listen } from "./http/listen.ts";
import { openWebPages } from "./http/web-pages.ts";
import { createServer } from "./server.ts";

interface StartOptions {
  readonly env: ServerEnv;
  readonly log: Logger;
  /** The dashboard's folder. */
  readonly webFolder: string;
}

export interface RunningServer {
  /** Where people reach it. */
  readonly url: string;
  /** Signs the first administrator in, once; null when that is no longer needed. */
  readonly firstAdminLink: string | null;
  /** Lets requests end, then closes everything. */
  stop(): Promise<void>;
}

/** Starts the whole server from its environment; resolves once it answers requests. */
export async function startServer({ env, log, webFolder }: StartOptions): Promise<RunningServer> {
  const home = await openHomeFolder(env.TESSERA_HOME);
  const secret = await platformSecret(home, env.TESSERA_SECRET);
  const port = env.PORT === 0 ? await freePort({ host: env.HOST, port: 0 }) : env.PORT;
  const publicUrl = env.TESSERA_PUBLIC_URL ?? `http://${localName(env.HOST)}:${port}`;
  const oidc = oidcOf(env);
  // Loading the dashboard takes as long as everything else; what it throws is seen when awaited.
  const opening = openWebPages({ folder: webFolder, hostname: env.HOST, port });
  opening.catch(() => undefined);
  const platform = await createPlatform({
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    blobs: await openBlobStore({ folder: join(home.path, "blobs"), env }),
    log,
    applicationName: "tessera-server",
    poolSize: 12,
    settings: {
      publicUrl,
      contentHost: env.CONTENT_HOST,
      currency: env.TESSERA_CURRENCY,
      maxSnapshotBytes: env.TESSERA_MAX_SNAPSHOT_MB * 1024 * 1024,
      oidcProviders: oidc === undefined ? [] : [{ id: oidcProviderId, name: oidc.name }],
    },
  });
  try {
    await seedTiers({ ...platform, actor: { kind: "system", name: "start-up" } });
    const firstAdminLink = await admitAdministrator(platform, {
      home,
      adminToken: env.TESSERA_ADMIN_TOKEN,
    });
    const pages = await opening;
    const app = createServer({ platform, secret, oidc, pages, trustedProxies: proxiesOf(env) });
    await listen(app, { host: env.HOST, port });
    log.info({ publicUrl, dashboard: pages !== undefined }, "Answering requests");
    return {
      url: publicUrl,
      firstAdminLink,
      stop: async () => {
        await app.close();
        await pages?.close();
        await platform.stop();
      },
    };
  } catch (error) {
    await platform.stop();
    throw error;
  }
}

function oidcOf(env: ServerEnv): OidcSettings | undefined {
  const discoveryUrl =
    env.OIDC_DISCOVERY_URL ??
    (env.OIDC_ISSUER && `${env.OIDC_ISSUER.replace(/\/$/, "")}/.well-known/openid-configuration`);
  if (discoveryUrl === undefined || env.OIDC_CLIENT_ID === undefined) return undefined;
  return {
    name: env.OIDC_NAME,
    discoveryUrl,
    clientId: env.OIDC_CLIENT_ID,
    clientSecret: env.OIDC_CLIENT_SECRET,
  };
}

function proxiesOf(env: ServerEnv): string[] {
  return (env.TRUSTED_PROXIES ?? "")
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
}

/** A name for the address that a server listens on, as this machine can reach it. */
function localName(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
