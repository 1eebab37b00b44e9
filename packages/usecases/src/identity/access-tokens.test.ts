import { createMemoryBlobStore } from "@tessera/blobs/testing/memory-blob-store";
import { newId } from "@tessera/kit/ids";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context, UserActor } from "../platform/platform.ts";
import { listProjects } from "../projects/list-projects.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { startTestPlatform, type TestPlatform } from "../testing/test-platform.ts";
import { authenticateToken } from "./authenticate-token.ts";
import { authorize } from "./authorize.ts";
import { createAccessToken } from "./create-access-token.ts";
import { findHomeProject } from "./home-project.ts";
import { createLocalToken, keepAdministratorToken } from "./keep-administrator-token.ts";
import { listAccessTokens } from "./list-access-tokens.ts";
import { revokeAccessToken } from "./revoke-access-token.ts";
import { createRunToken, revokeRunTokens } from "./run-token.ts";
import { updateUser } from "./update-user.ts";

const clock = createTestClock();
const dayMs = 24 * 3600 * 1000;

let platform: TestPlatform;
let ada: Context & { actor: UserActor };

beforeAll(async () => {
  platform = await startTestPlatform({ blobs: createMemoryBlobStore(), clock });
  ada = await platform.createPerson({ name: "Ada" });
});

afterAll(async () => platform?.close());

function authenticate(secret: string) {
  return authenticateToken(platform.platform, secret);
}

