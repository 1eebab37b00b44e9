import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StockClient } from "../testing/stock-client.ts";
import { startTrackingServer, type TrackingServer } from "../testing/tracking-server.ts";

let server: TrackingServer;
let client: StockClient;

beforeAll(async () => {
  server = await startTrackingServer();
  client = server.client();
}, 900_000);

afterAll(async () => server?.close());

/** A model of scikit-learn that is quick to train. */
const trained = `
    import mlflow.sklearn, numpy as np
    from sklearn.linear_model import LinearRegression
    from mlflow.models import infer_signature
    X = np.array([[0.0], [1.0], [2.0]]); y = np.array([1.0, 3.0, 5.0])
    model = LinearRegression().fit(X, y)
    signature = infer_signature(X, y)`;

test(
  "a model is logged, registered, promoted and loaded by alias, number and run",
  { timeout: 120_000 },
  async () => {
    const found = await client.run<Record<string, unknown>>(`
    ${trained}
    with mlflow.start_run() as run:
        mlflow.log_param("alpha", "0.5")
        mlflow.log_metric("loss", 0.25, step=3)
        info = mlflow.sklearn.log_model(model, name="line", signature=signature, input_example=X,
                                        registered_model_name="line", step=3)
    rid = run.info.run_id
    again = mlflow.register_model(f"runs:/{rid}/line", "line")
    by_id = mlflow.register_model(info.model_uri, "other")
    client.set_registered_model_alias("line", "champion", "1")
    predict = lambda uri: [round(float(v), 6) for v in mlflow.sklearn.load_model(uri).predict(np.array([[3.0]]))]
    pyfunc = mlflow.pyfunc.load_model("models:/line@champion")
    logged = mlflow.get_logged_model(info.model_id)
    version = client.get_model_version_by_alias("line", "champion")
    result = {
      "predictions": [predict(u) for u in ["models:/line@champion", "models:/line/1", "models:/line/2",
                      "models:/line/latest", "models:/other/1", info.model_uri, f"runs:/{rid}/line"]],
      "pyfunc": [round(float(v), 6) for v in pyfunc.predict(np.array([[3.0]]))],
      "again": [again.version, again.run_id == rid],
      "other": [by_id.version, by_id.run_id == rid],
      "version": [version.version, version.name, version.run_id == rid, version.status, list(version.aliases),
                  version.current_stage, version.user_id],
      "logged": [logged.name, str(logged.status), logged.source_run_id == rid, logged.params,
                 [(m.key, m.value, m.step) for m in logged.metrics]],
      "registered from": sorted((v["name"], int(v["version"])) for v in __import__("json").loads(logged.tags["mlflow.modelVersions"])),
      "outputs": [[o.model_id == info.model_id, o.step] for o in client.get_run(rid).outputs.model_outputs],
      "signature": mlflow.models.get_model_info("models:/line@champion").signature is not None,
    }
  `);
    expect(found).toEqual({
      predictions: Array(7).fill([7]),
      pyfunc: [7],
      again: ["2", true],
      other: ["1", true],
      version: ["1", "line", true, "READY", ["champion"], "None", "Ada"],
      logged: ["line", "READY", true, { alpha: "0.5" }, [["loss", 0.25, 3]]],
      "registered from": [
        ["line", 1],
        ["line", 2],
        ["other", 1],
      ],
      outputs: [[true, 3]],
      signature: true,
    });
  },
);

test(
  "a model of one's own code, logged without a run, is loaded again",
  { timeout: 120_000 },
  async () => {
    expect(
      await client.run(`
      import mlflow.pyfunc
      class Twice(mlflow.pyfunc.PythonModel):
          def predict(self, context, model_input, params=None):
              return [2 * x for x in model_input]
      info = mlflow.pyfunc.log_model(name="twice", python_model=Twice(), registered_model_name="twice")
      result = mlflow.pyfunc.load_model("models:/twice/1").predict([1, 2])
    `),
    ).toEqual([2, 4]);
  },
);

