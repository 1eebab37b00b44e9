import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listJobs } from "@tessera/contracts/job";
import { createProject } from "@tessera/contracts/project";
import {
  createSweep,
  getSweep,
  listTrials,
  type Sweep,
  type Trial,
} from "@tessera/contracts/sweep";
import { putTier } from "@tessera/contracts/tier";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { killAll, platformProcesses, processOf } from "./crash/processes.ts";
import { findBarriers, launchBrowser, takeShots } from "./support/browser.ts";
import { removeHome, startPlatform, type TestPlatform } from "./support/platform.ts";
import { comeIn } from "./support/visitor.ts";

/** Marks each time that it begins, and logs its loss until the platform has taken it. */
const program = `
import fcntl, json, os, sys, time, urllib.request
x, folder = float(sys.argv[1]), sys.argv[2]
run = os.environ["MLFLOW_RUN_ID"]
lock = open(os.path.join(folder, run + ".lock"), "w")
fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
with open(os.path.join(folder, run + ".marks"), "a") as file:
    file.write("start\\n")
def send(path, body):
    request = urllib.request.Request(
        os.environ["MLFLOW_TRACKING_URI"] + "/api/2.0/mlflow/runs/" + path,
        json.dumps({"run_id": run, **body}).encode(),
        {"content-type": "application/json", "authorization": "Bearer " + os.environ["TESSERA_TOKEN"]})
    for _ in range(200):
        try:
            return urllib.request.urlopen(request, timeout=5).read()
        except Exception as error:
            last = error
            time.sleep(0.2)
    raise last
send("log-parameter", {"key": "x", "value": str(x)})
for step in range(5):
    send("log-metric", {"key": "loss", "value": (x - 2) ** 2 + 1 / (step + 1), "step": step,
                        "timestamp": int(time.time() * 1000)})
    time.sleep(0.2)
`;

const wait = { timeout: 120_000, interval: 300 };
const project = "sweeping";

let platform: TestPlatform;
let folder: string;
let command: string[];

beforeAll(async () => {
  platform = await startPlatform();
  folder = await mkdtemp(join(tmpdir(), "tessera-sweeps-"));
  await writeFile(join(folder, "train.py"), program);
  command = ["python3", join(folder, "train.py"), "{{x=uniform(-5,5)}}", folder];
  const { client } = platform;
  await client.call(createProject, { body: { name: "Sweeping", slug: project } });
  const tier = { cpus: 0.05, memoryMb: 64, gpus: 0 };
  await client.call(putTier, { params: { name: "tiny" }, body: tier });
});

afterAll(async () => {
  await platform.stop();
  await removeHome(platform.home);
  await rm(folder, { recursive: true, force: true });
});

async function trialsOf(id: string): Promise<Trial[]> {
  const params = { project, id };
  return (await platform.client.call(listTrials, { params, query: { limit: 500 } })).items;
}

/** The sweep as it is; undefined while the platform does not answer. */
async function look(id: string): Promise<Sweep | undefined> {
  return platform.client.call(getSweep, { params: { project, id } }).catch(() => undefined);
}

async function ended(id: string): Promise<number> {
  const { running = 0, ...over } = (await look(id))?.trials ?? {};
  return running < 0 ? 0 : Object.values(over).reduce((sum, count) => sum + count, 0);
}

describe("a sweep outlives", () => {
  it("killed workers, a killed server and the end of the platform: no trial lost, none run twice", async () => {
    const { client } = platform;
    const body = {
      name: "crash",
      job: { command, tier: "tiny" },
      metric: "loss",
      direction: "minimize" as const,
      maxTrials: 24,
      parallelism: 6,
      seed: 3,
    };
    const { id } = await client.call(createSweep, { params: { project }, body });
    for (const part of ["worker", "server", "worker"] as const) {
      const before = await ended(id);
      killAll([processOf(platform.pid, part)]);
      await expect.poll(() => ended(id), wait).toBeGreaterThan(before);
    }
    killAll(platformProcesses(platform.pid).map(({ pid }) => pid));
    // Its jobs go on, and look for it where it was.
    platform = await startPlatform({
      home: platform.home,
      port: Number(new URL(platform.url).port),
    });
    await expect.poll(async () => (await look(id))?.state, wait).toBe("finished");
    const trials = await trialsOf(id);
    expect(trials.map(({ number }) => number)).toEqual(Array.from({ length: 24 }, (_, at) => at));
    expect(trials.filter(({ state }) => state !== "complete")).toEqual([]);
    const { items: jobs } = await platform.client.call(listJobs, {
      params: { project },
      query: { limit: 200 },
    });
    expect(new Set(jobs.map((job) => job.id))).toEqual(new Set(trials.map(({ runId }) => runId)));
    expect(jobs).toHaveLength(24);
    const marks = (await readdir(folder)).filter((name) => name.endsWith(".marks"));
    expect(marks).toHaveLength(24);
    for (const mark of marks) {
      expect(await readFile(join(folder, mark), "utf8"), mark).toBe("start\n");
    }
  });
});

