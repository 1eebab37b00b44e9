import { gunzipSync } from "node:zlib";
import { createLogger } from "@tessera/kit/logger";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compressAnswers } from "./compress-answers.ts";
import { createApp } from "./create-app.ts";

const app = createApp({ log: createLogger("test", "silent") });
const large = { items: Array.from({ length: 1000 }, (_, index) => ({ index, name: "é" })) };

beforeAll(async () => {
  compressAnswers(app);
  app.get("/large", async () => large);
  app.get("/small", async () => ({ ok: true }));
  app.get("/bytes", async (_, reply) => reply.type("image/png").send(Buffer.alloc(10_000)));
  await app.ready();
});

afterAll(() => app.close());

function ask(url: string, encoding: string, remoteAddress = "192.0.2.1") {
  return app.inject({ url, remoteAddress, headers: { "accept-encoding": encoding } });
}

describe("compression", () => {
  test("makes large JSON small for readers elsewhere", async () => {
    const response = await ask("/large", "br, gzip");
    expect(response.headers).toMatchObject({ "content-encoding": "gzip", vary: "accept-encoding" });
    expect(response.rawPayload.length).toBeLessThan(JSON.stringify(large).length / 3);
    expect(JSON.parse(gunzipSync(response.rawPayload).toString("utf8"))).toEqual(large);
  });

  test.each([
    ["/large", "gzip", "127.0.0.1"],
    ["/large", "gzip", "::ffff:127.0.0.1"],
    ["/large", "br"],
    ["/large", "gzip;q=0"],
    ["/small", "gzip"],
    ["/bytes", "gzip"],
  ])("leaves %s as it is for %s from %s", async (url, encoding, from = "192.0.2.1") => {
    const response = await ask(url, encoding, from);
    expect(response.headers["content-encoding"]).toBeUndefined();
    expect(response.rawPayload.length).toBe(Number(response.headers["content-length"]));
  });
});
