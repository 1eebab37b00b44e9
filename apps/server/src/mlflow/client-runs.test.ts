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

describe("experiments", () => {
  test('a new project has experiment "0", named Default', async () => {
    expect(
      await client.run(`
        e = client.get_experiment("0")
        result = [e.name, e.lifecycle_stage, e.experiment_id, mlflow.get_experiment_by_name("Default").experiment_id]
      `),
    ).toEqual(["Default", "active", "0", "0"]);
  });

  test("a run without an experiment goes into it", async () => {
    expect(
      await client.run(`
        with mlflow.start_run() as run:
            result = run.info.experiment_id
      `),
    ).toBe("0");
  });

  test("set_experiment creates one once, and finds it by name and id", async () => {
    const found = await client.run<string[]>(`
      first = mlflow.set_experiment("made by name")
      again = mlflow.set_experiment("made by name")
      by_id = mlflow.set_experiment(experiment_id=first.experiment_id)
      result = [first.experiment_id, again.experiment_id, by_id.experiment_id, by_id.name]
    `);
    const [id] = found;
    expect(found).toEqual([id, id, id, "made by name"]);
    expect(Number(id)).toBeGreaterThan(0);
  });

  test("tags are kept, changed and deleted; a name can be changed", async () => {
    expect(
      await client.run(`
        id = mlflow.create_experiment("tagged", tags={"team": "vision", "ünï": "cödé ✓"})
        client.set_experiment_tag(id, "team", "speech")
        client.set_experiment_tag(id, "extra", "x")
        client.delete_experiment_tag(id, "extra")
        client.rename_experiment(id, "tagged anew")
        e = client.get_experiment(id)
        result = {"name": e.name, "tags": e.tags, "moved": e.last_update_time >= e.creation_time,
                  "old": mlflow.get_experiment_by_name("tagged")}
      `),
    ).toEqual({
      name: "tagged anew",
      tags: { team: "speech", ünï: "cödé ✓" },
      moved: true,
      old: null,
    });
  });

  test("deleting one takes its runs along, and restoring brings them back", async () => {
    expect(
      await client.run(`
        id = mlflow.create_experiment("to delete")
        run = client.create_run(id)
        lonely = client.create_run(id)
        client.delete_run(lonely.info.run_id)
        result = [client.get_run(run.info.run_id).info.lifecycle_stage]
        client.delete_experiment(id)
        result += [client.get_experiment(id).lifecycle_stage, client.get_run(run.info.run_id).info.lifecycle_stage]
        client.restore_experiment(id)
        result += [client.get_experiment(id).lifecycle_stage, client.get_run(run.info.run_id).info.lifecycle_stage]
      `),
    ).toEqual(["active", "deleted", "deleted", "active", "active"]);
  });

  test("a name that is taken, also by a deleted one, is refused", async () => {
    await client.run(`
      client.delete_experiment(mlflow.create_experiment("taken"))
    `);
    await expect(client.run(`mlflow.create_experiment("taken")`)).rejects.toMatchObject({
      code: "RESOURCE_ALREADY_EXISTS",
    });
    await expect(client.run(`mlflow.set_experiment("taken")`)).rejects.toThrow(
      /deleted experiment/,
    );
  });

  test("one that is not there is RESOURCE_DOES_NOT_EXIST", async () => {
    for (const id of ["4711", "not-a-number", "99999999999999999999"]) {
      await expect(client.run(`client.get_experiment(args["id"])`, { id })).rejects.toMatchObject({
        code: "RESOURCE_DOES_NOT_EXIST",
      });
    }
  });
});

