import { revokeAccessToken } from "@tessera/usecases/identity/revoke-access-token";
import { listAccessTokens } from "@tessera/usecases/identity/list-access-tokens";
import type { Context, UserActor } from "@tessera/usecases/platform/platform";
import { updateProject } from "@tessera/usecases/projects/update-project";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "./testing/test-server.ts";

let server: TestServer;
let origin: string;
let ada: Context & { actor: UserActor };
let project: { id: string; slug: string };

beforeAll(async () => {
  server = await startTestServer();
  origin = await server.app.listen({ host: "127.0.0.1", port: 0 });
  ada = await server.createPerson({ name: "Ada" });
  project = await server.createProject([[ada, "owner"]]);
});

afterAll(async () => server?.close());

interface Reading {
  readonly status: number;
  readonly headers: Headers;
  /** Everything that came so far. */
  readonly text: () => string;
  readonly ended: () => boolean;
  readonly stop: () => void;
}

async function read(path: string, headers: Record<string, string>): Promise<Reading> {
  const left = new AbortController();
  const response = await fetch(`${origin}${path}`, { headers, signal: left.signal });
  let text = "";
  let ended = false;
  void (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString("utf8");
  })()
    .catch(() => undefined)
    .finally(() => (ended = true));
  return {
    status: response.status,
    headers: response.headers,
    text: () => text,
    ended: () => ended,
    stop: () => left.abort(),
  };
}

async function authorization(): Promise<{ authorization: string }> {
  return { authorization: `Bearer ${await server.tokenOf(ada)}` };
}

function change(description: string): Promise<unknown> {
  return updateProject(ada, { project: project.slug, changes: { description } });
}

describe("a stream of events", () => {
  test("says where it is, then what changes, and that it lives", async () => {
    const stream = await read(`/api/v1/projects/${project.slug}/events`, await authorization());
    expect(stream.status).toBe(200);
    expect(stream.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(stream.headers.get("cache-control")).toContain("no-transform");
    await expect.poll(stream.text).toMatch(/^retry: 2000\n\nid: \d+\.\d+\n\n/);
    await change("one");
    await expect
      .poll(stream.text)
      .toMatch(/\nid: \d+\.\d+\ndata: \{"id":"[\d.]+","type":"project.changed"/);
    await expect.poll(stream.text).toContain(": still here\n\n");
    stream.stop();
  });

  test("goes on after the last event that was seen", async () => {
    const headers = await authorization();
    const path = `/api/v1/projects/${project.slug}/events`;
    const first = await read(path, headers);
    await expect.poll(first.text).toContain("id: ");
    const position = /id: (\S+)/.exec(first.text())?.[1] ?? "";
    first.stop();
    await change("two");
    const second = await read(path, { ...headers, "last-event-id": position });
    await expect.poll(second.text).toContain('"type":"project.changed"');
    second.stop();
  });

  test("ends when its token is revoked", async () => {
    const stream = await read("/api/v1/events", await authorization());
    await expect.poll(stream.text).toContain("id: ");
    for (const { id } of (await listAccessTokens(ada)).items) await revokeAccessToken(ada, { id });
    await expect.poll(stream.ended, { timeout: 3000 }).toBe(true);
  });

  test("is refused in words", async () => {
    const headers = await authorization();
    const statusOf = async (path: string, more: Record<string, string> = {}): Promise<number> =>
      (await fetch(`${origin}${path}`, { headers: { ...headers, ...more } })).status;
    const path = `/api/v1/projects/${project.slug}/events`;
    expect(await statusOf(path, { "last-event-id": "yesterday" })).toBe(400);
    expect(await statusOf("/api/v1/projects/nowhere/events")).toBe(404);
    expect(await statusOf(path, { authorization: "Bearer no" })).toBe(401);
  });

  test("ends when the server stops, without holding it up", async () => {
    const other = await startTestServer();
    try {
      const address = await other.app.listen({ host: "127.0.0.1", port: 0 });
      const token = await other.tokenOf(await other.createPerson({ name: "Ada" }));
      const response = await fetch(`${address}/api/v1/events`, {
        headers: { authorization: `Bearer ${token}` },
      });
      const began = Date.now();
      await other.app.close();
      await response.text();
      expect(Date.now() - began).toBeLessThan(4000);
    } finally {
      await other.close();
    }
  });
});
