import { createMemoryBlobStore } from "@tessera/blobs/testing/memory-blob-store";
import { PlatformError } from "@tessera/contracts/errors";
import { withTransaction } from "@tessera/db/transaction";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Context, UserActor } from "../platform/platform.ts";
import { createProject } from "../projects/create-project.ts";
import { putMember } from "../projects/put-member.ts";
import { removeMember } from "../projects/remove-member.ts";
import { startTestPlatform, type TestPlatform } from "../testing/test-platform.ts";
import { publishEvent } from "./publish-event.ts";
import { type Watched, watchEvents } from "./watch-events.ts";

let platform: TestPlatform;
let person: Context & { actor: UserActor };
let project: { id: string; slug: string };
const open: AbortController[] = [];

beforeAll(async () => {
  platform = await startTestPlatform({ blobs: createMemoryBlobStore() });
  person = await platform.createPerson({ name: "Vera" });
  project = await platform.createProject([[person, "owner"]]);
});

afterEach(() => {
  for (const each of open.splice(0)) each.abort();
});

afterAll(async () => platform?.close());

interface Watch {
  readonly seen: Watched[];
  readonly subjects: () => string[];
  readonly ended: Promise<unknown>;
  readonly stop: () => void;
}

/** Watches in the background; resolves once the position is known. */
async function watch(
  ctx: Context,
  input: { project?: string; lastEventId?: string } = { project: project.slug },
): Promise<Watch> {
  const left = new AbortController();
  open.push(left);
  const seen: Watched[] = [];
  const changes = (await watchEvents(ctx, input))(left.signal);
  const ended = (async () => {
    for await (const change of changes) seen.push(change);
  })().catch((error: unknown) => error);
  if (input.lastEventId === undefined) await expect.poll(() => seen.length).toBeGreaterThan(0);
  const subjects = (): string[] =>
    seen.flatMap((each) => (each.kind === "event" ? [each.event.subject] : []));
  return { seen, subjects, ended, stop: () => left.abort() };
}

function publish(subject: string, projectId: string | null = project.id): Promise<void> {
  return platform.platform.db.prisma.$transaction((tx) =>
    publishEvent(tx, { type: "job.changed", projectId, subject }),
  );
}

/** Many events at once; answers their subjects in order. */
async function publishMany(name: string, count: number): Promise<string[]> {
  await platform.platform.db.pool.query(
    `INSERT INTO event (project_id, type, subject)
     SELECT $1, 'job.changed', $2 || '-' || n FROM generate_series(1, $3) AS n`,
    [project.id, name, count],
  );
  return Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);
}

describe("watching events", () => {
  test("tells what changes, in the project alone", async () => {
    const other = await platform.createProject();
    const watching = await watch(person);
    await publish("elsewhere", other.id);
    await publish("here");
    await expect.poll(watching.subjects).toEqual(["here"]);
    expect(watching.seen.at(-1)).toMatchObject({
      kind: "event",
      event: { type: "job.changed", project: project.slug, data: {} },
    });
  });

  test("goes on where the watcher left off, without loss or repetition", async () => {
    const first = await watch(person);
    await publish("a");
    await expect.poll(first.subjects).toEqual(["a"]);
    first.stop();
    await first.ended;
    const names = await publishMany("missed", 1100);
    const last = first.seen.at(-1)?.position;
    const second = await watch(person, { project: project.slug, lastEventId: last! });
    await publish("b");
    await expect.poll(second.subjects, { timeout: 5000 }).toEqual([...names, "b"]);
  });

  test("waits for a transaction that began before, so that its events are not passed over", async () => {
    const watching = await watch(person);
    let commit = (): void => undefined;
    let begun = (): void => undefined;
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    const slow = withTransaction(platform.platform.db.pool, async (client) => {
      await client.query(
        "INSERT INTO event (project_id, type, subject) VALUES ($1, 'job.changed', 'slow')",
        [project.id],
      );
      begun();
      await new Promise<void>((resolve) => (commit = resolve));
    });
    await hasBegun;
    await publish("quick");
    await platform.platform.db.pool.query("SELECT pg_sleep(0.2)");
    expect(watching.subjects()).toEqual([]);
    commit();
    await slow;
    await expect.poll(watching.subjects).toEqual(["slow", "quick"]);
  });

  test("outlives the loss of every database connection", async () => {
    const watching = await watch(person);
    await platform.platform.db.pool
      .query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      )
      .catch(() => undefined);
    await expect
      .poll(
        () =>
          publish("after").then(
            () => true,
            () => false,
          ),
        { timeout: 10_000 },
      )
      .toBe(true);
    await expect.poll(watching.subjects, { timeout: 10_000 }).toContain("after");
  });

  test("says that events are missing when they were deleted before the watcher came back", async () => {
    const first = await watch(person);
    await publish("old");
    await expect.poll(first.subjects).toEqual(["old"]);
    first.stop();
    await platform.platform.db.prisma.event.deleteMany();
    await publish("new");
    const second = await watch(person, {
      project: project.slug,
      lastEventId: first.seen.at(-1)!.position,
    });
    await expect.poll(() => second.seen[0]?.kind).toBe("gap");
  });

  test("refuses a position that it did not give out", async () => {
    for (const lastEventId of ["", "12", "1.2.3", "-1.5", "9999999999999999999.1", "x.y"]) {
      await expect(watchEvents(person, { project: project.slug, lastEventId })).rejects.toThrow(
        /Last-Event-ID/,
      );
    }
  });
});

describe("who sees what", () => {
  test("a stranger is refused as if there were no project", async () => {
    const stranger = await platform.createPerson();
    await expect(watchEvents(stranger, { project: project.slug })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("a member's watch ends with the membership", async () => {
    const leaving = await platform.createPerson({ name: "Leo" });
    const { email } = await platform.platform.db.prisma.user.findUniqueOrThrow({
      where: { id: leaving.actor.userId },
    });
    await putMember(person, { project: project.slug, member: { email, role: "viewer" } });
    const watching = await watch(leaving);
    await removeMember(person, { project: project.slug, userId: leaving.actor.userId });
    await publish("secret");
    const error = await watching.ended;
    expect(error).toBeInstanceOf(PlatformError);
    expect(watching.subjects()).not.toContain("secret");
  });

  test("a watch over everything follows the caller's projects as they come and go", async () => {
    const watcher = await platform.createPerson({ name: "Wanda" });
    const watching = await watch(watcher, {});
    await publish("not mine");
    await publish("for all", null);
    const mine = await createProject(watcher, { name: "Mine", slug: `mine-${Date.now()}` });
    await publish("mine", mine.id);
    await expect.poll(() => watching.subjects().slice(-3)).toEqual(["for all", mine.id, "mine"]);
    expect(watching.subjects()).not.toContain("not mine");
  });

  test("a reader that falls too far behind is let go", async () => {
    const left = new AbortController();
    open.push(left);
    const changes = (await watchEvents(person, { project: project.slug }))(left.signal);
    const slow = changes[Symbol.asyncIterator]();
    await slow.next();
    const quick = await watch(person);
    await publishMany("flood", 5200);
    await publish("end of the flood");
    await expect.poll(() => quick.subjects().at(-1), { timeout: 10_000 }).toBe("end of the flood");
    expect(await slow.next()).toMatchObject({ done: true });
  });
});
