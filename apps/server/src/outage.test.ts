import { type BreakableLink, openBreakableLink } from "@tessera/usecases/testing/breakable-link";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "./testing/test-server.ts";

let link: BreakableLink;
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({
    by: async (url) => {
      link = await openBreakableLink(url);
      return link.url;
    },
  });
});

afterAll(async () => {
  await server?.close();
  await link?.cut();
});

describe("while the database is away", () => {
  test("answers say so, and everything works again after", async () => {
    const token = await server.tokenOf(await server.createPerson({ name: "Ada" }));
    expect((await server.call({ url: "/readyz" })).statusCode).toBe(200);
    await link.cut();
    try {
      const me = await server.call({ url: "/api/v1/me", token });
      expect(me.statusCode).toBe(503);
      expect(me.headers["retry-after"]).toBe("2");
      expect(me.json()).toMatchObject({ code: "unavailable" });
      const created = await server.call({
        method: "POST",
        url: "/api/v1/projects",
        token,
        payload: { name: "Not now" },
      });
      expect(created.statusCode).toBe(503);
      const signIn = await server.call({
        method: "POST",
        url: "/api/auth/sign-in/email",
        headers: { origin: "http://127.0.0.1:3000" },
        payload: { email: "ada@example.com", password: "0123456789" },
      });
      expect(signIn.statusCode).toBe(503);
      expect((await server.call({ url: "/readyz" })).statusCode).toBe(503);
      expect((await server.call({ url: "/healthz" })).statusCode).toBe(200);
    } finally {
      await link.mend();
    }
    const status = async (url: string): Promise<number> =>
      (await server.call({ url, token })).statusCode;
    await expect.poll(() => status("/readyz"), { timeout: 15_000 }).toBe(200);
    await expect.poll(() => status("/api/v1/me"), { timeout: 5000 }).toBe(200);
    const projects = await server.call({ url: "/api/v1/projects", token });
    expect(JSON.stringify(projects.json())).not.toContain("Not now");
  });
});
