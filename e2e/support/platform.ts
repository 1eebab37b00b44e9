import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, createClient } from "@tessera/client/create-client";

const root = join(import.meta.dirname, "../..");
const cliScript = join(root, "apps/cli/bin/tessera.mjs");

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("No port was given");
  return address.port;
}

/** What a command printed and how it ended. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A whole platform of real processes, in a home of its own. */
export interface TestPlatform {
  readonly home: string;
  readonly url: string;
  /** The supervisor's process; the others are its children. */
  readonly pid: number;
  /** Signs the first administrator in, once. */
  readonly firstAdminLink: string | null;
  readonly client: Client;
  readonly token: string;
  /** Runs the command line against it. */
  cli(args: readonly string[], options?: { cwd?: string }): Promise<CommandResult>;
  /** Stops it in order, as Ctrl-C does, and waits until every process is gone. */
  stop(): Promise<void>;
}

export interface PlatformOptions {
  /** Home of an earlier platform to go on with; a fresh folder otherwise. */
  readonly home?: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}

interface Ready {
  readonly pid: number;
  readonly url: string;
  readonly firstAdminLink: string | null;
}

/** The environment of a person who never saw the platform. */
function cleanEnvironment(home: string, extra: Readonly<Record<string, string>>) {
  const { PATH = "", LANG = "C.UTF-8" } = process.env;
  const kept = Object.fromEntries(
    Object.entries(process.env).filter(([name]) =>
      /^(PIP_|UV_|SSL_|NODE_EXTRA|.*_proxy$)/i.test(name),
    ),
  );
  return { ...kept, PATH, LANG, HOME: home, TESSERA_HOME: join(home, ".tessera"), ...extra };
}

function readReady(child: ChildProcess): Promise<Ready> {
  return new Promise((resolve, reject) => {
    let said = "";
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      for (const line of said.split("\n")) {
        if (!line.startsWith("{")) continue;
        const message = JSON.parse(line) as Ready & { type: string };
        if (message.type === "ready") resolve(message);
      }
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.once("exit", (code) => reject(new Error(`The platform ended with ${code}:\n${said}`)));
  });
}

function runCommand(
  args: readonly string[],
  options: { readonly env: NodeJS.ProcessEnv; readonly cwd?: string | undefined },
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args], {
      ...options,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** Starts a platform from its bundles with `tessera up`. */
export async function startPlatform(options: PlatformOptions = {}): Promise<TestPlatform> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), "tessera-e2e-")));
  const port = options.port ?? (await freePort());
  const env = cleanEnvironment(home, { PORT: String(port), ...options.env }) as NodeJS.ProcessEnv;
  const child = spawn(process.execPath, [cliScript, "up", "--json"], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  const { url, firstAdminLink, pid } = await readReady(child);
  const token = (await readFile(join(home, ".tessera", "local-token"), "utf8")).trim();
  return {
    home,
    url,
    pid,
    firstAdminLink,
    token,
    client: createClient({ baseUrl: url, token }),
    cli: (args, { cwd } = {}) => runCommand([cliScript, ...args], { env, cwd }),
    stop: async () => {
      child.kill("SIGINT");
      await exited;
    },
  };
}

/** Deletes a home; to be called after the platform on it has stopped. */
export async function removeHome(home: string): Promise<void> {
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
}
