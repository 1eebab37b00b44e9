import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { createMemoryBlobStore } from "@tessera/blobs/testing/memory-blob-store";
import { PlatformError } from "@tessera/contracts/errors";
import { createRun } from "@tessera/usecases/tracking/create-run";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

const chunk = Buffer.alloc(1024 * 1024, "x");
const parts = 48;

let server: TestServer;
let token: string;
let origin: string;
let project: string;
let run: string;

beforeAll(async () => {
  const blobs = createMemoryBlobStore();
  server = await startTestServer({
    blobs: {
      ...blobs,
      put: async (source) => {
        for await (const _ of source.iterator({ destroyOnReturn: false })) break;
        throw new PlatformError("disk_full", "The disk of the blob store is full");
      },
    },
  });
  origin = await server.app.listen({ host: "127.0.0.1", port: 0 });
  const owner = await server.createPerson({ name: "Ada" });
  token = await server.tokenOf(owner);
  project = (await server.createProject([[owner, "owner"]])).slug;
  const made = { project, experimentId: "0", userId: "", tags: [] };
  run = (await createRun(owner, { ...made, runName: undefined, startTime: undefined })).id;
});

afterAll(async () => server?.close());

interface Answer {
  readonly status: number;
  readonly words: string | undefined;
  /** Whether the connection took another request after. */
  readonly goesOn: boolean;
}

interface Upload {
  readonly method: "POST" | "PUT";
  readonly path: string;
  readonly type: string;
  readonly chunked?: boolean;
}

/** Sends a large body as many clients do: all of it, and only then looks at the answer. */
async function upload({ method, path, type, chunked = false }: Upload): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname).pause();
  await once(socket, "connect");
  const size = chunked ? "transfer-encoding: chunked" : `content-length: ${chunk.length * parts}`;
  socket.write(
    `${method} ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n` +
      `content-type: ${type}\r\n${size}\r\n\r\n`,
  );
  for (let index = 0; index < parts; index++) {
    if (chunked) socket.write(`${chunk.length.toString(16)}\r\n`);
    if (!socket.write(chunk)) await once(socket, "drain");
    if (chunked) socket.write("\r\n");
  }
  if (chunked) socket.write("0\r\n\r\n");
  // A second request on the same connection: the first one did not spoil it.
  socket.write("GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
  const answer = await text(socket);
  return {
    status: Number(answer.slice("HTTP/1.1 ".length).slice(0, 3)),
    words: /"(?:detail|message)":"([^"]+)/.exec(answer)?.[1],
    goesOn: answer.endsWith('{"status":"ok"}'),
  };
}

type Row = [name: string, method: Upload["method"], path: () => string, status: number];

test.each<Row>([
  ["an archive that is none", "POST", () => `/api/v1/projects/${project}/snapshots`, 400],
  [
    "a file for which there is no room",
    "PUT",
    () => `/api/v1/projects/${project}/runs/${run}/artifacts/file?path=large.bin`,
    507,
  ],
  [
    "a file of a client for which there is no room",
    "PUT",
    () => `/p/${project}/api/2.0/mlflow-artifacts/artifacts/0/${run}/artifacts/large.bin`,
    507,
  ],
  [
    "a path that leads out",
    "PUT",
    () => `/api/v1/projects/${project}/runs/${run}/artifacts/file?path=..`,
    400,
  ],
  ["a body over the limit", "POST", () => "/api/v1/projects", 413],
])(
  "%s is refused in words, however much is still on its way",
  async (...[, method, path, status]) => {
    const type = status === 413 ? "application/json" : "application/octet-stream";
    for (const chunked of [false, true]) {
      const answer = await upload({ method, path: path(), type, chunked });
      expect(answer).toEqual({ status, words: expect.stringMatching(/.{10}/), goesOn: true });
    }
  },
);
