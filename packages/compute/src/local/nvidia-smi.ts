import { execFile } from "node:child_process";
import type { Gpu, GpuUsage } from "../executor.ts";

/** How to reach nvidia-smi; `env` is the worker's environment, whose PATH is searched. */
export interface NvidiaSmiOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
}

/** What was found, and in words why nothing was, unless there is simply no nvidia-smi. */
export interface GpuDiscovery {
  readonly gpus: Gpu[];
  readonly fault?: string;
}

const bytesPerMebibyte = 1024 * 1024;

/** The machine's NVIDIA GPUs by PCI order; never throws, and takes no longer than the timeout. */
export async function discoverGpus(options: NvidiaSmiOptions): Promise<GpuDiscovery> {
  const answer = await query("index,uuid,name,memory.total", options);
  if (!answer.rows) return { gpus: [], ...(answer.fault ? { fault: answer.fault } : {}) };
  const gpus: Gpu[] = [];
  for (const row of answer.rows) {
    const [index, uuid, name, memory] = row;
    if (!isCount(index) || !uuid || !name) {
      return { gpus: [], fault: `nvidia-smi answered something unexpected: ${row.join(", ")}` };
    }
    const memoryBytes = isCount(memory) ? Number(memory) * bytesPerMebibyte : 0;
    gpus.push({ index: Number(index), uuid, name, memoryBytes });
  }
  return { gpus };
}

/** Load and memory in use of each GPU; empty when nvidia-smi does not tell. */
export async function readGpuUsage(options: NvidiaSmiOptions): Promise<GpuUsage[]> {
  const { rows } = await query("index,utilization.gpu,memory.used", options);
  return (rows ?? [])
    .filter(([index]) => isCount(index))
    .map(([index, load, memory]) => ({
      index: Number(index),
      utilizationPercent: isCount(load) ? Number(load) : 0,
      memoryBytes: isCount(memory) ? Number(memory) * bytesPerMebibyte : 0,
    }));
}

function isCount(text: string | undefined): text is string {
  return text !== undefined && /^\d+$/.test(text);
}

interface Answer {
  readonly rows?: string[][];
  readonly fault?: string;
}

function query(columns: string, { env, timeoutMs }: NvidiaSmiOptions): Promise<Answer> {
  const args = [`--query-gpu=${columns}`, "--format=csv,noheader,nounits"];
  const options = { env: { ...env }, timeout: timeoutMs, killSignal: "SIGKILL" as const };
  return new Promise((resolve) => {
    const child = execFile("nvidia-smi", args, options, (error, stdout, stderr) => {
      if (!error) resolve({ rows: parseRows(stdout) });
      else if (error.code === "ENOENT") resolve({});
      else resolve({ fault: faultOf(error, `${stdout}\n${stderr}`, timeoutMs) });
    });
    // A process that hangs in the driver cannot even be killed: do not wait for its pipes.
    setTimeout(() => {
      child.stdout?.destroy();
      child.stderr?.destroy();
      child.unref();
      resolve({ fault: `nvidia-smi did not answer within ${timeoutMs} ms` });
    }, timeoutMs + 200).unref();
  });
}

function parseRows(output: string): string[][] {
  return output
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => line.split(",").map((cell) => cell.trim()));
}

function faultOf(error: { killed?: boolean; message: string }, output: string, timeoutMs: number) {
  if (error.killed) return `nvidia-smi did not answer within ${timeoutMs} ms`;
  const line = output.split("\n").find((each) => each.trim() !== "") ?? error.message;
  return `nvidia-smi failed: ${line.trim().slice(0, 300)}`;
}
