import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/**
 * Scripts, styles and fonts of the dashboard. Their names change with their content, so that they
 * are kept for ever; they lie there compressed, in Brotli and gzip, from the build on.
 */
export function serveStaticFiles(app: FastifyInstance, folder: string): void {
  void app.register(fastifyStatic, {
    root: folder,
    prefix: "/_next/static/",
    preCompressed: true,
    immutable: true,
    maxAge: "365d",
    index: false,
    decorateReply: false,
    setHeaders: (reply) => {
      reply.header("x-content-type-options", "nosniff");
    },
  });
}
