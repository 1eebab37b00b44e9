import { createHmac, timingSafeEqual } from "node:crypto";
import { PlatformError } from "@tessera/contracts/errors";
import type { ArtifactLink } from "@tessera/contracts/run";
import { sha256 } from "@tessera/kit/hash";
import type { Context, Platform } from "../platform/platform.ts";
import type { OpenArtifact } from "./artifact-folder.ts";
import { openRunArtifact } from "./artifacts.ts";

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

/** A host of its own for each run, so that one run's pages cannot reach into another's. */
function labelOf({ project, id }: Target): string {
  return `a-${sha256(`${project}/${id}`).slice(0, 32)}`;
}

function originOf({ settings }: Platform, target: Target): string {
  const { protocol, port } = new URL(settings.publicUrl);
  const host = `${labelOf(target)}.${settings.contentHost}`;
  return `${protocol}//${host}${port === "" ? "" : `:${port}`}`;
}

/**
 * An address on the content host under which one artifact can be looked at for ten minutes; what
 * it runs, it runs there, without anybody's cookies.
 */
export async function createArtifactLink(
  ctx: Context,
  { secret, ...target }: Target & { readonly secret: string },
): Promise<ArtifactLink> {
  const artifact = await openRunArtifact(ctx, { ...target, runId: target.id });
  const expires = ctx.clock.now().getTime() + GOOD_FOR_MS;
  const sealed: Sealed = { ...target, sha256: artifact.sha256, expires };
  const payload = Buffer.from(JSON.stringify(sealed)).toString("base64url");
  const signature = signatureOf(secret, payload).toString("base64url");
  const name = encodeURIComponent(artifact.name);
  return {
    url: `${originOf(ctx, target)}/artifact/${payload}.${signature}/${name}`,
    expiresAt: new Date(expires).toISOString(),
  };
}

interface Presented {
  /** What the link's address has between its kind and the file's name. */
  readonly token: string;
  /** The first label of the host that was asked. */
  readonly label: string;
  readonly secret: string;
}

/**
 * What a link of `createArtifactLink` leads to; the link itself is the permission.
 *
 * @throws PlatformError (not_found) for a link that was changed, is too old, or came to another host
 */
export async function openArtifactLink(
  platform: Platform,
  { token, label, secret }: Presented,
): Promise<OpenArtifact> {
  const sealed = unsealed(token, secret);
  const late = sealed && sealed.expires < platform.clock.now().getTime();
  if (!sealed || late || labelOf(sealed) !== label) throw refused();
  const blob = await platform.blobs.stat(sealed.sha256);
  if (blob === null) throw refused();
  return {
    name: sealed.path.split("/").at(-1) ?? sealed.path,
    size: blob.size,
    sha256: sealed.sha256,
    read: (range) => platform.blobs.open(sealed.sha256, range),
  };
}

function unsealed(token: string, secret: string): Sealed | undefined {
  const [payload = "", signature = ""] = token.split(".");
  const given = Buffer.from(signature, "base64url");
  const right = signatureOf(secret, payload);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  return JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Sealed;
}

function refused(): PlatformError {
  return new PlatformError("not_found", "This link is not good, or no longer; open it anew");
}
