import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pythonWith } from "./python-environment.ts";

/** The client as people install it; pandas is what its `search_runs` wants, the rest what its models do. */
const packages = ["mlflow-skinny==3.17.2", "pandas>=2,<4", "scikit-learn>=1.6,<2", "skops>=0.13"];

type Variables = Readonly<Record<string, string>>;

interface Request {
  readonly code: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly variables: Variables;
}

interface Answer {
  readonly result?: unknown;
  readonly printed: string;
  readonly error?: StockClientFault;
}

interface StockClientFault {
  readonly type: string;
  /** The protocol's name of the error, such as RESOURCE_DOES_NOT_EXIST. */
  readonly code: string | null;
  readonly message: string;
  readonly trace: string;
}

/** What a piece of Python raised. */
export class StockClientError extends Error {
  override readonly name = "StockClientError";
  readonly type: string;
  readonly code: string | null;

  constructor({ type, code, message, trace }: StockClientFault) {
    super(`${message}\n${trace}`);
    this.type = type;
    this.code = code;
  }
}

/** A stock client with certain variables in its environment; every piece starts afresh. */
export interface StockClient {
  /** Runs a piece of Python that leaves its answer in `result`. @throws StockClientError */
  run<Result>(code: string, args?: Readonly<Record<string, unknown>>): Promise<Result>;
  /** As `run`, with what it printed besides. */
  runPrinting(code: string): Promise<{ result: unknown; printed: string }>;
}

export interface StockClients {
  with(variables: Variables): StockClient;
  stop(): Promise<void>;
}

/** Few repeats, so that a server's fault shows at once; and no word to anybody else. */
const quiet = {
  MLFLOW_HTTP_REQUEST_MAX_RETRIES: "1",
  MLFLOW_HTTP_REQUEST_TIMEOUT: "60",
  MLFLOW_DISABLE_TELEMETRY: "true",
  GIT_PYTHON_REFRESH: "quiet",
};

/** Starts a Python that has the stock MLflow client and no variables of our own. */
export async function startStockClients(): Promise<StockClients> {
  const python = await pythonWith(packages);
  const child = spawn(python, [join(import.meta.dirname, "stock-client.py")], {
    env: { PATH: process.env["PATH"], LANG: "C.UTF-8", ...quiet },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ask = askerOf(child);
  return {
    with: (variables) => ({
      run: async <Result>(code: string, args = {}) =>
        (await ask({ code, args, variables })).result as Result,
      runPrinting: async (code) => {
        const { result, printed } = await ask({ code, args: {}, variables });
        return { result, printed };
      },
    }),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.stdin?.end();
      await ended;
    },
  };
}

type Ask = (request: Request) => Promise<Answer>;

/** One piece at a time. */
function askerOf(child: ChildProcess): Ask {
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-10_000)));
  const lines = createInterface({ input: child.stdout ?? process.stdin });
  const answers = lines[Symbol.asyncIterator]();
  let before: Promise<unknown> = Promise.resolve();
  const ask: Ask = async ({ code, ...request }) => {
    child.stdin?.write(`${JSON.stringify({ code: movedLeft(code), ...request })}\n`);
    const { value, done } = await answers.next();
    if (done === true) throw new Error(`The client ended: ${said}`);
    const answer = JSON.parse(value) as Answer;
    if (answer.error) throw new StockClientError(answer.error);
    return answer;
  };
  return (request) => {
    const turn = before.then(() => ask(request));
    before = turn.catch(() => undefined);
    return turn;
  };
}

/** Python as it stands in a test's text, without the indent of the test. */
function movedLeft(code: string): string {
  const lines = code.split("\n").filter((line) => line.trim() !== "");
  const indent = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(indent)).join("\n");
}