test("models and versions are described, tagged, renamed and deleted", async () => {
  expect(
    await client.run(`
      client.create_registered_model("crud", tags={"team": "a"}, description="first")
      client.update_registered_model("crud", "second")
      client.set_registered_model_tag("crud", "k", "v"); client.delete_registered_model_tag("crud", "team")
      source = "s3://bucket/model"
      one = client.create_model_version("crud", source, description="d", tags={"x": "1"})
      two = client.create_model_version("crud", source)
      client.update_model_version("crud", "1", "better")
      client.set_model_version_tag("crud", "1", "y", "2"); client.delete_model_version_tag("crud", "1", "x")
      client.set_registered_model_alias("crud", "a", "1"); client.set_registered_model_alias("crud", "b", "2")
      client.set_registered_model_alias("crud", "a", "2")
      client.delete_registered_model_alias("crud", "b")
      client.rename_registered_model("crud", "renamed")
      model = client.get_registered_model("renamed")
      version = client.get_model_version("renamed", "1")
      before = [model.description, model.tags, model.aliases, version.description, version.tags,
                client.get_model_version_download_uri("renamed", "1")]
      client.delete_model_version("renamed", "2")
      three = client.create_model_version("renamed", source)
      after = [client.get_registered_model("renamed").aliases, three.version]
      client.delete_registered_model("renamed")
      def fails(ask):
          try: ask()
          except mlflow.MlflowException as e: return e.error_code
      result = [before, after, fails(lambda: client.get_registered_model("renamed")),
                fails(lambda: client.get_model_version("line", "99")),
                fails(lambda: client.create_registered_model("line")),
                fails(lambda: client.get_model_version_by_alias("line", "nobody"))]
    `),
  ).toEqual([
    ["second", { k: "v" }, { a: "2" }, "better", { y: "2" }, "s3://bucket/model"],
    [{}, "3"],
    "RESOURCE_DOES_NOT_EXIST",
    "RESOURCE_DOES_NOT_EXIST",
    "RESOURCE_ALREADY_EXISTS",
    "INVALID_PARAMETER_VALUE",
  ]);
});

test("stages are walked, and the newest of each is found", async () => {
  expect(
    await client.run(`
      client.create_registered_model("staged")
      for _ in range(4): client.create_model_version("staged", "s3://bucket/model")
      client.transition_model_version_stage("staged", "1", "production")
      client.transition_model_version_stage("staged", "2", "Staging")
      client.transition_model_version_stage("staged", "3", "Production", archive_existing_versions=True)
      latest = {v.current_stage: v.version for v in client.get_latest_versions("staged")}
      one = [v.version for v in client.get_latest_versions("staged", stages=["production"])]
      def fails(stage, archive=False):
          try: client.transition_model_version_stage("staged", "1", stage, archive)
          except mlflow.MlflowException as e: return e.error_code
      result = [latest, one, fails("dancing"), fails("None", True)]
    `),
  ).toEqual([
    { None: "4", Staging: "2", Production: "3", Archived: "1" },
    ["3"],
    "INVALID_PARAMETER_VALUE",
    "INVALID_PARAMETER_VALUE",
  ]);
});

test("models and versions are searched by MLflow's grammar, page by page", async () => {
  expect(
    await client.run(`
      for i in range(5):
          name = f"found-{i}"
          client.create_registered_model(name, tags={"parity": "even" if i % 2 == 0 else "odd"})
          for v in range(i): client.create_model_version(name, f"s3://b/{i}/{v}", tags={"v": str(v)})
      names = lambda f=None, **k: [m.name for m in client.search_registered_models(f, **k)]
      versions = lambda f, **k: [(v.name, v.version) for v in client.search_model_versions(f, **k)]
      page = client.search_registered_models("name LIKE 'found-%'", max_results=2, order_by=["name DESC"])
      pages = [[m.name for m in page]]
      while page.token:
          page = client.search_registered_models("name LIKE 'found-%'", max_results=2, order_by=["name DESC"], page_token=page.token)
          pages.append([m.name for m in page])
      from mlflow import MlflowException
      def fails(ask):
          try: ask()
          except MlflowException as e: return e.error_code
      result = {"tags": names("name LIKE 'found-%' AND tags.parity = 'odd'"), "ilike": names("name ILIKE 'FOUND-1'"),
        "pages": pages, "versions": versions("name = 'found-3'"),
        "number": versions("name LIKE 'found-%' AND version_number > 2", order_by=["version_number DESC", "name ASC"]),
        "in": versions("name IN ('found-1', 'found-2') AND tags.v = '0'", order_by=["name ASC"]),
        "source": versions("source_path = 's3://b/4/2'"),
        "bad": [fails(lambda: names("colour = 'red'")), fails(lambda: versions("name ~ 'x'")),
                fails(lambda: names(order_by=["size"])), fails(lambda: client.search_registered_models(page_token="e30="))]}
    `),
  ).toEqual({
    tags: ["found-1", "found-3"],
    ilike: ["found-1"],
    pages: [["found-4", "found-3"], ["found-2", "found-1"], ["found-0"]],
    versions: [
      ["found-3", "3"],
      ["found-3", "2"],
      ["found-3", "1"],
    ],
    number: [
      ["found-4", "4"],
      ["found-3", "3"],
      ["found-4", "3"],
    ],
    in: [
      ["found-1", "1"],
      ["found-2", "1"],
    ],
    source: [["found-4", "3"]],
    bad: Array(4).fill("INVALID_PARAMETER_VALUE"),
  });
});

