// Runs the command line from a checkout: `node tooling/tessera.mjs up`. Builds what is not built.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

function build() {
  const turbo = fileURLToPath(new URL("turbo.mjs", import.meta.url));
  const args = [turbo, "run", "generate", "build", "--output-logs=errors-only"];
  const { status, stdout, stderr, error } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ""}${stderr ?? ""}${error?.message ?? ""}\n`);
  process.stderr.write("Tessera could not be built; the lines above say why.\n");
  process.exit(1);
}

if (process.stderr.isTTY) process.stderr.write("Building what changed …\r");
build();
await import("../apps/cli/bin/tessera.mjs");
