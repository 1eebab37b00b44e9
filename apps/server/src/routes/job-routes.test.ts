import { Problem } from "@tessera/contracts/errors";
import { seedTiers } from "@tessera/usecases/tiers/seed-tiers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let token: string;
let url: string;

beforeAll(async () => {
  server = await startTestServer();
  await seedTiers(server.system);
  const owner = await server.createPerson({ name: "Ada" });
  token = await server.tokenOf(owner);
  const { slug } = await server.createProject([[owner, "owner"]]);
  url = `/api/v1/projects/${slug}/jobs`;
});

afterAll(async () => server?.close());

function submit(job: object) {
  return server.call({ method: "POST", url, token, payload: { command: ["true"], ...job } });
}

describe("a job that is not right", () => {
  test.each([
    [{ command: [] }, /^command: a command is needed/],
    [{ command: [""] }, /^command: must begin with the name of a program/],
    [{ command: ["sh", "a\0b"] }, /^command\.1: must not contain NUL/],
    [{ command: ["sh", "\ud800"] }, /^command\.1: must be well-formed Unicode/],
    [{ command: ["x".repeat(32_001)] }, /^command\.0: /],
    [{ command: Array.from({ length: 1001 }, () => "x") }, /^command: /],
    [{ command: "train.py" }, /^command: /],
    [{ env: { "A=B": "x" } }, /^env\.A=B: /],
    [{ env: { A: "a\0b" } }, /^env\.A: must not contain NUL/],
    [{ env: { A: 7 } }, /^env\.A: /],
    [{ tags: { "../up": "x" } }, /'tags\.key' supplied: Names may be treated as files/],
    [{ tags: { "a;b": "x" } }, /'tags\.key' supplied: Names may only contain/],
    [{ timeoutSeconds: 0 }, /^timeoutSeconds: /],
    [{ maxRetries: -1 }, /^maxRetries: /],
    [{ priority: 1e9 }, /^priority: /],
    [{ tier: "huge" }, /There is no tier "huge"; there are: /],
    [{ environment: "nothing@7" }, /There is no environment "nothing@7"/],
    [{ snapshotId: "0".repeat(32) }, /There is no code snapshot 0{32}/],
    [
      { data: [{ dataset: "nothing@3" }] },
      /There is no dataset version "nothing@3" in this project/,
    ],
    [
      { data: [{ dataset: "Nothing" }] },
      /^data\.0\.dataset: must be name, name@number or name@tag/,
    ],
    [
      { data: [{ dataset: "a", path: "../b" }] },
      /^data\.0\.path: the path "\.\.\/b" has "\.\." in it/,
    ],
    [
      {
        data: [
          { dataset: "a", path: "x/y" },
          { dataset: "b", path: "x" },
        ],
      },
      /^data\.1\.path: b would lie within a, or around it, at "x"/,
    ],
    [{ experiment: "x".repeat(501) }, /^experiment: /],
    [{ name: "two\nlines" }, /^name: must not contain control characters/],
    [{ colour: "red" }, /Unrecognized key: "colour"/],
  ])("%j", async (job, words) => {
    const response = await submit(job);
    expect(response.statusCode).toBe(400);
    expect(Problem.parse(response.json()).detail).toMatch(words);
    const { items } = (await server.call({ url, token })).json<{ items: unknown[] }>();
    expect(items).toEqual([]);
  });
});

describe("a job without a name", () => {
  test.each([
    [["python", "src/train.py"], /^train-[0-9a-f]{6}$/],
    [["two\nlines"], /^two lines-[0-9a-f]{6}$/],
    [["🚀".repeat(100)], /^(🚀){60}-[0-9a-f]{6}$/u],
  ])("is named after its command %j", async (command, name) => {
    const response = await submit({ command });
    expect(response.statusCode).toBe(201);
    expect(response.json<{ name: string }>().name).toMatch(name);
  });
});