test("logged models are searched, tagged, and deleted", async () => {
  expect(
    await client.run(`
      from mlflow.entities import LoggedModelStatus
      exp = client.create_experiment("logged")
      made = [client.create_logged_model(exp, name=f"m{i}", params={"n": str(i), **{f"p{j}": "x" for j in range(150)}},
                                         tags={"t": "a" if i < 2 else "b"}, model_type="Agent") for i in range(3)]
      for i, m in enumerate(made[:2]):
          client.finalize_logged_model(m.model_id, LoggedModelStatus.READY if i == 0 else LoggedModelStatus.FAILED)
      with mlflow.start_run(experiment_id=exp):
          for i, m in enumerate(made): mlflow.log_metric("acc", i / 2, model_id=m.model_id)
      client.set_logged_model_tags(made[0].model_id, {"k": "v"}); client.delete_logged_model_tag(made[0].model_id, "t")
      find = lambda f=None, **k: [m.name for m in client.search_logged_models([exp], filter_string=f, **k)]
      first = client.get_logged_model(made[0].model_id)
      by_acc = find(order_by=[{"field_name": "metrics.acc", "ascending": False}])
      page = client.search_logged_models([exp], max_results=2)
      rest = client.search_logged_models([exp], max_results=2, page_token=page.token)
      found = [len(first.params), first.tags, str(first.status), find("params.n = '1'"), find("metrics.acc > 0.4"),
               find("tags.t = 'b'"), find("name IN ('m0', 'm2')"), by_acc, [m.name for m in page], [m.name for m in rest]]
      client.delete_logged_model(made[0].model_id)
      def fails(ask):
          try: ask()
          except mlflow.MlflowException as e: return e.error_code
      result = [found, find(), fails(lambda: client.get_logged_model(made[0].model_id)),
                fails(lambda: client.create_logged_model(exp, name="a/b")),
                fails(lambda: client.create_logged_model("4711")),
                fails(lambda: find("nothing.a = 1")),
                fails(lambda: client.delete_logged_model_tag(made[1].model_id, "absent"))]
    `),
  ).toEqual([
    [
      151,
      { k: "v" },
      "READY",
      ["m1"],
      ["m2", "m1"],
      ["m2"],
      ["m2", "m0"],
      ["m2", "m1", "m0"],
      ["m2", "m1"],
      ["m0"],
    ],
    ["m2", "m1"],
    "RESOURCE_DOES_NOT_EXIST",
    "INVALID_PARAMETER_VALUE",
    "RESOURCE_DOES_NOT_EXIST",
    "INVALID_PARAMETER_VALUE",
    "RESOURCE_DOES_NOT_EXIST",
  ]);
});

test("prompts are kept among the models, and do not show as such", async () => {
  expect(
    await client.run(`
      prompt = mlflow.genai.register_prompt(name="greet", template="Hello {{name}}")
      mlflow.genai.register_prompt(name="greet", template="Hi {{name}}")
      loaded = mlflow.genai.load_prompt("prompts:/greet/1")
      result = [prompt.version, loaded.format(name="Ada"), [m.name for m in client.search_registered_models("name = 'greet'")],
                [p.name for p in mlflow.genai.search_prompts()]]
    `),
  ).toEqual([1, "Hello Ada", [], ["greet"]]);
});

describe("sources of versions", () => {
  test("of what is not in the project, or on another machine, are refused", async () => {
    expect(
      await client.run(`
        with mlflow.start_run() as run: mlflow.log_text("x", "model/MLmodel")
        with mlflow.start_run() as other: pass
        rid = run.info.run_id
        client.create_registered_model("sources")
        make = lambda source, **k: client.create_model_version("sources", source, **k)
        good = make(f"{run.info.artifact_uri}/model", run_id=rid)
        def fails(source, **k):
            try: return make(source, **k).version
            except mlflow.MlflowException as e: return e.error_code
        result = [good.version, client.get_model_version_download_uri("sources", "1") == f"{run.info.artifact_uri}/model"] + [
          fails("/etc/passwd"), fails("file:///etc"), fails("C:/models"), fails("models:/absent/1"), fails("models:/m-" + "0" * 32),
          fails("models:/sources@absent"), fails("models://sources/1"), fails(f"mlflow-artifacts:/0/{'0' * 32}/artifacts"),
          fails(f"{run.info.artifact_uri}/../../x"), fails(f"{run.info.artifact_uri}/model", run_id=other.info.run_id),
          fails("s3://bucket/../x"), fails("models:/sources/1", run_id=other.info.run_id)]
        copy = client.copy_model_version("models:/sources/1", "copied")
        result += [copy.version, copy.run_id == rid, len(client.search_model_versions("name = 'sources'"))]
      `),
    ).toEqual(["1", true, ...Array(12).fill("INVALID_PARAMETER_VALUE"), "1", true, 1]);
  });
});
