import { createLogger } from "@tessera/kit/logger";
import { afterEach, describe, expect, test } from "vitest";
import { createApp } from "./create-app.ts";
import { servePagesAsFallback } from "./page-fallback.ts";
import type { WebPages } from "./web-pages.ts";

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Pages that show what the dashboard gets to see. */
const pages: WebPages = {
  staticFolder: "",
  handle: async (request, response) => {
    const { "x-nonce": nonce, "content-security-policy": policy } = request.headers;
    response.end(JSON.stringify({ url: request.url, nonce, policy }));
  },
  close: async () => undefined,
};

function appWith(given: WebPages | undefined, log = createLogger("test", "silent")) {
  const app = createApp({ log });
  servePagesAsFallback(app, { pages: given, contentSources: "http://*.localhost:3000" });
  closing.push(() => app.close());
  return app;
}

describe("what no route answers", () => {
  test("is a page, whose scripts need the nonce of its answer", async () => {
    const app = appWith(pages);
    const first = await app.inject({ url: "/p/digits/runs?filter=x" });
    expect(first.statusCode).toBe(200);
    const seen = first.json<{ url: string; nonce: string; policy: string }>();
    expect(seen.url).toBe("/p/digits/runs?filter=x");
    const policy = String(first.headers["content-security-policy"]);
    expect(seen.policy).toBe(policy);
    expect(policy).toContain(`script-src 'self' 'nonce-${seen.nonce}'`);
    expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("frame-src http://*.localhost:3000");
    expect(first.headers).toMatchObject({
      "x-frame-options": "DENY",
      "x-content-type-options": "nosniff",
    });
    const second = await app.inject({ url: "/", headers: { "x-nonce": seen.nonce } });
    expect(second.json<{ nonce: string }>().nonce).not.toBe(seen.nonce);
  });

  test.each([
    "/api/v1/nothing",
    "/api",
    "/p/digits/api/2.0/mlflow/nothing",
    "/p/digits/ajax-api/2.0/mlflow/nothing",
    "/healthz/x",
    "/link",
  ])("below %s is a problem for programs to read", async (url) => {
    const log = createLogger("test", "silent");
    const faults: unknown[] = [];
    log.error = (...fault: unknown[]) => void faults.push(fault);
    const response = await appWith(pages, log).inject({ url });
    expect(response.statusCode).toBe(404);
    // Whatever comes after the answer has nowhere to go but the log.
    await new Promise(setImmediate);
    expect(faults).toEqual([]);
    expect(response.json()).toMatchObject({ code: "not_found", detail: `There is no GET ${url}` });
  });

  test("is not written to", async () => {
    for (const method of ["POST", "PUT", "DELETE", "PATCH"] as const) {
      const response = await appWith(pages).inject({ method, url: "/p/digits/runs" });
      expect(response.statusCode).toBe(404);
    }
  });

  test("says what to do while the dashboard is not built", async () => {
    const response = await appWith(undefined).inject({ url: "/" });
    expect(response.statusCode).toBe(503);
    expect(response.body).toContain("npm run build");
  });
});
