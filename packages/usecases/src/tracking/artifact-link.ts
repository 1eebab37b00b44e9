import { createHmac, timingSafeEqual } from "node:crypto";
import { PlatformError } from "@tessera/contracts/errors";
import type { ArtifactLink } from "@tessera/contracts/run";
import type { Context, Platform } from "../platform/platform.ts";
import { type OpenArtifact, openRunArtifact } from "./artifacts.ts";

const GOOD_FOR_MS = 10 * 60_000;

interface Target {
  readonly project: string;
  readonly id: string;
  readonly path: string;
}

interface Sealed extends Target {
  readonly sha256: string;
  readonly expires: number;
}

function signatureOf(secret: string, payload: string): Buffer {
  return createHmac("sha256", `${secret}:artifact-link`).update(payload).digest();
}

/** A host of its own for each run, so that one run's pages cannot read another's. */
function hostOf(ctx: Context, id: string): string {
  const url = new URL(ctx.settings.publicUrl);
  const label = `a-${id
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]/g, "-")
    .slice(0, 60)}`;
  const port = url.port === "" ? "" : `:${url.port}`;
  return `${url.protocol}//${label}.${ctx.settings.contentHost}${port}`;
}

/**
 * An address on the content host under which one artifact can be looked at for ten minutes; what
 * it runs, it runs there, without anybody's cookies.
 */
export async function createArtifactLink(
  ctx: Context,
  { project, id, path, secret }: Target & { readonly secret: string },
): Promise<ArtifactLink> {
  const artifact = await openRunArtifact(ctx, { project, runId: id, path });
  const expires = ctx.clock.now().getTime() + GOOD_FOR_MS;
  const sealed: Sealed = { project, id, path, sha256: artifact.sha256, expires };
  const payload = Buffer.from(JSON.stringify(sealed)).toString("base64url");
  const signature = signatureOf(secret, payload).toString("base64url");
  const name = encodeURIComponent(artifact.name);
  return {
    url: `${hostOf(ctx, id)}/artifact/${payload}.${signature}/${name}`,
    expiresAt: new Date(expires).toISOString(),
  };
}

function refused(): PlatformError {
  return new PlatformError("not_found", "This link is not good, or no longer; open it anew");
}

/** What a link of `createArtifactLink` leads to; the link itself is the permission. */
export async function openArtifactLink(
  platform: Platform,
  { token, secret }: { readonly token: string; readonly secret: string },
): Promise<OpenArtifact> {
  const [payload = "", signature = ""] = token.split(".");
  const given = Buffer.from(signature, "base64url");
  const right = signatureOf(secret, payload);
  if (given.length !== right.length || !timingSafeEqual(given, right)) throw refused();
  const sealed = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Sealed;
  if (sealed.expires < platform.clock.now().getTime()) throw refused();
  const blob = await platform.blobs.stat(sealed.sha256);
  if (blob === null) throw refused();
  return {
    name: sealed.path.split("/").at(-1) ?? sealed.path,
    size: blob.size,
    sha256: sealed.sha256,
    read: (range) => platform.blobs.open(sealed.sha256, range),
  };
}
