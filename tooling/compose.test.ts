import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";

interface Service {
  readonly image?: string;
  readonly environment?: Record<string, unknown>;
  readonly healthcheck?: { readonly test: unknown };
  readonly volumes?: string[];
  readonly depends_on?: string[] | Record<string, { readonly condition: string }>;
}

const root = resolve(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(resolve(root, path), "utf8");
const compose = parse(read("docker-compose.yml"), { merge: true }) as {
  readonly services: Record<string, Service>;
  readonly volumes: Record<string, unknown>;
};
const services = Object.entries(compose.services);

test("our services get only what the platform reads", () => {
  const ours = services.filter(([, { image }]) => image === "tessera:local");
  expect(ours.map(([name]) => name)).toEqual(["server", "worker"]);
  const names = ours.flatMap(([, { environment = {} }]) => Object.keys(environment));
  expect(names).toContain("DATABASE_URL");
  expect(names.filter((name) => !read(".env.example").includes(`${name}=`))).toEqual([]);
});

test("health checks are commands, and what is waited for has one", () => {
  for (const [name, { healthcheck }] of services) {
    if (healthcheck === undefined) continue;
    expect(healthcheck.test, name).toEqual([
      expect.stringMatching(/^CMD/),
      ...(healthcheck.test as unknown[]).slice(1).map(() => expect.any(String)),
    ]);
  }
  for (const [name, { depends_on: waited = {} }] of services) {
    if (Array.isArray(waited)) continue;
    for (const [other, { condition }] of Object.entries(waited)) {
      const healthy = compose.services[other]?.healthcheck !== undefined;
      expect([name, other, healthy]).toEqual([name, other, condition === "service_healthy"]);
    }
  }
});

test("named volumes are declared, and files that are mounted exist", () => {
  const sources = services.flatMap(([, { volumes = [] }]) => volumes.map((v) => v.split(":")[0]));
  for (const source of sources) {
    if (source?.startsWith("./")) expect(read(source)).not.toBe("");
    else expect(Object.keys(compose.volumes)).toContain(source);
  }
});
