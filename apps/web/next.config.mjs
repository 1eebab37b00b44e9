/** @type {import("next").NextConfig} */
const config = {
  distDir: ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  transpilePackages: ["@tessera/client", "@tessera/contracts", "@tessera/mlflow"],
  // Types are checked by `npm run types`; a second pass inside the build only costs time.
  typescript: { ignoreBuildErrors: true },
  // The server serves no optimised images.
  images: { unoptimized: true },
  devIndicators: false,
  experimental: {
    optimizePackageImports: ["lucide-react", "radix-ui", "date-fns"],
  },
};

export default config;
