import { Problem } from "@tessera/contracts/errors";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "./testing/test-server.ts";

let server: TestServer;
let token: string;

beforeAll(async () => {
  server = await startTestServer();
  token = await server.tokenOf(await server.createPerson({ name: "Ada" }));
});

afterAll(async () => server?.close());

/** Creates a project with a raw body. */
function post(payload: string | Buffer, type = "application/json") {
  return server.call({
    method: "POST",
    url: "/api/v1/projects",
    token,
    headers: { "content-type": type },
    payload,
  });
}

function problemIn(response: { headers: Record<string, unknown>; json: () => unknown }): Problem {
  expect(response.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
  return Problem.parse(response.json());
}

describe("bodies that are not right", () => {
  test.each([
    ["an unknown field", '{"name":"A","colour":"red"}', /Unrecognized key: "colour"/],
    ["a wrong type", '{"name":7}', /^name: /],
    ["a missing field", "{}", /^name: /],
    ["an empty name", '{"name":"   "}', /^name: /],
    ["an overlong name", `{"name":"${"x".repeat(201)}"}`, /^name: /],
    ["a control character", '{"name":"a\\u0007b"}', /^name: /],
    ["a slug with capitals", '{"name":"A","slug":"Abc"}', /^slug: must be lower-case/],
    ["a slug that climbs", '{"name":"A","slug":"../etc"}', /^slug: /],
    ["a list", "[]", /expected object/],
    ["null", "null", /expected object/],
    ["broken JSON", '{"name":', /JSON/],
    ["text after the JSON", '{"name":"A"} x', /JSON/],
    ["a poisoned prototype", '{"name":"A","__proto__":{"admin":true}}', /.+/],
  ])("%s", async (_, payload, words) => {
    const response = await post(payload);
    const problem = problemIn(response);
    expect(response.statusCode).toBe(400);
    expect(problem).toMatchObject({ code: "invalid_argument", status: 400 });
    expect(problem.detail).toMatch(words);
  });

  test("say where each fault is", async () => {
    const problem = problemIn(await post('{"name":7,"slug":"A B","description":[]}'));
    expect(problem.issues?.map(({ path }) => path).toSorted()).toEqual([
      "description",
      "name",
      "slug",
    ]);
  });

  test("of another kind than JSON are refused", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/xml"]) {
      const response = await post("name=A", type);
      expect(response.statusCode).toBe(415);
      expect(problemIn(response).code).toBe("unsupported_media_type");
    }
  });

  test("of 17 MB are refused", async () => {
    const response = await post(`{"name":"${"x".repeat(17 * 1024 * 1024)}"}`);
    expect(response.statusCode).toBe(413);
    expect(problemIn(response).code).toBe("too_large");
  });

  test("with invalid UTF-8 leave nothing behind", async () => {
    for (const bytes of [
      [0x7b, 0xff, 0xfe, 0x7d],
      [...Buffer.from('{"name":"Latin '), 0xe9, ...Buffer.from('"}')],
    ]) {
      const problem = problemIn(await post(Buffer.from(bytes)));
      expect(problem).toMatchObject({ status: 400, detail: "The body is not valid UTF-8" });
    }
    const { items } = (await server.call({ url: "/api/v1/projects", token })).json<{
      items: { name: string }[];
    }>();
    expect(items.filter(({ name }) => name.startsWith("Latin"))).toEqual([]);
  });

  test.each([
    ["NUL", '{"name":"A","description":"a\\u0000b"}', "description: must not contain NUL"],
    ["half a character", '{"name":"\\ud800"}', "name: must be well-formed Unicode"],
    ["the other half", '{"name":"A \\uDC00 b"}', "name: must be well-formed Unicode"],
    ["NUL in a name", '{"name":"A","a\\u0000":1}', "The body: a name in it must not contain NUL"],
    ["depth", `${"[".repeat(100_000)}"\\u0000"${"]".repeat(100_000)}`, "nested too deeply"],
  ])("with text that nothing can hold: %s", async (_, payload, words) => {
    const response = await post(payload);
    expect(response.statusCode).toBe(400);
    expect(problemIn(response).detail).toContain(words);
  });

  test("with escapes of whole characters are fine", async () => {
    const response = await post('{"name":"\\ud83d\\ude80 \\u00e9"}');
    expect(response.json()).toMatchObject({ name: "🚀 é" });
  });
});

