// Bundles the server into dist. What has native parts, or finds its own files beside itself, stays
// outside and is loaded from node_modules.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const packageRoot = join(import.meta.dirname, "..");
const outdir = join(packageRoot, "dist");

rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: [join(packageRoot, "src/main.ts")],
  outdir,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true,
  platform: "node",
  target: "node20",
  format: "esm",
  sourcemap: true,
  legalComments: "none",
  logLevel: "warning",
  external: ["next", "react", "react-dom", "@fastify/swagger-ui", "pg-native"],
  // Bundled CommonJS packages call these.
  banner: {
    js: [
      'import { createRequire as __createRequire } from "node:module";',
      'import { dirname as __dirnameOf } from "node:path";',
      'import { fileURLToPath as __fileOf } from "node:url";',
      "const require = __createRequire(import.meta.url);",
      "const __filename = __fileOf(import.meta.url);",
      "const __dirname = __dirnameOf(__filename);",
    ].join("\n"),
  },
});