describe("the command line", () => {
  const cli = (...args: string[]) => platform.cli([...args, "--project", project], { cwd: folder });

  it("searches, tells of the best, and looks after sweeps", async () => {
    const options = [
      "--minimize",
      "loss",
      "-n",
      "3",
      "-j",
      "3",
      "--tier",
      "tiny",
      "--name",
      "by-hand",
    ];
    const done = await platform.cli(["sweep", ...options, "--project", project, "--", ...command], {
      cwd: folder,
    });
    expect(done).toMatchObject({ code: 0, stdout: expect.stringMatching(/^x=-?\d/) as string });
    expect(done.stderr).toMatch(/by-hand finished\n3 of 3 trials, best [\d.]+ \(trial \d\)\n$/);
    const shown = await cli("sweeps", "show", "by-hand");
    expect(shown.stdout).toMatch(/\n0 +complete +[\d.]+ +x=/);
    const more = await cli("sweeps", "extend", "by-hand", "-n", "1");
    expect(more.stdout).toContain("by-hand is running: 3 of 4 trials, 1 running");
    const stopped = await cli("sweeps", "cancel", "by-hand");
    expect(stopped.stdout).toContain("by-hand is cancelled");
    const list = await cli("sweeps", "--json");
    expect(JSON.parse(list.stdout)).toMatchObject([{ name: "by-hand" }, { name: "crash" }]);
  });

  it("takes a file, prunes, and says what is wrong with one", async () => {
    const file = {
      command,
      metric: "loss",
      direction: "minimize",
      trials: 4,
      sampler: "random",
      pruner: "asha:reduction=2",
      seed: 5,
    };
    await writeFile(join(folder, "sweep.yaml"), JSON.stringify(file));
    const done = await cli("sweep", "--json", "-f", "sweep.yaml", "--tier", "tiny");
    expect(done).toMatchObject({ code: 0 });
    const sweep = JSON.parse(done.stdout);
    expect(sweep).toMatchObject({ state: "finished", sampler: { name: "random" } });
    expect(sweep.trials.pruned).toBeGreaterThan(0);
    const pruned = (await trialsOf(sweep.id)).find(({ state }) => state === "pruned");
    expect(pruned?.reason).toMatch(/^pruned at step \d: /);
    await writeFile(join(folder, "wrong.yaml"), "metric: 3\ntrails: 4\n");
    const wrong = await cli("sweep", "-f", "wrong.yaml");
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toMatch(/metric: .*\n.*Unrecognized key: "trails"/);
    const upside = ["--minimize", "loss", "-n", "3", "--", "true", "--x={{uniform(2,1)}}"];
    const refused = await platform.cli(["sweep", "--project", project, ...upside], { cwd: folder });
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain("x.high: is 1, below low, which is 2");
  });
});

it("is seen, extended and cancelled in the browser", async () => {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    await comeIn(page, platform);
    await page.goto(`${platform.url}/p/${project}/sweeps`);
    await page.getByRole("link", { name: "crash" }).waitFor();
    await takeShots(page, "sweeps");
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("link", { name: "crash" }).click();
    const trials = page.getByRole("table");
    await trials.getByText("complete").first().waitFor();
    expect(await trials.getByRole("row").count()).toBe(25);
    await page.getByText("Best so far").first().waitFor();
    await page.getByText("24 runs").waitFor();
    await takeShots(page, "sweep");
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("button", { name: "10 more trials" }).click();
    await page.getByRole("button", { name: "Pause" }).waitFor();
    await expect.poll(() => trials.getByRole("row").count(), wait).toBeGreaterThan(25);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("cancelled by Ada Example").first().waitFor();
    expect(faults).toEqual([]);
  } finally {
    await browser.close();
  }
});
