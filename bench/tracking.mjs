// Tracking against the stock MLflow server: the same requests to both, over HTTP, in turns.
//
//   node bench/tracking.mjs --url http://127.0.0.1:3000 --token-file FILE \
//     [--mlflow http://127.0.0.1:5000] [--runs 1000] [--pairs 5]
//
// For ratios that mean something both servers use the same PostgreSQL and nothing else runs:
//   pip install mlflow==3.17.2 psycopg2-binary
//   mlflow server --backend-store-uri postgresql://user:password@127.0.0.1:5432/mlflow --port 5000
// Prints the median of each pair's ratio with its spread, writes them to bench/results/tracking.json,
// and exits with 1 when one is below 0.7 of its floor. Without --mlflow it prints our times alone.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: {
    url: { type: "string", default: "http://127.0.0.1:3000" },
    "token-file": { type: "string" },
    mlflow: { type: "string" },
    runs: { type: "string", default: "1000" },
    pairs: { type: "string", default: "5" },
  },
});
const runs = Number(options.runs);
const pairs = Number(options.pairs);
if (!options["token-file"]) {
  console.error(
    "--token-file is needed: a file with the token of somebody who may create projects",
  );
  process.exit(2);
}

async function call(url, { token, body, method = body === undefined ? "GET" : "POST" } = {}) {
  const response = await fetch(url, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text.slice(0, 300)}`);
  return text;
}

/** One MLflow server: `post("runs/create", {...})`. */
function serverAt(name, address, token) {
  const post = (path, body) => call(`${address}/api/2.0/mlflow/${path}`, { token, body });
  return { name, post };
}

async function openOurs() {
  const base = options.url;
  const slug = `bench-${Date.now()}`;
  const token = readFileSync(options["token-file"], "utf8").trim();
  await call(`${base}/api/v1/projects`, { token, body: { name: slug, slug } });
  return serverAt("tessera", `${base}/p/${slug}`, token);
}

async function inParallel(count, work) {
  let next = 0;
  const lane = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: 4 }, lane));
}

/** An experiment with so many runs of 10 metrics, 10 params and 4 tags. */
async function fill(server) {
  const made = await server.post("experiments/create", { name: `bench ${Date.now()}` });
  const experiment = JSON.parse(made).experiment_id;
  const ids = [];
  await inParallel(runs, async (index) => {
    const created = await server.post("runs/create", {
      experiment_id: experiment,
      start_time: index,
    });
    const id = JSON.parse(created).run.info.run_id;
    ids.push(id);
    const each = (count, item) => Array.from({ length: count }, (_, i) => item(i));
    await server.post("runs/log-batch", {
      run_id: id,
      metrics: each(10, (i) => ({
        key: `metric_${i}`,
        value: Math.sin(index + i),
        timestamp: 1,
        step: 1,
      })),
      params: each(10, (i) => ({ key: `param_${i}`, value: `value ${(index * i) % 50}` })),
      tags: each(4, (i) => ({ key: `tag_${i}`, value: `value ${index % 5}` })),
    });
  });
  return { ...server, experiment, ids };
}

/** Milliseconds for each of `count` calls by so many clients. */
async function timed(clients, count, work) {
  const started = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let index = 0; index < count; index++) await work(client, index);
    }),
  );
  return (performance.now() - started) / (clients * count);
}

let step = 0;

function thousandPoints() {
  step += 10;
  return Array.from({ length: 1000 }, (_, i) => ({
    key: `train/metric_${i % 100}`,
    value: Math.random(),
    timestamp: 1_700_000_000_000 + step,
    step: step + Math.floor(i / 100),
  }));
}

const batch = (server, client) =>
  server.post("runs/log-batch", { run_id: server.ids[client], metrics: thousandPoints() });
const point = (server, client, index) =>
  server.post("runs/log-metric", {
    run_id: server.ids[client],
    key: "single",
    value: index,
    timestamp: 1_700_000_000_000 + step++,
    step: index,
  });
const page = (server, size, more = {}) =>
  server.post("runs/search", { experiment_ids: [server.experiment], max_results: size, ...more });

/** What is measured, with how many times faster than MLflow it is to be. */
const measures = [
  {
    name: "log-batch of 1,000 points, 1 client",
    floor: 20,
    run: (s) => timed(1, 5, () => batch(s, 0)),
  },
  {
    name: "log-batch of 1,000 points, 8 clients",
    floor: 20,
    run: (s) => timed(8, 2, (c) => batch(s, c)),
  },
  { name: "log-metric, 8 clients", floor: 8, run: (s) => timed(8, 25, (c, i) => point(s, c, i)) },
  { name: "search, page of 100", floor: 20, run: (s) => timed(1, 3, () => page(s, 100)) },
  {
    name: "search, page of 100 by a metric's value",
    floor: 20,
    run: (s) => timed(1, 3, () => page(s, 100, { filter: "metrics.metric_3 > 0.9" })),
  },
  {
    name: `search, page of ${Math.min(runs, 5000)}`,
    floor: 40,
    run: (s) => timed(1, 1, () => page(s, Math.min(runs, 5000))),
  },
];

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

const ours = await fill(await openOurs());
const theirs = options.mlflow ? await fill(serverAt("mlflow", options.mlflow)) : undefined;
const results = [];
for (const { name, floor, run } of measures) {
  await run(ours);
  if (theirs) await run(theirs);
  const own = [];
  const ratios = [];
  for (let pair = 0; pair < pairs; pair++) {
    const mine = await run(ours);
    own.push(mine);
    if (theirs) ratios.push((await run(theirs)) / mine);
  }
  const words = [`${name.padEnd(42)} ${median(own).toFixed(2).padStart(8)} ms`];
  if (theirs) {
    const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
    words.push(
      `${median(ratios).toFixed(1)} times (${low.toFixed(1)}–${high.toFixed(1)}), floor ${floor}`,
    );
    results.push({ name, floor, ms: median(own), ratio: median(ratios), low, high });
  }
  console.log(words.join("   "));
}
if (theirs) {
  const folder = new URL("results/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    new URL("tracking.json", folder),
    `${JSON.stringify({ runs, results }, null, 2)}\n`,
  );
  if (results.some(({ ratio, floor }) => ratio < 0.7 * floor)) process.exitCode = 1;
}
