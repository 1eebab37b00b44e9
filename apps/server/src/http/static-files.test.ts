import { createLogger } from "@tessera/kit/logger";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApp } from "./create-app.ts";
import { serveStaticFiles } from "./static-files.ts";

const script = `export const answer = 42;\n`.repeat(200);
const compressor = join(import.meta.dirname, "../../../../tooling/build/compress-files.mjs");

describe("the dashboard's files", () => {
  let folder: string;
  let app: FastifyInstance;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tessera-static-"));
    await mkdir(join(folder, "static/chunks"), { recursive: true });
    await writeFile(join(folder, "static/chunks/main.js"), script);
    await writeFile(join(folder, "static/chunks/tiny.js"), "1;");
    await writeFile(join(folder, "secret.txt"), "not for the browser");
    await promisify(execFile)(process.execPath, [compressor, join(folder, "static")]);
    app = createApp({ log: createLogger("test", "silent") });
    serveStaticFiles(app, join(folder, "static"));
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  const get = (path: string, encoding = "") =>
    app.inject({ url: `/_next/static/${path}`, headers: { "accept-encoding": encoding } });

  test.each([
    ["br", brotliDecompressSync],
    ["gzip", gunzipSync],
  ] as const)("come as the build packed them, in %s", async (encoding, unpack) => {
    const answer = await get("chunks/main.js", encoding);
    expect(answer.headers).toMatchObject({
      "content-encoding": encoding,
      "content-type": expect.stringContaining("javascript"),
      "cache-control": "public, max-age=31536000, immutable",
      vary: expect.stringMatching(/accept-encoding/i),
    });
    expect(unpack(answer.rawPayload).toString()).toBe(script);
    expect(answer.rawPayload.length).toBeLessThan(script.length / 10);
  });

  test("come as they are to who takes nothing packed, and where packing does not pay", async () => {
    expect((await get("chunks/main.js")).payload).toBe(script);
    const tiny = await get("chunks/tiny.js", "br, gzip");
    expect([tiny.payload, tiny.headers["content-encoding"]]).toEqual(["1;", undefined]);
  });

  test.each([
    "../secret.txt",
    "%2e%2e/secret.txt",
    "chunks/..%2f..%2fsecret.txt",
    "chunks/",
    "no.js",
  ])("do not include %s", async (path) => {
    const answer = await get(path);
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.payload).not.toContain("not for the browser");
  });
});
