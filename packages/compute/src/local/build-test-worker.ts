import { buildEnvironment } from "./python-environment.ts";

/** A worker to be killed: builds the environment of its arguments' lock and prints its path. */
async function main([root = "", lock = "", env = "{}"]: string[]): Promise<void> {
  const onLog = (line: string) => process.stderr.write(`${line}\n`);
  const path = await buildEnvironment({ root, lock, env: JSON.parse(env), onLog });
  process.stdout.write(path);
}

void main(process.argv.slice(2));