describe("runs", () => {
  test("read back as they were written", async () => {
    const run = await client.run<Record<string, unknown>>(`
      mlflow.set_experiment("read back")
      with mlflow.start_run(run_name="first", tags={"a": "1"}, description="What it is") as run:
          mlflow.log_param("lr", 0.1)
          mlflow.log_params({"layers": [64, 32], "name": "ünïcödé ✓", "empty": ""})
          mlflow.log_metric("loss", 0.5, step=1)
          mlflow.log_metric("loss", 0.25, step=2)
          mlflow.log_metrics({"acc": 0.9, "f1/macro": 0.8}, step=3)
          mlflow.set_tag("stage", "test")
          mlflow.set_tags({"a": "2", "b.c": "x"})
          mlflow.delete_tag("stage")
      got = client.get_run(run.info.run_id)
      tags = {k: v for k, v in got.data.tags.items() if not k.startswith("mlflow.s")}
      tags.pop("mlflow.user")
      result = {"params": got.data.params, "metrics": got.data.metrics, "tags": tags,
                "status": got.info.status, "name": got.info.run_name,
                "uri": got.info.artifact_uri == f"mlflow-artifacts:/{got.info.experiment_id}/{got.info.run_id}/artifacts",
                "timed": got.info.start_time <= got.info.end_time, "id": got.info.run_id}
    `);
    expect(run).toMatchObject({
      params: { lr: "0.1", layers: "[64, 32]", name: "ünïcödé ✓", empty: "" },
      metrics: { loss: 0.25, acc: 0.9, "f1/macro": 0.8 },
      tags: {
        a: "2",
        "b.c": "x",
        "mlflow.runName": "first",
        "mlflow.note.content": "What it is",
      },
      status: "FINISHED",
      name: "first",
      uri: true,
      timed: true,
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  test("a run that is not named gets a name that its tag has too, and both change together", async () => {
    const names = await client.run<string[]>(`
      run = client.create_run("0")
      id = run.info.run_id
      result = [run.info.run_name, run.data.tags["mlflow.runName"]]
      client.update_run(id, name="renamed")
      got = client.get_run(id)
      result += [got.info.run_name, got.data.tags["mlflow.runName"]]
      client.set_tag(id, "mlflow.runName", "by its tag")
      got = client.get_run(id)
      result += [got.info.run_name, got.data.tags["mlflow.runName"]]
      client.update_run(id, status="KILLED")
      result += [client.get_run(id).info.status]
    `);
    expect(names[0]).toMatch(/^\w+-\w+-\d+$/);
    expect(names.slice(1)).toEqual([
      names[0],
      "renamed",
      "renamed",
      "by its tag",
      "by its tag",
      "KILLED",
    ]);
  });

  test("nested runs name their parent", async () => {
    expect(
      await client.run(`
        mlflow.set_experiment("nested")
        with mlflow.start_run(run_name="parent") as parent:
            with mlflow.start_run(run_name="child", nested=True) as child:
                mlflow.log_metric("m", 1)
                with mlflow.start_run(run_name="grandchild", nested=True) as grandchild:
                    pass
        got = client.get_run(grandchild.info.run_id)
        found = client.search_runs([parent.info.experiment_id], f"tags.mlflow.parentRunId = '{parent.info.run_id}'")
        result = [client.get_parent_run(child.info.run_id).info.run_name,
                  client.get_parent_run(grandchild.info.run_id).info.run_name,
                  [r.info.run_name for r in found]]
      `),
    ).toEqual(["parent", "child", ["child"]]);
  });

  test("a run is resumed, ended anew, and an exception marks it as failed", async () => {
    expect(
      await client.run(`
        mlflow.set_experiment("resumed")
        with mlflow.start_run() as run:
            mlflow.log_metric("m", 1, step=0)
        ended = client.get_run(run.info.run_id).info.end_time
        with mlflow.start_run(run_id=run.info.run_id):
            result = [client.get_run(run.info.run_id).info.status]
            mlflow.log_metric("m", 2, step=1)
        try:
            with mlflow.start_run(run_id=run.info.run_id, log_system_metrics=False):
                raise ValueError("no")
        except ValueError:
            pass
        got = client.get_run(run.info.run_id)
        result += [got.info.status, got.data.metrics["m"], got.info.end_time >= ended]
      `),
    ).toEqual(["RUNNING", "FAILED", 2, true]);
  });

  test("deleted runs are left out, refuse writes, and come back", async () => {
    expect(
      await client.run(`
        id = mlflow.create_experiment("deleted runs")
        run = client.create_run(id).info.run_id
        client.delete_run(run)
        result = [len(client.search_runs([id])), len(client.search_runs([id], run_view_type=mlflow.entities.ViewType.DELETED_ONLY))]
        try:
            client.log_metric(run, "m", 1)
        except mlflow.MlflowException as e:
            result.append(e.error_code)
        client.restore_run(run)
        client.log_metric(run, "m", 1)
        result += [len(client.search_runs([id])), client.get_run(run).data.metrics["m"]]
      `),
    ).toEqual([0, 1, "INVALID_PARAMETER_VALUE", 1, 1]);
  });

  test("one that is not there is RESOURCE_DOES_NOT_EXIST", async () => {
    for (const call of [
      `client.get_run("0123456789abcdef0123456789abcdef")`,
      `client.log_metric("0123456789abcdef0123456789abcdef", "m", 1)`,
      `client.log_batch("0123456789abcdef0123456789abcdef", params=[mlflow.entities.Param("a", "b")])`,
      `client.set_terminated("0123456789abcdef0123456789abcdef")`,
      `client.delete_run("0123456789abcdef0123456789abcdef")`,
    ]) {
      await expect(client.run(call)).rejects.toMatchObject({ code: "RESOURCE_DOES_NOT_EXIST" });
    }
  });

  test("after its end the client prints addresses below the tracking address", async () => {
    const { result, printed } = await client.runPrinting(`
      mlflow.set_experiment("printed")
      with mlflow.start_run() as run:
          pass
      result = [run.info.experiment_id, run.info.run_id]
    `);
    const [experiment, run] = result as [string, string];
    expect(printed).toContain(`${server.trackingUri}/#/experiments/${experiment}/runs/${run}`);
  });
});

describe("metrics", () => {
  test("NaN and infinities are kept as such", async () => {
    expect(
      await client.run(`
        run = client.create_run("0").info.run_id
        client.log_metric(run, "nan", float("nan"))
        client.log_metric(run, "inf", float("inf"))
        client.log_metric(run, "-inf", float("-inf"))
        client.log_metric(run, "huge", 1.7976931348623157e308)
        client.log_metric(run, "tiny", 5e-324)
        client.log_metric(run, "third", 1/3)
        result = [client.get_run(run).data.metrics, [m.value for m in client.get_metric_history(run, "nan")]]
      `),
    ).toEqual([
      {
        nan: "NaN",
        inf: "Infinity",
        "-inf": "-Infinity",
        huge: 1.7976931348623157e308,
        tiny: 5e-324,
        third: 1 / 3,
      },
      ["NaN"],
    ]);
  });

  test("steps that go back stay in the history; the greatest step is the latest", async () => {
    expect(
      await client.run(`
        run = client.create_run("0").info.run_id
        for i, (step, value) in enumerate([(1, 10), (5, 50), (3, 30), (-2, -20), (5, 49)]):
            client.log_metric(run, "m", value, timestamp=1000 + i, step=step)
        client.log_metric(run, "m", 50, timestamp=1001, step=5)
        history = [(m.timestamp, m.step, m.value) for m in client.get_metric_history(run, "m")]
        result = [client.get_run(run).data.metrics["m"], history]
      `),
    ).toEqual([
      49,
      [
        [1000, 1, 10],
        [1001, 5, 50],
        [1002, 3, 30],
        [1003, -2, -20],
        [1004, 5, 49],
      ],
    ]);
  });

  test("long histories come in pages, whole and in order", async () => {
    expect(
      await client.run(`
        from mlflow.entities import Metric
        run = client.create_run("0").info.run_id
        for start in range(0, 26_000, 1000):
            client.log_batch(run, [Metric("m", i / 7, 1_700_000_000_000 + i, i) for i in range(start, start + 1000)])
        history = client.get_metric_history(run, "m")
        result = [len(history), all(m.step == i and m.value == i / 7 for i, m in enumerate(history)),
                  len(client.get_metric_history(run, "absent"))]
      `),
    ).toEqual([26_000, true, 0]);
  });

  test("a batch of all kinds arrives whole", async () => {
    expect(
      await client.run(`
        from mlflow.entities import Metric, Param, RunTag
        run = client.create_run("0").info.run_id
        client.log_batch(run, [Metric(f"m{i}", i, 1, 0) for i in range(800)],
                         [Param(f"p{i}", str(i)) for i in range(100)], [RunTag(f"t{i}", str(i)) for i in range(100)])
        got = client.get_run(run).data
        result = [len(got.metrics), len(got.params), len([t for t in got.tags if t.startswith("t")]), got.metrics["m799"]]
      `),
    ).toEqual([800, 100, 100, 799]);
  });

  test("what is logged asynchronously arrives", async () => {
    expect(
      await client.run(`
        with mlflow.start_run() as run:
            for i in range(50):
                mlflow.log_metric("m", i, step=i, synchronous=False)
            mlflow.log_param("p", "x", synchronous=False)
            mlflow.flush_async_logging()
        result = [len(client.get_metric_history(run.info.run_id, "m")), client.get_run(run.info.run_id).data.params]
      `),
    ).toEqual([50, { p: "x" }]);
  });
});

describe("params and names", () => {
  test("a param logged again with its value is fine, with another it is refused", async () => {
    await expect(
      client.run(`
        with mlflow.start_run() as run:
            mlflow.log_param("p", 1)
            mlflow.log_param("p", 1)
            mlflow.log_params({"p": 1, "q": 2})
            mlflow.log_param("p", 2)
      `),
    ).rejects.toMatchObject({
      code: "INVALID_PARAMETER_VALUE",
      message: expect.stringMatching(/'old_value': '1', 'new_value': '2'/),
    });
  });

  test("a batch with one changed param writes nothing at all", async () => {
    expect(
      await client.run(`
        from mlflow.entities import Metric, Param, RunTag
        run = client.create_run("0").info.run_id
        client.log_param(run, "fixed", "1")
        try:
            client.log_batch(run, [Metric("m", 1, 1, 0)], [Param("new", "x"), Param("fixed", "2")], [RunTag("t", "x")])
            result = ["written"]
        except mlflow.MlflowException as e:
            got = client.get_run(run).data
            result = [e.error_code, got.metrics, got.params, "t" in got.tags]
      `),
    ).toEqual(["INVALID_PARAMETER_VALUE", {}, { fixed: "1" }, false]);
  });

  test("names at their limits are kept, and past them refused", async () => {
    expect(
      await client.run(`
        run = client.create_run("0").info.run_id
        key = "k" * 250
        client.log_metric(run, key, 1)
        client.log_param(run, key, "v" * 6000)
        client.set_tag(run, key, "t" * 8000)
        got = client.get_run(run).data
        result = [got.metrics[key], len(got.params[key]), len(got.tags[key])]
      `),
    ).toEqual([1, 6000, 8000]);
    for (const call of [
      `client.log_metric(run, "k" * 251, 1)`,
      `client.log_param(run, "k" * 251, "v")`,
      `client.set_tag(run, "k" * 251, "v")`,
      `client.log_metric(run, "a//b", 1)`,
      `client.log_param(run, "../x", 1)`,
      `client.log_metric(run, "semi;colon", 1)`,
      `client.log_metric(run, "m", 1, timestamp=-1)`,
      `mlflow.create_experiment("e" * 501)`,
    ]) {
      const code = `run = client.create_run("0").info.run_id\n${call}`;
      await expect(client.run(code)).rejects.toMatchObject({ code: "INVALID_PARAMETER_VALUE" });
    }
  });
});

test("what is not served does a script no harm: traces are dropped", async () => {
  expect(
    await client.run(`
      @mlflow.trace
      def traced(x):
          return x + 1
      with mlflow.start_run() as run:
          result = [traced(1)]
          mlflow.flush_trace_async_logging()
          mlflow.log_metric("after", 1)
      result.append(client.get_run(run.info.run_id).data.metrics)
    `),
  ).toEqual([2, { after: 1 }]);
});

describe("datasets", () => {
  test("that a run read are kept once, with their context", async () => {
    expect(
      await client.run(`
        import pandas as pd
        df = pd.DataFrame({"x": [1, 2, 3], "y": [0.1, 0.2, 0.3]})
        data = mlflow.data.from_pandas(df, source="https://example.com/data.csv", name="points", targets="y")
        id = mlflow.set_experiment("datasets").experiment_id
        with mlflow.start_run() as run:
            mlflow.log_input(data, context="training", tags={"split": "a"})
            mlflow.log_input(data, context="training")
            mlflow.log_input(data, context="validation")
        inputs = client.get_run(run.info.run_id).inputs.dataset_inputs
        found = client.search_runs([id], "dataset.name = 'points' AND dataset.context = 'training'")
        none = client.search_runs([id], "dataset.name = 'others'")
        result = [sorted((i.dataset.name, i.dataset.digest == data.digest, i.dataset.source_type,
                          {t.key: t.value for t in i.tags}.get("mlflow.data.context")) for i in inputs),
                  inputs[0].dataset.profile == data.to_dict()["profile"], inputs[0].dataset.schema == data.to_dict()["schema"], len(found), len(none)]
      `),
    ).toEqual([
      [
        ["points", true, "http", "training"],
        ["points", true, "http", "validation"],
      ],
      true,
      true,
      1,
      0,
    ]);
  });
});
