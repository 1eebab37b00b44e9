import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StockClient } from "../testing/stock-client.ts";
import { startTrackingServer, type TrackingServer } from "../testing/tracking-server.ts";

let server: TrackingServer;
let client: StockClient;
let experiment: string;

beforeAll(async () => {
  server = await startTrackingServer();
  client = server.client();
  experiment = await client.run<string>(`
    from mlflow.entities import Metric, Param, RunTag
    id = mlflow.create_experiment("search")
    metrics = {"a": 1.0, "b": 2.5, "c": float("nan"), "d": float("inf"), "e": float("-inf")}
    for i, name in enumerate("abcdef"):
        run = client.create_run(id, start_time=1000 + i, run_name=name, tags={"owner": "Ada" if i % 2 else "Bob"})
        rid = run.info.run_id
        if name in metrics:
            client.log_metric(rid, "loss", 99, step=0)
            client.log_metric(rid, "loss", metrics[name], step=1)
        client.log_batch(rid, params=[Param("model", "Resnet%d" % i), Param("opt.name", "adam_%d" % (i // 2)), Param("spa ce", "x")])
        if name == "a":
            client.set_tag(rid, "only", "here")
        if name in "ab":
            client.set_terminated(rid, end_time=5000 + i)
    result = id
  `);
}, 900_000);

afterAll(async () => server?.close());

/** Names of the runs that a filter finds, in the order of their start. */
function find(filter: string, orderBy: string[] = ["start_time ASC"]): Promise<string> {
  return client.run<string>(
    `result = "".join(r.info.run_name for r in client.search_runs([args["e"]], args["f"], order_by=args["o"]))`,
    { e: experiment, f: filter, o: orderBy },
  );
}

describe("filters", () => {
  test.each([
    ["", "abcdef"],
    ["metrics.loss = 1", "a"],
    ["metrics.loss != 1", "bcde"],
    ["metrics.loss > 1", "bd"],
    ["metrics.loss >= 1", "abd"],
    ["metrics.loss < 2.5", "ae"],
    ["metric.loss <= 2.5", "abe"],
    ["metrics.`loss` > -1e3 and metrics.loss < 1e3", "ab"],
    ["metrics.absent > 0", ""],
    ["params.model = 'Resnet2'", "c"],
    ["param.model != 'Resnet2'", "abdef"],
    ["parameters.model LIKE 'Res%'", "abcdef"],
    ["params.model LIKE 'res%'", ""],
    ["params.model ILIKE 'res%2'", "c"],
    ["params.`opt.name` LIKE 'adam_0'", "ab"],
    ['params."spa ce" = "x" AND params.opt.name = \'adam_1\'', "cd"],
    ["params.absent IS NULL", "abcdef"],
    ["params.model IS NOT NULL", "abcdef"],
    ["tags.owner = 'Ada'", "bdf"],
    ["tag.owner != 'Ada'", "ace"],
    ["tags.only IS NULL", "bcdef"],
    ["tags.only IS NOT NULL", "a"],
    ["tags.only != 'there'", "a"],
    ["tags.owner ILIKE '%A'", "bdf"],
    ["attributes.status = 'FINISHED'", "ab"],
    ["status != 'FINISHED'", "cdef"],
    ["run_name = 'c'", "c"],
    ["attributes.run_name LIKE '%'", "abcdef"],
    ["`Run name` ILIKE 'C'", "c"],
    ["start_time > 1002", "def"],
    ["created <= 1001", "ab"],
    ["end_time >= 5001", "b"],
    ["end_time < 1", ""],
    ["metrics.loss > 0 AND params.model != 'Resnet0' AND tags.owner = 'Ada'", "bd"],
  ])("%s", async (filter, names) => {
    expect(await find(filter)).toBe(names);
  });

  test("run_id = and IN, artifact_uri and user_id", async () => {
    expect(
      await client.run(
        `
        runs = client.search_runs([args["e"]], order_by=["run_name"])
        a, b = runs[0].info, runs[1].info
        def names(f):
            return "".join(r.info.run_name for r in client.search_runs([args["e"]], f, order_by=["start_time"]))
        result = [names(f"run_id = '{a.run_id}'"), names(f"run_id IN ('{a.run_id}', '{b.run_id}')"),
                  names(f"attributes.run_id NOT IN ('{a.run_id}')"), names(f"artifact_uri = '{b.artifact_uri}'"),
                  names(f"run_id LIKE '{a.run_id[:-1]}_'") , names(f"user_id = '{a.user_id}'")]
        `,
        { e: experiment },
      ),
    ).toEqual(["a", "ab", "bcdef", "b", expect.stringContaining("a"), "abcdef"]);
  });

  test.each([
    "metrics.loss",
    "metrics.loss > 'x'",
    "metrics.loss LIKE 'x'",
    "params.model > 'a'",
    "nothing.here = 'x'",
    "colour = 'red'",
    "params.model = 'a' OR params.model = 'b'",
    "params.model = 'unclosed",
    "tags.a = 1",
  ])("that are not right are refused: %s", async (filter) => {
    // Past the checks that the client makes itself.
    await expect(find(filter)).rejects.toMatchObject({ code: "INVALID_PARAMETER_VALUE" });
  });
});

