import type { BlobStore } from "@tessera/blobs/blob-store";
import { createTestDatabase } from "@tessera/db/testing/create-test-database";
import { type Clock, systemClock } from "@tessera/kit/clock";
import { newId } from "@tessera/kit/ids";
import { createLogger } from "@tessera/kit/logger";
import type { Role } from "@tessera/contracts/project";
import { createPlatform, type RunningPlatform } from "../platform/create-platform.ts";
import type { Context, PlatformSettings, UserActor } from "../platform/platform.ts";
import { insertPersonalProject } from "../identity/insert-personal-project.ts";
import { sqlMigrations } from "../platform/sql-migrations.ts";
import { insertProject } from "../projects/insert-project.ts";

export interface TestPlatformOptions {
  readonly blobs: BlobStore;
  readonly clock?: Clock;
  readonly settings?: Partial<PlatformSettings>;
  /** Makes the platform reach its database by this way. */
  readonly by?: (databaseUrl: string) => Promise<string>;
}

export interface TestPlatform {
  readonly platform: RunningPlatform;
  readonly databaseUrl: string;
  /** Acts as the platform itself. */
  readonly system: Context;
  /** A new person, with their personal project. */
  createPerson(person?: {
    name?: string;
    admin?: boolean;
  }): Promise<Context & { actor: UserActor }>;
  /** A new project with the members given; answers its slug and id. */
  createProject(members?: Members): Promise<{ id: string; slug: string }>;
  close(): Promise<void>;
}

type Members = readonly (readonly [{ readonly actor: UserActor }, Role])[];

/** A whole platform on a database of its own. Call `close` in `afterAll`. */
export async function startTestPlatform(options: TestPlatformOptions): Promise<TestPlatform> {
  const database = await createTestDatabase({ sql: sqlMigrations });
  const platform = await createPlatform({
    databaseUrl: (await options.by?.(database.url)) ?? database.url,
    blobs: options.blobs,
    log: createLogger("test", "silent"),
    clock: options.clock ?? systemClock,
    settings: { publicUrl: "http://127.0.0.1:3000", ...options.settings },
  });
  const system: Context = { ...platform, actor: { kind: "system", name: "test" } };
  return {
    platform,
    databaseUrl: database.url,
    system,
    createPerson: (person) => createPerson(system, person),
    createProject: (members) => createProject(system, members),
    close: async () => {
      await platform.stop();
      await database.close();
    },
  };
}

async function createPerson(
  system: Context,
  { name = "Ada", admin = false }: { name?: string; admin?: boolean } = {},
): Promise<Context & { actor: UserActor }> {
  const id = newId();
  const user = await system.db.prisma.$transaction(async (tx) => {
    const email = `${name.toLowerCase()}-${id.slice(-12)}@example.com`;
    const created = await tx.user.create({ data: { id, name, email, admin } });
    await insertPersonalProject(system, tx, created);
    return created;
  });
  const actor: UserActor = {
    kind: "user",
    userId: user.id,
    name: user.name,
    admin,
    via: "session",
    onlyProjectId: null,
  };
  return { ...system, actor };
}

async function createProject(
  system: Context,
  members: Members = [],
): Promise<{ id: string; slug: string }> {
  const id = newId();
  return system.db.prisma.$transaction(async (tx) => {
    const project = await insertProject(system, tx, {
      id,
      slug: `project-${id.slice(-12)}`,
      name: "Project",
      description: "",
      firstOwner: null,
      personal: false,
    });
    for (const [{ actor }, role] of members) {
      await tx.projectMember.create({ data: { projectId: id, userId: actor.userId, role } });
    }
    return { id: project.id, slug: project.slug };
  });
}