describe("addresses that are not right", () => {
  test.each([
    ["a broken escape", "/api/v1/projects/%E0%A4%A", 400],
    ["a project that no slug names", "/api/v1/projects/A%20B", 400],
    ["an unknown query parameter", "/api/v1/projects?sort=name", 400],
    ["a query where there is none", "/api/v1/me?verbose=1", 400],
    ["a query that is no UTF-8", "/api/v1/projects?pageToken=%ff", 400],
    ["a query with half a character", "/api/v1/projects?pageToken=%ED%A0%80", 400],
    ["a limit past the most", "/api/v1/projects?limit=501", 400],
    ["a limit that is no number", "/api/v1/projects?limit=many", 400],
    ["a page token that was not given out", "/api/v1/projects?pageToken=%21%21", 400],
    ["a repeated parameter", "/api/v1/projects?limit=1&limit=2", 400],
    ["a path that is not there", "/api/v1/nothing", 404],
  ])("%s", async (_, url, status) => {
    const response = await server.call({ url, token });
    expect(response.statusCode).toBe(status);
    problemIn(response);
  });

  test("a method that a path does not have", async () => {
    const response = await server.call({ method: "DELETE", url: "/api/v1/projects", token });
    expect(response.statusCode).toBe(404);
    problemIn(response);
  });
});

describe("credentials that are not right", () => {
  test.each([
    ["none", undefined],
    ["an unknown token", "Bearer tsr_unknown"],
    ["an empty token", "Bearer "],
    ["an unknown scheme", "Digest abc"],
    ["a Basic that is no Base64", "Basic %%%"],
    ["a Basic without a password", `Basic ${Buffer.from("ada").toString("base64")}`],
  ])("%s", async (_, authorization) => {
    const response = await server.call({
      url: "/api/v1/me",
      headers: authorization === undefined ? {} : { authorization },
    });
    expect(response.statusCode).toBe(401);
    expect(response.headers["www-authenticate"]).toBe('Bearer realm="tessera"');
    expect(problemIn(response).code).toBe("unauthenticated");
  });

  test("are refused before the body is read", async () => {
    const response = await server.call({
      method: "POST",
      url: "/api/v1/projects",
      headers: { "content-type": "application/json" },
      payload: "{ not even JSON",
    });
    expect(response.statusCode).toBe(401);
  });

  test("a token as the password of Basic is right", async () => {
    const authorization = `Basic ${Buffer.from(`anybody:${token}`).toString("base64")}`;
    const response = await server.call({ url: "/api/v1/me", headers: { authorization } });
    expect(response.json()).toMatchObject({ via: "token" });
  });

  test("a session that is not signed by us is nobody's", async () => {
    const cookie = "tessera-3000.session_token=abc.def";
    const response = await server.call({ url: "/api/v1/me", headers: { cookie } });
    expect(response.statusCode).toBe(401);
  });
});

describe("repeated creates", () => {
  test("get the first answer again", async () => {
    const send = () =>
      server.call({
        method: "POST",
        url: "/api/v1/projects",
        token,
        headers: { "idempotency-key": "create-1" },
        payload: { name: "Only once" },
      });
    const first = await send();
    const second = await send();
    expect([first.statusCode, second.statusCode]).toEqual([201, 201]);
    expect(second.json()).toEqual(first.json());
  });

  test("with a key that is none are refused", async () => {
    const response = await server.call({
      method: "POST",
      url: "/api/v1/projects",
      token,
      headers: { "idempotency-key": "a b" },
      payload: { name: "Never" },
    });
    expect(response.statusCode).toBe(400);
  });

  test("with the key of another request are refused", async () => {
    const send = (name: string) =>
      server.call({
        method: "POST",
        url: "/api/v1/tokens",
        token,
        headers: { "idempotency-key": "create-2" },
        payload: { name },
      });
    expect((await send("one")).statusCode).toBe(201);
    expect((await send("two")).statusCode).toBe(409);
  });
});

describe("conflicts", () => {
  test("a slug that is taken", async () => {
    const send = () =>
      server.call({
        method: "POST",
        url: "/api/v1/projects",
        token,
        payload: { name: "Taken", slug: "taken" },
      });
    expect((await send()).statusCode).toBe(201);
    const again = await send();
    expect(again.statusCode).toBe(409);
    expect(problemIn(again)).toMatchObject({ code: "conflict", issues: [{ path: "slug" }] });
  });
});
