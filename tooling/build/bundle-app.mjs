// Bundles an app's entry points for Node: our own packages are bundled from their sources, the
// packages of the registry stay outside. Called as `node ../../tooling/build/bundle-app.mjs`
// from an app's folder with its entry points as arguments.
import { build } from "esbuild";

const registryPackagesStayOutside = {
  name: "registry-packages-stay-outside",
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === "entry-point" || path.startsWith("@tessera/") ? undefined : { path, external: true },
    );
  },
};

await build({
  entryPoints: process.argv.slice(2),
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  sourcemap: "linked",
  legalComments: "none",
  logLevel: "warning",
  banner: {
    js: "import { createRequire as _cr } from 'node:module'; const require = _cr(import.meta.url);",
  },
  plugins: [registryPackagesStayOutside],
});
