// How long a job takes from its submission over HTTP until its command runs, on an idle platform.
//
//   node bench/submit-latency.mjs http://127.0.0.1:3000 ~/.tessera/local-token [jobs] [project]
//
// "started" is the instant at which the command ran; "told" is when a watcher of the project's
// events heard of it. Both count from the moment before the request is sent.
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";

const [, , base, tokenFile, jobs = "100", project = "submit-latency"] = process.argv;
const count = Number(jobs);
const token = tokenFile && readFileSync(tokenFile, "utf8").trim();
if (!base || !token) {
  console.error("An address and the file of a token are needed; its owner may create projects");
  process.exit(1);
}

async function call(method, path, body) {
  const response = await fetch(`${base}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw Object.assign(new Error(text), { status: response.status });
  return text === "" ? undefined : JSON.parse(text);
}

/** Calls `tell` with each event of the project; resolves once the watch has begun. */
async function watch(tell) {
  const response = await fetch(`${base}/api/v1/projects/${project}/events`, {
    headers: { authorization: `Bearer ${token}`, accept: "text/event-stream" },
  });
  if (!response.ok) throw new Error(await response.text());
  const decoder = new TextDecoder();
  let rest = "";
  void (async () => {
    for await (const chunk of response.body) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines.pop();
      for (const line of lines) if (line.startsWith("data:")) tell(JSON.parse(line.slice(5)));
    }
  })().catch(() => undefined);
}

function percentile(values, part) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

function report(name, values) {
  const of = (part) => percentile(values, part).toFixed(1).padStart(8);
  console.log(`${name.padEnd(10)} p50 ${of(0.5)} ms   p90 ${of(0.9)} ms   p99 ${of(0.99)} ms`);
}

const waiting = new Map();
const seen = new Set();
const key = (id, state) => `${id} ${state}`;

function until(id, state) {
  if (seen.has(key(id, state))) return Promise.resolve(performance.now());
  return new Promise((resolve) => waiting.set(key(id, state), resolve));
}

await call("POST", "/projects", { name: project, slug: project }).catch((error) => {
  if (error.status !== 409) throw error;
});
await watch(({ type, subject, data }) => {
  if (type !== "job.changed" || data.state === undefined) return;
  const name = key(subject, data.state);
  seen.add(name);
  waiting.get(name)?.(performance.now());
});

const answered = [];
const started = [];
const told = [];
for (let index = 0; index < count + 5; index += 1) {
  const sentAt = Date.now();
  const sent = performance.now();
  const { id } = await call("POST", `/projects/${project}/jobs`, { command: ["true"] });
  const answer = performance.now();
  const running = await until(id, "running");
  await until(id, "finished");
  const job = await call("GET", `/projects/${project}/jobs/${id}`);
  // The first few warm up.
  if (index < 5) continue;
  answered.push(answer - sent);
  started.push(Date.parse(job.startedAt) - sentAt);
  told.push(running - sent);
}
report("answered", answered);
report("started", started);
report("told", told);
process.exit(0);
