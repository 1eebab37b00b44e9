import { Readable } from "node:stream";
import type { OpenArtifact } from "@tessera/usecases/tracking/artifact-folder";
import type { FastifyReply, FastifyRequest } from "fastify";
import { lookup } from "mime-types";
import { attachment } from "./send-download.ts";

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * A single byte range (RFC 9110, 14.1.2); several at once are answered with the whole. "none" when
 * the bytes have nothing of it.
 */
export function parseRange(header: string | undefined, size: number): Range | "none" | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (!match) return undefined;
  const [, first = "", last = ""] = match;
  if (first === "" && last === "") return undefined;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size : Math.min(size, Number(last) + 1);
  return start < end ? { start, end } : "none";
}

/** Whether a caller has these bytes already (RFC 9110, 13.1.2). */
function isKnown(header: string | undefined, etag: string): boolean {
  if (header?.trim() === "*") return true;
  return (header ?? "").split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}

/** The type that a file's name says; text is told to be UTF-8. */
export function contentTypeOf(name: string): string {
  const type = lookup(name) || "application/octet-stream";
  const text = type.startsWith("text/") || type === "application/json";
  return text ? `${type}; charset=utf-8` : type;
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Streams an artifact's bytes, all or a range, under headers that the caller set. */
export async function sendContent(
  artifact: OpenArtifact,
  { request, reply }: Exchange,
): Promise<FastifyReply> {
  const { size, sha256 } = artifact;
  const { headers } = request;
  const etag = `"${sha256}"`;
  reply.header("accept-ranges", "bytes");
  reply.header("etag", etag);
  reply.header("cache-control", "private, no-cache");
  if (isKnown(headers["if-none-match"], etag)) return reply.code(304).send();
  // A range of other bytes than the caller has the rest of would make a broken file.
  const same = headers["if-range"] === undefined || headers["if-range"] === etag;
  const range = same ? parseRange(headers.range, size) : undefined;
  if (range === "none") return reply.code(416).header("content-range", `bytes */${size}`).send();
  if (range === undefined) {
    reply.header("content-length", size);
    // A stream, or the length would become that of what is sent.
    return reply.send(request.method === "HEAD" ? Readable.from([]) : await artifact.read());
  }
  reply.code(206).header("content-range", `bytes ${range.start}-${range.end - 1}/${size}`);
  reply.header("content-length", range.end - range.start);
  return reply.send(await artifact.read(range));
}

/** Streams an artifact as an attachment that runs nothing where it is opened; honours ranges. */
export async function sendArtifact(
  artifact: OpenArtifact,
  exchange: Exchange,
): Promise<FastifyReply> {
  const { reply } = exchange;
  reply.header("content-type", contentTypeOf(artifact.name));
  reply.header("content-disposition", attachment(artifact.name));
  reply.header("content-security-policy", "sandbox; default-src 'none'");
  reply.header("x-content-type-options", "nosniff");
  return sendContent(artifact, exchange);
}
