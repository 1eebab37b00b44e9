import { newId } from "@tessera/kit/ids";
import { createRunToken, revokeRunTokens } from "@tessera/usecases/identity/run-token";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTrackingServer, type TrackingServer } from "../testing/tracking-server.ts";

let server: TrackingServer;

beforeAll(async () => {
  server = await startTrackingServer();
}, 900_000);

afterAll(async () => server?.close());

/** Logs a run in the active experiment, and says where it is. */
const logSomething = `
  with mlflow.start_run() as run:
      mlflow.log_metric("m", 1)
      mlflow.log_text("x", "a.txt")
  got = client.get_run(run.info.run_id)
  result = [got.data.metrics["m"], mlflow.artifacts.load_text(f"runs:/{run.info.run_id}/a.txt"), run.info.run_id]
`;

async function projectOfRun(id: string): Promise<string | undefined> {
  const run = await server.platform.db.prisma.run.findUnique({
    where: { id },
    include: { project: true },
  });
  return run?.project.slug;
}

describe("who a client is", () => {
  test("a token as the password of Basic", async () => {
    const client = server.client({
      MLFLOW_TRACKING_URI: server.trackingUri,
      MLFLOW_TRACKING_USERNAME: "anybody",
      MLFLOW_TRACKING_PASSWORD: server.token,
    });
    expect(await client.run<unknown[]>(logSomething)).toEqual([1, "x", expect.any(String)]);
  });

  test("at the bare origin, the project of a project's token", async () => {
    const token = await server.tokenOf(server.owner, server.project.slug);
    const client = server.client({
      MLFLOW_TRACKING_URI: server.origin,
      MLFLOW_TRACKING_TOKEN: token,
    });
    const [, , run] = await client.run<[number, string, string]>(logSomething);
    expect(await projectOfRun(run)).toBe(server.project.slug);
  });

  test("at the bare origin, a person's own project", async () => {
    const client = server.client({
      MLFLOW_TRACKING_URI: server.origin,
      MLFLOW_TRACKING_TOKEN: server.token,
    });
    const [, , run] = await client.run<[number, string, string]>(logSomething);
    const own = await server.platform.db.prisma.project.findUnique({
      where: { ownerId: server.owner.actor.userId },
    });
    expect(own?.slug).toBeDefined();
    expect(await projectOfRun(run)).toBe(own?.slug);
  });

  test("projects do not see one another: neither experiments nor runs nor artifacts", async () => {
    const client = server.client();
    const [, , run] = await client.run<[number, string, string]>(logSomething);
    const other = await server.createProject([[server.owner, "owner"]]);
    const elsewhere = server.client({
      MLFLOW_TRACKING_URI: `${server.origin}/p/${other.slug}`,
      MLFLOW_TRACKING_TOKEN: server.token,
    });
    expect(
      await elsewhere.run(
        `result = [len(client.search_runs(["0"])), len(client.search_experiments())]`,
      ),
    ).toEqual([0, 1]);
    for (const call of [
      "client.get_run(args['r'])",
      "client.log_metric(args['r'], 'm', 2)",
      "client.list_artifacts(args['r'])",
    ]) {
      await expect(elsewhere.run(call, { r: run })).rejects.toMatchObject({
        code: "RESOURCE_DOES_NOT_EXIST",
      });
    }
  });

  test("nobody, a stranger and a viewer", async () => {
    const call = `client.create_run("0")`;
    const nobody = server.client({ MLFLOW_TRACKING_URI: server.trackingUri });
    await expect(nobody.run(call)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    const stranger = server.client({
      MLFLOW_TRACKING_URI: server.trackingUri,
      MLFLOW_TRACKING_TOKEN: await server.tokenOf(await server.createPerson({ name: "Eve" })),
    });
    await expect(stranger.run(call)).rejects.toMatchObject({ code: "RESOURCE_DOES_NOT_EXIST" });
    const viewer = await server.createPerson({ name: "Vera" });
    const project = await server.createProject([[viewer, "viewer"]]);
    const viewing = server.client({
      MLFLOW_TRACKING_URI: `${server.origin}/p/${project.slug}`,
      MLFLOW_TRACKING_TOKEN: await server.tokenOf(viewer),
    });
    expect(await viewing.run(`result = len(client.search_runs(["0"]))`)).toBe(0);
    await expect(viewing.run(call)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  });
});

/** A job that is running, as far as tracking is concerned. */
async function startJob(): Promise<{ run: string; variables: Record<string, string> }> {
  const id = newId();
  const { prisma } = server.platform.db;
  const { userId } = server.owner.actor;
  const experiment = await prisma.experiment.findUniqueOrThrow({
    where: { projectId_number: { projectId: server.project.id, number: 0 } },
  });
  await prisma.run.create({
    data: {
      id,
      projectId: server.project.id,
      experimentId: experiment.id,
      workloadId: id,
      name: "a job",
      status: "RUNNING",
      userId: "Ada",
      startTime: 1n,
    },
  });
  const token = await prisma.$transaction((tx) =>
    createRunToken(tx, { workloadId: id, projectId: server.project.id, userId }),
  );
  return {
    run: id,
    variables: {
      MLFLOW_TRACKING_URI: server.trackingUri,
      MLFLOW_RUN_ID: id,
      MLFLOW_EXPERIMENT_ID: "0",
      MLFLOW_TRACKING_TOKEN: token,
    },
  };
}

describe("a job's own token", () => {
  test("with nothing but the environment, start_run goes on with the job's run", async () => {
    const job = await startJob();
    const client = server.client(job.variables);
    expect(await client.run<unknown[]>(logSomething)).toEqual([1, "x", job.run]);
    expect(await client.run(`result = client.get_run(args["r"]).info.status`, { r: job.run })).toBe(
      "FINISHED",
    );
  });

  test("log calls without start_run go there too", async () => {
    const job = await startJob();
    const client = server.client(job.variables);
    await client.run(`mlflow.log_params({"a": 1}); mlflow.log_metric("m", 2)`);
    expect(
      await client.run(`d = client.get_run(args["r"]).data; result = [d.params, d.metrics]`, {
        r: job.run,
      }),
    ).toEqual([{ a: "1" }, { m: 2 }]);
  });

  test("makes nested runs and writes to them, and to no other job's", async () => {
    const [one, two] = [await startJob(), await startJob()];
    const client = server.client(one.variables);
    expect(
      await client.run(`
        with mlflow.start_run():
            with mlflow.start_run(nested=True) as child:
                mlflow.log_metric("m", 3)
                mlflow.log_text("x", "a.txt")
        with mlflow.start_run() as another:
            mlflow.log_metric("m", 4)
        result = [client.get_run(child.info.run_id).data.metrics["m"], client.get_run(another.info.run_id).data.metrics["m"]]
      `),
    ).toEqual([3, 4]);
    const mine = await server.client().run<string>(`result = client.create_run("0").info.run_id`);
    for (const run of [two.run, mine]) {
      expect(await client.run(`result = client.get_run(args["r"]).info.run_id`, { r: run })).toBe(
        run,
      );
      for (const call of [
        `client.log_metric(args["r"], "m", 1)`,
        `client.log_param(args["r"], "p", 1)`,
        `client.set_tag(args["r"], "t", 1)`,
        `client.delete_tag(args["r"], "t")`,
        `client.log_batch(args["r"], tags=[mlflow.entities.RunTag("t", "1")])`,
        `client.set_terminated(args["r"])`,
        `client.update_run(args["r"], name="mine")`,
        `client.log_inputs(args["r"], [])`,
        `client.delete_run(args["r"])`,
        `client.log_text(args["r"], "x", "a.txt")`,
      ]) {
        await expect(client.run(call, { r: run }), call).rejects.toThrow(/PERMISSION_DENIED|403/);
      }
    }
  });

  test("does not reach other projects", async () => {
    const { variables } = await startJob();
    const other = await server.createProject([[server.owner, "owner"]]);
    const client = server.client({
      ...variables,
      MLFLOW_TRACKING_URI: `${server.origin}/p/${other.slug}`,
    });
    await expect(client.run(`client.search_runs(["0"])`)).rejects.toMatchObject({
      code: "RESOURCE_DOES_NOT_EXIST",
    });
  });

  test("at the bare origin it means its own project", async () => {
    const job = await startJob();
    const client = server.client({ ...job.variables, MLFLOW_TRACKING_URI: server.origin });
    expect(await client.run<unknown[]>(logSomething)).toEqual([1, "x", job.run]);
  });

  test("is dead once the job has ended", async () => {
    const job = await startJob();
    const client = server.client(job.variables);
    await client.run(`client.log_metric(args["r"], "m", 1)`, { r: job.run });
    await server.platform.db.prisma.$transaction((tx) => revokeRunTokens(tx, job.run));
    for (const call of [`client.log_metric(args["r"], "m", 2)`, `client.get_run(args["r"])`]) {
      await expect(client.run(call, { r: job.run })).rejects.toMatchObject({
        code: "UNAUTHENTICATED",
      });
    }
  });
});
