import type { Readable } from "node:stream";
import type { FastifyReply } from "fastify";

interface Download {
  readonly name: string;
  readonly body: Readable;
  readonly contentType: string;
  readonly size?: number;
}

/** RFC 6266 with RFC 8187: a plain name for old readers, the true one for the rest. */
export function attachment(name: string): string {
  const plain = name.replaceAll(/[^\w. ()-]/g, "_");
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}

/** Streams a file as an attachment that no browser runs. */
export function sendDownload(reply: FastifyReply, download: Download): void {
  reply.header("content-type", download.contentType);
  reply.header("content-disposition", attachment(download.name));
  reply.header("content-security-policy", "sandbox; default-src 'none'");
  if (download.size !== undefined) reply.header("content-length", download.size);
  reply.send(download.body);
}
