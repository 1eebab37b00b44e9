import { homedir } from "node:os";
import { join } from "node:path";
import { Folder, parseEnv } from "@tessera/kit/env";
import { z } from "zod";

const WebOrigin = z
  .url({ protocol: /^https?$/, message: "must be an http or https address" })
  .refine((url) => new URL(url).pathname === "/", "must have no path")
  .transform((url) => new URL(url).origin);

const Address = z.url({ protocol: /^https?$/, message: "must be an http or https address" });

const wordsOfPort = "must be a whole number from 0 to 65535";

const shape = z.object({
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce
    .number(wordsOfPort)
    .int(wordsOfPort)
    .min(0, wordsOfPort)
    .max(65_535, wordsOfPort)
    .default(3000),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, message: "must be a postgresql:// address" }),
  REDIS_URL: z.url({ protocol: /^rediss?$/, message: "must be a redis:// address" }).optional(),
  TESSERA_HOME: Folder.default(join(homedir(), ".tessera")),
  TESSERA_PUBLIC_URL: WebOrigin.optional(),
  CONTENT_HOST: z.hostname().default("localhost"),
  TESSERA_SECRET: z.string().min(32, "must have 32 characters or more").optional(),
  TESSERA_ADMIN_TOKEN: z
    .string()
    .min(32, "must have 32 characters or more")
    .max(500)
    .regex(/^[\x21-\x7e]+$/, "must be printable characters without spaces")
    .optional(),
  TESSERA_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/, "must be a currency's three letters")
    .default("USD"),
  TESSERA_MAX_SNAPSHOT_MB: z.coerce.number().int().min(1).max(100_000).default(100),
  /** Addresses of proxies whose X-Forwarded-For tells the caller's address, by commas. */
  TRUSTED_PROXIES: z.string().optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  S3_BUCKET: z.string().optional(),
  S3_ENDPOINT: Address.optional(),
  S3_REGION: z.string().default("us-east-1"),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  OIDC_DISCOVERY_URL: Address.optional(),
  OIDC_ISSUER: Address.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().max(100).default("Single sign-on"),
});

type Shape = z.infer<typeof shape>;

/** A name that others need: when one of a group is set, its group must be whole. */
function needs(env: Shape, name: keyof Shape, others: readonly (keyof Shape)[]): string[] {
  if (env[name] === undefined) return [];
  return others
    .filter((other) => env[other] === undefined)
    .map((other) => `  ${other}: is needed because ${name} is set`);
}

export type ServerEnv = Shape;

/** The server's settings; throws an error that names every fault at once. */
export function readEnv(source: Record<string, string | undefined> = process.env): ServerEnv {
  const env = parseEnv(shape, source);
  const oidc = env.OIDC_DISCOVERY_URL === undefined ? "OIDC_ISSUER" : "OIDC_DISCOVERY_URL";
  const faults = [
    ...needs(env, "S3_ENDPOINT", ["S3_BUCKET"]),
    ...needs(env, "S3_ACCESS_KEY_ID", ["S3_SECRET_ACCESS_KEY"]),
    ...needs(env, "S3_SECRET_ACCESS_KEY", ["S3_ACCESS_KEY_ID"]),
    ...needs(env, oidc, ["OIDC_CLIENT_ID"]),
    ...needs(env, "OIDC_CLIENT_ID", [oidc]),
  ];
  if (faults.length > 0) throw new Error(`The environment is not right:\n${faults.join("\n")}`);
  return env;
}

export interface UpEnv {
  readonly TESSERA_HOME: string;
  readonly DATABASE_URL: string | undefined;
  readonly HOST: string;
  readonly PORT: number;
  /** Everything, for the processes that are started. */
  readonly all: Readonly<Record<string, string | undefined>>;
}

/**
 * What starting the whole platform needs to know. Everything is checked, so that faults are told
 * before anything is started.
 */
export function readUpEnv(source: Record<string, string | undefined> = process.env): UpEnv {
  const present = (name: string): string | undefined => source[name] || undefined;
  const DATABASE_URL = present("DATABASE_URL");
  const env = readEnv({ ...source, DATABASE_URL: DATABASE_URL ?? "postgresql://own" });
  const { TESSERA_HOME, HOST, PORT } = env;
  return { TESSERA_HOME, DATABASE_URL, HOST, PORT, all: source };
}
