import { createSignInLink } from "@tessera/usecases/identity/create-sign-in-link";
import { createUser } from "@tessera/usecases/identity/create-user";
import { ensureFirstAdministrator } from "@tessera/usecases/identity/ensure-first-administrator";
import { updateUser } from "@tessera/usecases/identity/update-user";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "./testing/test-server.ts";

const origin = "http://127.0.0.1:3000";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(async () => server?.close());

let slugs = 0;

function nextSlug(): string {
  slugs += 1;
  return `project-${slugs}`;
}

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

describe("password", () => {
  const email = "joan@example.com";
  const password = "a password of Joan";
  let userId: string;

  beforeAll(async () => {
    const admin = await server.createPerson({ name: "Root", admin: true });
    const { user, link } = await createUser(admin, { name: "Joan", email });
    userId = user.id;
    const entered = await server.call({ method: "POST", url: new URL(link.url).pathname });
    const welcome = { name: "Joan", email, password };
    const headers = { cookie: cookieOf(entered), origin };
    const set = { method: "POST", url: "/api/v1/me/welcome", headers, payload: welcome } as const;
    if ((await server.call(set)).statusCode !== 200) throw new Error("Joan got no password");
  });

  beforeEach(async () => {
    await server.platform.db.prisma.rateLimit.deleteMany();
  });

  function signIn(payload: object, headers: Record<string, string> = {}) {
    return server.call({
      method: "POST",
      url: "/api/auth/sign-in/email",
      headers: { origin, ...headers },
      payload,
    });
  }

  test("that is wrong, or of nobody, is refused in the same words", async () => {
    const wrong = await signIn({ email, password: "not it at all" });
    const nobody = await signIn({ email: "nobody@example.com", password });
    expect([wrong.statusCode, nobody.statusCode]).toEqual([401, 401]);
    expect(wrong.json()).toMatchObject({ code: "unauthenticated", status: 401 });
    expect(nobody.json()).toMatchObject({ detail: wrong.json<{ detail: string }>().detail });
  });

  test("is asked for at most 10 times a minute, whoever asks at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 14 }, () => signIn({ email, password: "guess after guess" })),
    );
    const statuses = answers.map(({ statusCode }) => statusCode);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    const limited = answers.filter(({ statusCode }) => statusCode === 429);
    expect(limited).toHaveLength(4);
    expect(Number(limited[0]?.headers["retry-after"])).toBeGreaterThan(0);
    expect(limited[0]?.json()).toMatchObject({ code: "rate_limited" });
    const elsewhere = await server.call({
      method: "POST",
      url: "/api/auth/sign-in/email",
      headers: { origin },
      payload: { email, password },
      remoteAddress: "192.0.2.7",
    });
    expect(elsewhere.statusCode).toBe(200);
  });

  test("cannot be guessed faster by pretending to come from elsewhere", async () => {
    const answers = [];
    for (let index = 0; index < 11; index += 1) {
      const headers = {
        "x-forwarded-for": `192.0.2.${index}`,
        "x-tessera-client-address": `192.0.2.${index}`,
      };
      answers.push(await signIn({ email, password: "guess" }, headers));
    }
    expect(answers.at(-1)?.statusCode).toBe(429);
  });

  test("is asked for at most 50 times in 15 minutes for one account, wherever from", async () => {
    const statuses: number[] = [];
    const payload = { email: "JOAN@example.com", password: "x".repeat(200) };
    for (let index = 0; index < 52; index += 1) {
      const response = await server.call({
        method: "POST",
        url: "/api/auth/sign-in/email",
        headers: { origin },
        payload,
        remoteAddress: `192.0.2.${index}`,
      });
      statuses.push(response.statusCode);
      if (response.statusCode === 429) expect(response.headers["retry-after"]).toMatch(/^\d+$/);
    }
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
  });

  test("of a disabled account lets nobody in", async () => {
    const admin = await server.createPerson({ name: "Root", admin: true });
    await updateUser(admin, { id: userId, changes: { disabled: true } });
    const response = await signIn({ email, password });
    expect(response.statusCode).toBe(403);
    expect(cookieOf(response)).toBe("");
    await updateUser(admin, { id: userId, changes: { disabled: false } });
    expect((await signIn({ email, password })).statusCode).toBe(200);
  });

  test("is not asked for on behalf of another site", async () => {
    const response = await signIn({ email, password }, { origin: "https://elsewhere.example" });
    expect(response.statusCode).toBe(403);
    expect(cookieOf(response)).toBe("");
  });

  test("can be changed by who knows it, which ends other sessions when wanted", async () => {
    const session = cookieOf(await signIn({ email, password }));
    const other = cookieOf(await signIn({ email, password }));
    const change = (currentPassword: string) =>
      server.call({
        method: "POST",
        url: "/api/auth/change-password",
        headers: { origin, cookie: session },
        payload: { currentPassword, newPassword: "another password", revokeOtherSessions: true },
      });
    expect((await change("not it")).statusCode).toBe(400);
    expect((await change(password)).statusCode).toBe(200);
    expect((await signIn({ email, password })).statusCode).toBe(401);
    expect((await signIn({ email, password: "another password" })).statusCode).toBe(200);
    const me = await server.call({ url: "/api/v1/me", headers: { cookie: other } });
    expect(me.statusCode).toBe(401);
  });

  test("and nothing else of the sign-in library is open", async () => {
    for (const path of [
      "sign-up/email",
      "update-user",
      "delete-user",
      "request-password-reset",
      "list-accounts",
      "link-social",
      "ok",
      "../v1/me",
      "nothing",
    ]) {
      const url = `/api/auth/${path}`;
      const payload = { email: "x@example.com", password, name: "X" };
      const response = await server.call({ method: "POST", url, headers: { origin }, payload });
      expect([path, response.statusCode]).toEqual([path, 404]);
    }
  });

  test("of wrong types or broken JSON are the caller's mistake", async () => {
    expect((await signIn({ email: 7, password: [] })).statusCode).toBe(400);
    const broken = await server.call({
      method: "POST",
      url: "/api/auth/sign-in/email",
      headers: { origin, "content-type": "application/json" },
      payload: "{",
    });
    expect(broken.statusCode).toBe(400);
    const huge = await signIn({ email, password: "x".repeat(100_000) });
    expect(huge.statusCode).toBe(413);
  });
});