describe("personal tokens", () => {
  test("speak for their owner until they are revoked, and at once no more", async () => {
    const { secret, ...token } = await createAccessToken(ada, { name: "laptop" });
    expect(secret).toMatch(/^tsr_[\w-]{43}$/);
    expect(secret.startsWith(token.prefix)).toBe(true);
    expect(await authenticate(secret)).toMatchObject({
      kind: "user",
      userId: ada.actor.userId,
      via: "token",
      onlyProjectId: null,
    });
    const { items } = await listAccessTokens(ada);
    expect(items.map(({ id }) => id)).toContain(token.id);
    expect(JSON.stringify(items)).not.toContain(secret);
    await revokeAccessToken(ada, { id: token.id });
    await expect(authenticate(secret)).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(revokeAccessToken(ada, { id: token.id })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("are kept as hashes alone", async () => {
    const { secret } = await createAccessToken(ada, { name: "hashed" });
    const rows = await platform.platform.db.pool.query("SELECT t::text FROM access_token t");
    expect(JSON.stringify(rows.rows)).not.toContain(secret.slice(8));
  });

  test("end when they expire", async () => {
    const { secret, expiresAt } = await createAccessToken(ada, { name: "short", expiresInDays: 1 });
    expect(new Date(expiresAt ?? 0).getTime()).toBe(clock.now().getTime() + dayMs);
    await authenticate(secret);
    clock.advance(dayMs);
    await expect(authenticate(secret)).rejects.toThrow("has expired");
  });

  test("note their last use, at most once a minute", async () => {
    const { secret, id } = await createAccessToken(ada, { name: "used" });
    const used = async (): Promise<number | undefined> => {
      const row = await platform.platform.db.prisma.accessToken.findUnique({ where: { id } });
      return row?.lastUsedAt?.getTime();
    };
    const first = clock.now().getTime();
    await authenticate(secret);
    await expect.poll(used).toBe(first);
    clock.advance(59_000);
    await authenticate(secret);
    clock.advance(2_000);
    await authenticate(secret);
    await expect.poll(used).toBe(first + 61_000);
  });

  test("for one project reach no other, nor the account", async () => {
    const project = await platform.createProject([[ada, "owner"]]);
    const other = await platform.createProject([[ada, "owner"]]);
    const { secret } = await createAccessToken(ada, { name: "scoped", project: project.slug });
    const ctx: Context = { ...platform.platform, actor: await authenticate(secret) };
    expect(await authorize(ctx, "project.delete", { project: project.slug })).toMatchObject({
      role: "owner",
    });
    await expect(authorize(ctx, "project.read", { project: other.slug })).rejects.toMatchObject({
      code: "not_found",
    });
    expect((await listProjects(ctx, {})).items.map(({ slug }) => slug)).toEqual([project.slug]);
    expect((await findHomeProject(ctx))?.slug).toBe(project.slug);
    await expect(createAccessToken(ctx, { name: "wider" })).rejects.toMatchObject({
      code: "permission_denied",
    });
  });

  test("cannot be made for a project that the caller does not see", async () => {
    const hidden = await platform.createProject();
    await expect(
      createAccessToken(ada, { name: "nosy", project: hidden.slug }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  test("of somebody else are neither listed nor revoked", async () => {
    const bob = await platform.createPerson({ name: "Bob" });
    const { id, secret } = await createAccessToken(bob, { name: "bob's" });
    expect((await listAccessTokens(ada)).items.map((each) => each.id)).not.toContain(id);
    await expect(revokeAccessToken(ada, { id })).rejects.toMatchObject({ code: "not_found" });
    await authenticate(secret);
  });

  test("of a disabled account are refused", async () => {
    const admin = await platform.createPerson({ name: "Root", admin: true });
    const bob = await platform.createPerson({ name: "Bob" });
    const { secret } = await createAccessToken(bob, { name: "bob's" });
    await updateUser(admin, { id: bob.actor.userId, changes: { disabled: true } });
    await expect(authenticate(secret)).rejects.toThrow("is disabled");
    await updateUser(admin, { id: bob.actor.userId, changes: { disabled: false } });
    await authenticate(secret);
  });

  test("that were never given out are refused", async () => {
    for (const secret of ["", "tsr_", "tsr_x", "\0", "a".repeat(10_000)]) {
      await expect(authenticate(secret)).rejects.toMatchObject({ code: "unauthenticated" });
    }
  });
});

describe("run tokens", () => {
  test("are good for their project until the attempt ends", async () => {
    const project = await platform.createProject([[ada, "contributor"]]);
    const workloadId = newId();
    const input = { workloadId, projectId: project.id, userId: ada.actor.userId };
    const create = (): Promise<string> =>
      platform.platform.db.prisma.$transaction((tx) => createRunToken(tx, input));
    const first = await create();
    expect(first).toMatch(/^tsj_/);
    expect(await authenticate(first)).toEqual({ kind: "run", name: "Ada", ...input });
    const second = await create();
    await expect(authenticate(first)).rejects.toMatchObject({ code: "unauthenticated" });
    const ctx: Context = { ...platform.platform, actor: await authenticate(second) };
    expect((await findHomeProject(ctx))?.id).toBe(project.id);
    await expect(authorize(ctx, "job.submit", { project: project.slug })).rejects.toMatchObject({
      code: "permission_denied",
    });
    expect((await listAccessTokens(ada)).items.map(({ name }) => name)).not.toContain(
      `job ${workloadId}`,
    );
    await platform.platform.db.prisma.$transaction((tx) => revokeRunTokens(tx, workloadId));
    await expect(authenticate(second)).rejects.toMatchObject({ code: "unauthenticated" });
  });
});

describe("tokens of the operator", () => {
  const secret = "an operator's own secret of 32 or more";

  test("are taken over at every start, the newest alone", async () => {
    const admin = await platform.createPerson({ name: "Root", admin: true });
    const input = { userId: admin.actor.userId, secret };
    await keepAdministratorToken(platform.system, input);
    await keepAdministratorToken(platform.system, input);
    expect(await authenticate(secret)).toMatchObject({ admin: true });
    const next = `${secret}, changed`;
    await keepAdministratorToken(platform.system, { ...input, secret: next });
    await authenticate(next);
    await expect(authenticate(secret)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("include one for this machine", async () => {
    const admin = await platform.createPerson({ name: "Root", admin: true });
    const local = await createLocalToken(platform.system, admin.actor.userId);
    expect(await authenticate(local)).toMatchObject({ userId: admin.actor.userId, admin: true });
  });
});
