import { oidcProviderId } from "@tessera/usecases/identity/sign-in";
import { createUser } from "@tessera/usecases/identity/create-user";
import { updateUser } from "@tessera/usecases/identity/update-user";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type OidcProvider, startOidcProvider } from "./testing/oidc-provider.ts";
import { startTestServer, type TestServer } from "./testing/test-server.ts";

const origin = "http://127.0.0.1:3000";

let provider: OidcProvider;
let server: TestServer;

beforeAll(async () => {
  provider = await startOidcProvider();
  const { discoveryUrl, clientId, clientSecret } = provider;
  server = await startTestServer({
    oidc: { name: "Example login", discoveryUrl, clientId, clientSecret },
    settings: { oidcProviders: [{ id: oidcProviderId, name: "Example login" }] },
  });
});

beforeEach(() => {
  provider.forging = false;
  provider.terse = false;
});

afterAll(async () => {
  await server?.close();
  await provider?.close();
});

function cookiesOf(response: { headers: Record<string, unknown> }): string {
  return [response.headers["set-cookie"]]
    .flat()
    .flatMap((each) => (typeof each === "string" ? [each.split(";")[0]] : []))
    .join("; ");
}

/** Goes to the provider and back as a browser does; answers where it ends and as whom. */
async function signIn(callbackURL = "/p/x/runs") {
  const begun = await server.call({
    method: "POST",
    url: "/api/auth/sign-in/social",
    headers: { origin },
    payload: { provider: oidcProviderId, callbackURL },
  });
  expect(begun.statusCode).toBe(200);
  const there = await fetch(begun.json<{ url: string }>().url, { redirect: "manual" });
  const back = new URL(there.headers.get("location") ?? "");
  expect(`${back.origin}${back.pathname}`).toBe(`${origin}/api/auth/callback/${oidcProviderId}`);
  const ended = await server.call({
    url: `${back.pathname}${back.search}`,
    headers: { cookie: cookiesOf(begun) },
  });
  const cookie = cookiesOf(ended);
  const me = await server.call({ url: "/api/v1/me", headers: { cookie } });
  return { location: String(ended.headers.location), me };
}

describe("signing in through a provider", () => {
  test("is offered by name", async () => {
    const response = await server.call({ url: "/api/v1/auth/providers" });
    expect(response.json()).toEqual({
      password: true,
      oidc: [{ id: "oidc", name: "Example login" }],
    });
  });

  test("makes an account with a project, and finds it again", async () => {
    provider.identity = { sub: "17", email: "Lin@example.com", email_verified: true, name: "Lin" };
    const first = await signIn();
    expect(first.location).toBe("/p/x/runs");
    expect(first.me.json()).toMatchObject({
      user: { name: "Lin", email: "lin@example.com", admin: false },
      needsWelcome: false,
      homeProject: "lin",
    });
    const again = await signIn();
    const idOf = (me: typeof again.me): string => me.json<{ user: { id: string } }>().user.id;
    expect(idOf(again.me)).toBe(idOf(first.me));
    expect(idOf(again.me)).toMatch(/^[0-9a-f]{32}$/);
  });

  test("asks for what an ID token does not say", async () => {
    provider.terse = true;
    provider.identity = { sub: "21", email: "tor@example.com", email_verified: true, name: "Tor" };
    const { me } = await signIn();
    expect(me.json()).toMatchObject({ user: { name: "Tor", email: "tor@example.com" } });
    provider.forging = true;
    expect((await signIn()).me.statusCode).toBe(401);
  });

  test("lets an invited person in whose address the provider vouches for", async () => {
    const admin = await server.createPerson({ name: "Root", admin: true });
    const { user } = await createUser(admin, { name: "Mia", email: "mia@example.com" });
    provider.identity = { sub: "18", email: "mia@example.com", email_verified: true, name: "M" };
    const { me } = await signIn();
    expect(me.json()).toMatchObject({ user: { id: user.id } });
  });

  test("does not take over an account by an address that nobody verified", async () => {
    const admin = await server.createPerson({ name: "Root", admin: true });
    await createUser(admin, { name: "Kay", email: "kay@example.com" });
    provider.identity = { sub: "19", email: "kay@example.com", email_verified: false, name: "K" };
    const { location, me } = await signIn();
    expect(location).toMatch(/^http:\/\/127\.0\.0\.1:3000\/sign-in\?error=account/);
    expect(me.statusCode).toBe(401);
  });

  test("refuses an ID token that the provider did not sign", async () => {
    provider.identity = { sub: "17", email: "lin@example.com", email_verified: true, name: "Lin" };
    provider.forging = true;
    const { location, me } = await signIn();
    expect(location).toContain("/sign-in?error=");
    expect(me.statusCode).toBe(401);
  });

  test("refuses a disabled account", async () => {
    const admin = await server.createPerson({ name: "Root", admin: true });
    provider.identity = { sub: "20", email: "dan@example.com", email_verified: true, name: "Dan" };
    const first = await signIn();
    const { id } = first.me.json<{ user: { id: string } }>().user;
    await updateUser(admin, { id, changes: { disabled: true } });
    const { me } = await signIn();
    expect(me.statusCode).toBe(401);
  });

  test("leads nowhere but to our own pages", async () => {
    const begun = await server.call({
      method: "POST",
      url: "/api/auth/sign-in/social",
      headers: { origin },
      payload: { provider: oidcProviderId, callbackURL: "https://elsewhere.example/" },
    });
    expect(begun.statusCode).toBe(403);
  });
});
