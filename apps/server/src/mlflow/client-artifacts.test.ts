import { createHash, randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { StockClient } from "../testing/stock-client.ts";
import { startTrackingServer, type TrackingServer } from "../testing/tracking-server.ts";

let server: TrackingServer;
let client: StockClient;

beforeAll(async () => {
  server = await startTrackingServer();
  client = server.client();
}, 900_000);

afterAll(async () => server?.close());

test("texts, dictionaries and files come back as they went", async () => {
  const folder = join(server.folder, "out");
  const bytes = randomBytes(3_000_000);
  await mkdir(join(folder, "deep", "er"), { recursive: true });
  await writeFile(join(folder, "weights.bin"), bytes);
  await writeFile(join(folder, "empty.txt"), "");
  await writeFile(join(folder, "deep", "er", "ünï cödé 1 100%.txt"), "content");
  const found = await client.run<Record<string, unknown>>(
    `
    import hashlib, os
    with mlflow.start_run() as run:
        mlflow.log_text("héllo", "notes/hello.txt")
        mlflow.log_dict({"a": [1, 2]}, "config.json")
        mlflow.log_dict({"a": [1, 2]}, "config.yaml")
        mlflow.log_artifact(os.path.join(args["folder"], "weights.bin"), "models")
        mlflow.log_artifacts(args["folder"], "all")
        mlflow.log_artifacts(args["folder"])
    rid = run.info.run_id
    def listed(path=None):
        return sorted((a.path, a.is_dir, a.file_size) for a in client.list_artifacts(rid, path))
    fetched = mlflow.artifacts.download_artifacts(run_id=rid, dst_path=args["into"])
    tree = sorted(os.path.relpath(os.path.join(d, f), fetched) for d, _, fs in os.walk(fetched) for f in fs)
    one = client.download_artifacts(rid, "models/weights.bin", args["into"])
    result = {"top": listed(), "models": listed("models"), "deep": listed("all/deep"), "absent": listed("absent"),
              "file": listed("config.json"),
              "text": mlflow.artifacts.load_text(f"runs:/{rid}/notes/hello.txt"),
              "dict": mlflow.artifacts.load_dict(f"runs:/{rid}/config.json"),
              "sha": hashlib.sha256(open(one, "rb").read()).hexdigest(), "tree": tree,
              "uri": mlflow.artifacts.load_text(f"{run.info.artifact_uri}/notes/hello.txt")}
    `,
    { folder, into: await newFolder("into") },
  );
  const name = "ünï cödé 1 100%.txt";
  expect(found).toEqual({
    top: [
      ["all", true, null],
      ["config.json", false, 29],
      ["config.yaml", false, 11],
      ["deep", true, null],
      ["empty.txt", false, 0],
      ["models", true, null],
      ["notes", true, null],
      ["weights.bin", false, bytes.length],
    ],
    models: [["models/weights.bin", false, bytes.length]],
    deep: [["all/deep/er", true, null]],
    absent: [],
    file: [],
    text: "héllo",
    dict: { a: [1, 2] },
    sha: createHash("sha256").update(bytes).digest("hex"),
    tree: [
      `all/deep/er/${name}`,
      "all/empty.txt",
      "all/weights.bin",
      "config.json",
      "config.yaml",
      `deep/er/${name}`,
      "empty.txt",
      "models/weights.bin",
      "notes/hello.txt",
      "weights.bin",
    ].toSorted(),
    uri: "héllo",
  });
});

test("a file logged again replaces the first; a table grows", async () => {
  expect(
    await client.run(`
      with mlflow.start_run() as run:
          mlflow.log_text("one", "a.txt")
          mlflow.log_text("two", "a.txt")
          mlflow.log_table({"x": [1]}, "t.json")
          mlflow.log_table({"x": [2]}, "t.json")
      rid = run.info.run_id
      result = [mlflow.artifacts.load_text(f"runs:/{rid}/a.txt"),
                sorted(mlflow.load_table("t.json", run_ids=[rid])["x"])]
    `),
  ).toEqual(["two", [1, 2]]);
});

test("what is not there, and what leads out of the run, is refused", async () => {
  await expect(
    client.run(
      `
      run = client.create_run("0").info.run_id
      client.download_artifacts(run, "absent.txt", args["into"])
      `,
      { into: await newFolder("none") },
    ),
  ).rejects.toThrow(/please ensure that the path is correct/);
  await expect(
    client.run(`
      run = client.create_run("0").info.run_id
      client.log_text(run, "x", "../other.txt")
    `),
  ).rejects.toThrow(/Invalid path|Invalid artifact path/);
});

test("artifacts of a run are deleted with the client's repository", async () => {
  expect(
    await client.run(`
      from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository
      with mlflow.start_run() as run:
          mlflow.log_text("x", "a/b.txt")
          mlflow.log_text("x", "a/c.txt")
          mlflow.log_text("x", "ab.txt")
      repository = get_artifact_repository(run.info.artifact_uri)
      repository.delete_artifacts("a/b.txt")
      one = [a.path for a in client.list_artifacts(run.info.run_id, "a")]
      repository.delete_artifacts("a")
      result = [one, [a.path for a in client.list_artifacts(run.info.run_id)]]
    `),
  ).toEqual([["a/c.txt"], ["ab.txt"]]);
});

async function newFolder(name: string): Promise<string> {
  const folder = join(server.folder, name);
  await mkdir(folder, { recursive: true });
  return folder;
}