describe("a request with a session cookie", () => {
  test("must come from our own pages when it changes something", async () => {
    const person = await server.createPerson({ name: "Ada" });
    const link = await createSignInLink(person, {});
    const entered = await server.call({ method: "POST", url: new URL(link.url).pathname });
    const cookie = cookieOf(entered);
    const create = (headers: Record<string, string>) =>
      server.call({
        method: "POST",
        url: "/api/v1/projects",
        headers: { cookie, ...headers },
        payload: { name: `Project of ${JSON.stringify(headers)}`.slice(0, 100), slug: nextSlug() },
      });
    const statusOf = async (headers: Record<string, string>): Promise<number> =>
      (await create(headers)).statusCode;
    expect(await statusOf({})).toBe(403);
    expect(await statusOf({ origin: "null" })).toBe(403);
    expect(await statusOf({ origin: "https://elsewhere.example" })).toBe(403);
    expect(await statusOf({ origin: "http://run.localhost:3000" })).toBe(403);
    // Hosts of user content have nothing of ours.
    expect(
      await statusOf({ origin: "http://run.localhost:3000", host: "run.localhost:3000" }),
    ).toBe(404);
    expect(await statusOf({ "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await statusOf({ origin })).toBe(201);
    expect(await statusOf({ origin: "http://my-machine:3000", host: "my-machine:3000" })).toBe(201);
    expect(await statusOf({ "sec-fetch-site": "same-origin" })).toBe(201);
    const reading = await server.call({ url: "/api/v1/me", headers: { cookie } });
    expect(reading.statusCode).toBe(200);
  });

  test("gets its cookie anew when the session's end moved", async () => {
    const person = await server.createPerson({ name: "Ada" });
    const link = await createSignInLink(person, {});
    const entered = await server.call({ method: "POST", url: new URL(link.url).pathname });
    const cookie = cookieOf(entered);
    await server.platform.db.prisma.session.updateMany({
      where: { userId: person.actor.userId },
      data: { expiresAt: new Date(Date.now() + 3600_000) },
    });
    const first = await server.call({ url: "/api/v1/me", headers: { cookie } });
    expect(cookieOf(first)).toBe(cookie);
    const second = await server.call({ url: "/api/v1/me", headers: { cookie } });
    expect(second.headers["set-cookie"]).toBeUndefined();
  });
});

describe("behind https", () => {
  test("cookies are secure", async () => {
    const secure = await startTestServer({ settings: { publicUrl: "https://tessera.example" } });
    try {
      const person = await secure.createPerson({ name: "Ada" });
      const link = await createSignInLink(person, {});
      expect(link.url).toMatch(/^https:\/\/tessera\.example\/link\//);
      const entered = await secure.call({ method: "POST", url: new URL(link.url).pathname });
      expect(String(entered.headers["set-cookie"])).toMatch(
        /^__Secure-tessera\.session_token=.*; HttpOnly; SameSite=Lax; Secure$/,
      );
      const headers = { cookie: cookieOf(entered) };
      expect((await secure.call({ url: "/api/v1/me", headers })).statusCode).toBe(200);
      const known = await secure.call({ url: "/api/auth/get-session", headers });
      expect(known.json()).toMatchObject({ user: { id: person.actor.userId } });
    } finally {
      await secure.close();
    }
  });
});