describe("order", () => {
  test.each([
    [["metrics.loss"], "eabdcf"],
    [["metrics.loss DESC"], "dbaecf"],
    [["params.model DESC"], "fedcba"],
    [["tags.owner ASC", "start_time DESC"], "fdbeca"],
    [["params.`opt.name` DESC", "metrics.loss ASC"], "efdcab"],
    [["end_time ASC"], "abfedc"],
    [["end_time DESC"], "bafedc"],
    [["run_name DESC"], "fedcba"],
    [["attributes.start_time"], "abcdef"],
    [[], "fedcba"],
    [["tags.only"], "afedcb"],
  ])("%j", async (orderBy, names) => {
    expect(await find("", orderBy)).toBe(names);
  });

  test.each([["metrics.loss SIDEWAYS"], ["loss"], ["metrics.loss ASC extra"]])(
    "that is not right is refused: %s",
    async (clause) => {
      await expect(find("", [clause])).rejects.toMatchObject({ code: "INVALID_PARAMETER_VALUE" });
    },
  );
});

describe("pages", () => {
  test.each([[["metrics.loss DESC"]], [["tags.owner"]], [[]], [["end_time"]]])(
    "of one, two and five visit each run once: %j",
    async (orderBy) => {
      const names = await client.run<string[]>(
        `
        result = []
        for size in (1, 2, 5):
            names, token = "", None
            while True:
                page = client.search_runs([args["e"]], max_results=size, order_by=args["o"], page_token=token)
                names += "".join(r.info.run_name for r in page)
                token = page.token
                if not token:
                    break
            result.append(names)
        `,
        { e: experiment, o: orderBy },
      );
      const whole = await find("", orderBy);
      expect(names).toEqual([whole, whole, whole]);
    },
  );

  test("a token of another search, or none of ours, is refused", async () => {
    const code = `client.search_runs([args["e"]], "", max_results=2, order_by=["start_time"], page_token=args["t"])`;
    const other = await client.run<string>(
      `result = client.search_runs([args["e"]], "status = 'RUNNING'", max_results=2).token`,
      { e: experiment },
    );
    for (const token of [
      other,
      "AAAA",
      "%%%",
      `${other}x`,
      Buffer.from('{"offset": 2}').toString("base64"),
    ]) {
      await expect(client.run(code, { e: experiment, t: token })).rejects.toMatchObject({
        code: "INVALID_PARAMETER_VALUE",
      });
    }
  });

  test("are as large as asked for, within the limit", async () => {
    await expect(client.run(`client.search_runs(["0"], max_results=50_001)`)).rejects.toMatchObject(
      { code: "INVALID_PARAMETER_VALUE" },
    );
    await expect(client.run(`client.search_runs(["0"], max_results=0)`)).rejects.toMatchObject({
      code: "INVALID_PARAMETER_VALUE",
    });
  });
});

test("mlflow.search_runs gives a table with a column for each name", async () => {
  expect(
    await client.run(
      `
      table = mlflow.search_runs(experiment_names=["search"], filter_string="metrics.loss > 0", order_by=["metrics.loss ASC"])
      result = [list(table["params.model"]), list(table["metrics.loss"]), list(table["tags.owner"]), "run_id" in table]
      `,
    ),
  ).toEqual([["Resnet0", "Resnet1", "Resnet3"], [1, 2.5, "Infinity"], ["Bob", "Ada", "Ada"], true]);
});

test("a search in an experiment that is not there finds nothing", async () => {
  expect(
    await client.run(`result = [len(client.search_runs(["4711"])), len(client.search_runs([]))]`),
  ).toEqual([0, 0]);
});

describe("search_experiments", () => {
  beforeAll(async () => {
    await client.run(`
      for name, tags in [("Alpha", {"k": "1"}), ("beta", {"k": "2"}), ("gamma_x", {}), ("gone", {})]:
          mlflow.create_experiment(name, tags=tags)
      client.delete_experiment(mlflow.get_experiment_by_name("gone").experiment_id)
    `);
  });

  const names = (args: string): Promise<string[]> =>
    client.run(`result = [e.name for e in client.search_experiments(${args})]`);

  test.each([
    [`filter_string="name = 'beta'"`, ["beta"]],
    [`filter_string="name != 'beta' AND name LIKE '%a'"`, ["Alpha"]],
    [`filter_string="name ILIKE 'AL%'"`, ["Alpha"]],
    [`filter_string="tags.k = '2'"`, ["beta"]],
    [`filter_string="tags.k IS NOT NULL", order_by=["name"]`, ["Alpha", "beta"]],
    [
      `filter_string="creation_time > 0", order_by=["experiment_id ASC"]`,
      ["Default", "search", "Alpha", "beta", "gamma_x"],
    ],
    [`order_by=["name DESC"]`, ["search", "gamma_x", "beta", "Default", "Alpha"]],
    [`view_type=mlflow.entities.ViewType.DELETED_ONLY`, ["gone"]],
    [
      `view_type=mlflow.entities.ViewType.ALL, filter_string="name LIKE 'g%'", order_by=["name"]`,
      ["gamma_x", "gone"],
    ],
  ])("%s", async (args, found) => {
    expect((await names(args)).toSorted()).toEqual(found.toSorted());
    if (args.includes("order_by")) expect(await names(args)).toEqual(found);
  });

  test("pages visit each once", async () => {
    expect(
      await client.run(`
        seen, token = [], None
        while True:
            page = client.search_experiments(max_results=2, order_by=["name"], page_token=token)
            seen += [e.name for e in page]
            token = page.token
            if not token:
                break
        result = seen
      `),
    ).toEqual(["Alpha", "Default", "beta", "gamma_x", "search"]);
  });

  test.each([
    `filter_string="name > 'a'"`,
    `filter_string="colour = 'a'"`,
    `order_by=["colour"]`,
    `max_results=50_001`,
  ])("what is not right is refused: %s", async (args) => {
    await expect(names(args)).rejects.toMatchObject({ code: "INVALID_PARAMETER_VALUE" });
  });
});
