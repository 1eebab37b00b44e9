import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

/** Bundles a program of this folder into one file that plain Node runs; answers its path. */
export async function bundle(program: string): Promise<string> {
  const outfile = join(await mkdtemp(join(tmpdir(), "tessera-blobs-")), `${program}.cjs`);
  await build({
    entryPoints: [join(import.meta.dirname, `${program}.ts`)],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    logLevel: "error",
  });
  return outfile;
}
