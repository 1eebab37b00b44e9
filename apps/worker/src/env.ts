import { homedir } from "node:os";
import { join } from "node:path";
import { Folder, parseEnv } from "@tessera/kit/env";
import { z } from "zod";

const Environment = z.object({
  DATABASE_URL: z.string().min(1),
  REDIS_URL: z.string().optional(),
  /** Origin that jobs report to. */
  TESSERA_PUBLIC_URL: z.url().default("http://127.0.0.1:3000"),
  TESSERA_HOME: Folder.default(join(homedir(), ".tessera")),
  S3_ENDPOINT: z.url().optional(),
  S3_REGION: z.string().default("us-east-1"),
  S3_BUCKET: z.string().optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  TESSERA_MAX_SNAPSHOT_MB: z.coerce.number().int().min(1).max(100_000).default(100),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal"]).default("info"),
  NODE_NAME: z.string().max(200).optional(),
});
export type Environment = z.infer<typeof Environment>;

/** The worker's environment; throws with every fault at once. */
export function readEnvironment(): Environment {
  return parseEnv(Environment, process.env);
}

/** The host's whole environment, for what jobs get of it. */
export function hostEnvironment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}
