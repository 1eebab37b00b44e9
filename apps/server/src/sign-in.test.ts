import { ensureFirstAdministrator } from "@tessera/usecases/identity/ensure-first-administrator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "./testing/test-server.ts";

const origin = "http://127.0.0.1:3000";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(async () => server?.close());

/** The name=value of the session cookie that an answer sets. */
function cookieOf(response: { headers: Record<string, unknown> }): string {
  const set = [response.headers["set-cookie"]].flat().map(String);
  const session = set.find((each) => each.includes("session_token"));
  return session?.split(";")[0] ?? "";
}

describe("first administrator", () => {
  test("comes in by the link once, sets a password, signs in with it", async () => {
    const first = await ensureFirstAdministrator(server.system);
    expect(first).toMatchObject({ created: true });
    const again = await ensureFirstAdministrator(server.system);
    expect(again).toMatchObject({ created: false, userId: first.userId });
    const path = new URL(again.link ?? "").pathname;

    const preview = await server.call({ url: path });
    expect(preview.statusCode).toBe(200);
    expect(preview.headers["set-cookie"]).toBeUndefined();

    const stale = await server.call({ method: "POST", url: new URL(first.link ?? "").pathname });
    expect(stale.statusCode).toBe(410);

    const forged = await server.call({
      method: "POST",
      url: path,
      headers: { origin: "https://elsewhere.example" },
    });
    expect(forged.statusCode).toBe(403);

    const entered = await server.call({
      method: "POST",
      url: path,
      headers: { "content-type": "application/x-www-form-urlencoded", origin },
    });
    expect(entered.statusCode).toBe(303);
    expect(entered.headers.location).toBe("/");
    expect(String(entered.headers["set-cookie"])).toMatch(/HttpOnly; SameSite=Lax$/);
    const cookie = cookieOf(entered);

    const me = await server.call({ url: "/api/v1/me", headers: { cookie } });
    expect(me.json()).toMatchObject({ via: "session", needsWelcome: true, homeProject: "admin" });

    const secondUse = await server.call({ method: "POST", url: path });
    expect(secondUse.statusCode).toBe(410);

    const welcome = { name: "Grace", email: "Grace@Example.com", password: "correct horse" };
    const noOrigin = await server.call({
      method: "POST",
      url: "/api/v1/me/welcome",
      headers: { cookie },
      payload: welcome,
    });
    expect(noOrigin.statusCode).toBe(403);
    const welcomed = await server.call({
      method: "POST",
      url: "/api/v1/me/welcome",
      headers: { cookie, origin },
      payload: welcome,
    });
    expect(welcomed.statusCode).toBe(200);
    expect(welcomed.json()).toMatchObject({ needsWelcome: false, user: { name: "Grace" } });

    const signIn = await server.call({
      method: "POST",
      url: "/api/auth/sign-in/email",
      headers: { origin },
      payload: { email: "grace@example.com", password: "correct horse" },
    });
    expect(signIn.statusCode).toBe(200);
    const session = cookieOf(signIn);
    const known = await server.call({ url: "/api/v1/me", headers: { cookie: session } });
    expect(known.json()).toMatchObject({ user: { email: "grace@example.com", admin: true } });

    const created = await server.call({
      method: "POST",
      url: "/api/v1/projects",
      headers: { cookie: session, origin },
      payload: { name: "First one" },
    });
    expect(created.statusCode).toBe(201);
    expect(created.json()).toMatchObject({ slug: "first-one", role: "owner" });

    const out = await server.call({
      method: "POST",
      url: "/api/auth/sign-out",
      headers: { cookie: session, origin },
    });
    expect(out.statusCode).toBe(200);
    const after = await server.call({ url: "/api/v1/me", headers: { cookie: session } });
    expect(after.statusCode).toBe(401);
  });
});
