import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import type { FastifyInstance, FastifyRequest } from "fastify";

const gzipText = promisify(gzip);

/** Below this, the time costs more than the bytes. */
const leastBytes = 4096;

/** Compresses JSON for readers elsewhere; on this machine it would only take time. */
export function compressAnswers(app: FastifyInstance): void {
  app.addHook("onSend", async (request, reply, payload) => {
    if (typeof payload !== "string" || payload.length < leastBytes) return payload;
    const type = String(reply.getHeader("content-type") ?? "");
    if (!type.includes("json") || !wantsGzip(request) || isLocal(request.ip)) return payload;
    reply.header("content-encoding", "gzip");
    reply.header("vary", "accept-encoding");
    reply.removeHeader("content-length");
    return gzipText(payload, { level: constants.Z_BEST_SPEED });
  });
}

function wantsGzip({ headers }: FastifyRequest): boolean {
  return /\bgzip\b(?!;\s*q=0(?:\.0*)?(?:,|$))/.test(String(headers["accept-encoding"] ?? ""));
}

function isLocal(address: string): boolean {
  return address === "::1" || /^(?:::ffff:)?127\./.test(address);
}
