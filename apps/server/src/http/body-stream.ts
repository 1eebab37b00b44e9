import { Readable } from "node:stream";
import { PlatformError } from "@tessera/contracts/errors";
import type { FastifyRequest } from "fastify";

/**
 * The body of an upload as it comes. When the caller goes away half-way the stream fails with
 * "cancelled": nobody is there to answer, and nothing is wrong on our side.
 */
export function bodyStream(request: FastifyRequest): Readable {
  const source = request.body instanceof Readable ? request.body : request.raw;
  return Readable.from(chunksOf(source), { objectMode: false });
}

async function* chunksOf(source: Readable): AsyncGenerator<Buffer> {
  try {
    // A consumer that leaves early is about to answer, for which the connection is needed.
    const chunks = source.iterator({ destroyOnReturn: false });
    for await (const chunk of chunks as AsyncIterable<Buffer>) yield chunk;
  } catch (cause) {
    throw new PlatformError("cancelled", "The upload ended before its end", { cause });
  }
}
