import { createMemoryBlobStore } from "@tessera/blobs/testing/memory-blob-store";
import { newId } from "@tessera/kit/ids";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context, UserActor } from "../platform/platform.ts";
import { allAtOnce } from "../testing/at-once.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { startTestPlatform, type TestPlatform } from "../testing/test-platform.ts";
import { authenticateSession } from "./authenticate-session.ts";
import { completeWelcome } from "./complete-welcome.ts";
import { consumeSignInLink } from "./consume-sign-in-link.ts";
import { createSignInLink } from "./create-sign-in-link.ts";
import { createUser } from "./create-user.ts";
import { ensureFirstAdministrator } from "./ensure-first-administrator.ts";
import { getMe } from "./get-me.ts";
import { insertPersonalProject } from "./insert-personal-project.ts";
import { listUsers } from "./list-users.ts";
import { updateUser } from "./update-user.ts";

const clock = createTestClock();
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

let platform: TestPlatform;
let admin: Context & { actor: UserActor };

beforeAll(async () => {
  platform = await startTestPlatform({ blobs: createMemoryBlobStore(), clock });
  admin = await platform.createPerson({ name: "Root", admin: true });
});

afterAll(async () => platform?.close());

function secretOf(link: { readonly url: string }): string {
  return link.url.split("/").at(-1) ?? "";
}

function use(secret: string) {
  return consumeSignInLink({ ...platform.platform, actor: { kind: "anonymous" } }, { secret });
}

describe("one-time links", () => {
  test("sign in once, also when used twice at the same moment", async () => {
    const ada = await platform.createPerson({ name: "Ada" });
    const link = await createSignInLink(ada, { redirect: "/p/ada/runs?x=1" });
    expect(link.url).toMatch(/^http:\/\/127\.0\.0\.1:3000\/link\/[\w-]{43}$/);
    const uses = await Promise.allSettled([1, 2, 3, 4].map(() => use(secretOf(link))));
    const won = uses.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    expect(won).toHaveLength(1);
    expect(won[0]?.redirect).toBe("/p/ada/runs?x=1");
    const session = await authenticateSession(platform.platform, won[0]?.sessionToken ?? "");
    expect(session?.actor).toMatchObject({ userId: ada.actor.userId, via: "session" });
  });

  test("are good for 15 minutes", async () => {
    const link = await createSignInLink(admin, {});
    clock.advance(15 * minuteMs);
    await expect(use(secretOf(link))).rejects.toMatchObject({ code: "not_found" });
  });

  test("for somebody else are an administrator's to make", async () => {
    const ada = await platform.createPerson({ name: "Ada" });
    const bob = await platform.createPerson({ name: "Bob" });
    await expect(createSignInLink(ada, { userId: bob.actor.userId })).rejects.toMatchObject({
      code: "permission_denied",
    });
    const link = await createSignInLink(admin, { userId: bob.actor.userId });
    const { sessionToken } = await use(secretOf(link));
    expect(await authenticateSession(platform.platform, sessionToken)).toMatchObject({
      actor: { userId: bob.actor.userId },
    });
    await expect(createSignInLink(admin, { userId: newId() })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("let nobody into a disabled account, and stay unused", async () => {
    const bob = await platform.createPerson({ name: "Bob" });
    const link = await createSignInLink(bob, {});
    await updateUser(admin, { id: bob.actor.userId, changes: { disabled: true } });
    await expect(use(secretOf(link))).rejects.toMatchObject({ code: "not_found" });
    await expect(createSignInLink(admin, { userId: bob.actor.userId })).rejects.toThrow("disabled");
    await updateUser(admin, { id: bob.actor.userId, changes: { disabled: false } });
    await use(secretOf(link));
  });
});

describe("sessions", () => {
  test("last 30 days after their last use", async () => {
    const ada = await platform.createPerson({ name: "Ada" });
    const { sessionToken } = await use(secretOf(await createSignInLink(ada, {})));
    const live = () => authenticateSession(platform.platform, sessionToken);
    expect((await live())?.movedTo).toBeUndefined();
    clock.advance(29 * dayMs);
    const moved = await live();
    expect(moved?.movedTo?.getTime()).toBe(clock.now().getTime() + 30 * dayMs);
    expect((await live())?.movedTo).toBeUndefined();
    clock.advance(29 * dayMs);
    expect(await live()).toBeDefined();
    clock.advance(30 * dayMs);
    expect(await live()).toBeUndefined();
  });

  test("end at once when the account is disabled", async () => {
    const ada = await platform.createPerson({ name: "Ada" });
    const { sessionToken } = await use(secretOf(await createSignInLink(ada, {})));
    await updateUser(admin, { id: ada.actor.userId, changes: { disabled: true } });
    expect(await authenticateSession(platform.platform, sessionToken)).toBeUndefined();
    await updateUser(admin, { id: ada.actor.userId, changes: { disabled: false } });
    expect(await authenticateSession(platform.platform, sessionToken)).toBeUndefined();
  });
});

describe("people", () => {
  test("come in by an administrator's invitation and set a password once", async () => {
    const { user, link } = await createUser(admin, { name: "Eve", email: "Eve@Example.com" });
    expect(user).toMatchObject({ email: "eve@example.com", admin: false });
    const { sessionToken } = await use(secretOf(link));
    const session = await authenticateSession(platform.platform, sessionToken);
    const eve: Context = { ...platform.platform, actor: session!.actor };
    expect(await getMe(eve)).toMatchObject({ needsWelcome: true, homeProject: "eve" });
    const welcome = { name: "Eve", email: "eve@example.com", password: "0123456789" };
    const { user: other } = await createUser(admin, { name: "Other", email: "o@example.com" });
    await expect(
      completeWelcome(eve, { ...welcome, email: "O@example.com" }),
    ).rejects.toMatchObject({ code: "conflict" });
    expect(await getMe(eve)).toMatchObject({ needsWelcome: true, user: { email: user.email } });
    expect(await completeWelcome(eve, welcome)).toMatchObject({ needsWelcome: false });
    await expect(completeWelcome(eve, welcome)).rejects.toMatchObject({
      code: "failed_precondition",
    });
    expect(other.email).toBe("o@example.com");
  });

  test("have an e-mail address of their own", async () => {
    await createUser(admin, { name: "Ann", email: "ann@example.com" });
    await expect(
      createUser(admin, { name: "Ann", email: "ANN@example.com" }),
    ).rejects.toMatchObject({ code: "conflict", issues: [{ path: "email" }] });
  });

  test("get a project each, whatever their names", async () => {
    const emails = ["sam@a.example", "sam@b.example", "sam@c.example", "+++@d.example"];
    const slugs: (string | undefined)[] = [];
    for (const email of emails) {
      const { user } = await createUser(admin, { name: "Sam", email });
      const project = await platform.platform.db.prisma.project.findUnique({
        where: { ownerId: user.id },
      });
      slugs.push(project?.slug);
    }
    expect(slugs).toEqual(["sam", "sam-2", "sam-3", "project"]);
  });

  test("get one project, also when they sign in twice at once", async () => {
    const id = newId();
    const data = { id, name: "Zoe", email: "zoe@example.com" };
    const person = await platform.platform.db.prisma.user.create({ data });
    await Promise.all(
      [1, 2, 3].map(() =>
        platform.platform.db.prisma.$transaction((tx) =>
          insertPersonalProject(platform.system, tx, person),
        ),
      ),
    );
    const projects = await platform.platform.db.prisma.project.count({ where: { ownerId: id } });
    expect(projects).toBe(1);
  });

  test("are listed page by page, to administrators", async () => {
    const ada = await platform.createPerson({ name: "Ada" });
    await expect(listUsers(ada, {})).rejects.toMatchObject({ code: "permission_denied" });
    const all = (await listUsers(admin, { limit: 500 })).items.map(({ id }) => id);
    const paged: string[] = [];
    for (let pageToken: string | undefined; ;) {
      const page = await listUsers(admin, { limit: 2, pageToken });
      paged.push(...page.items.map(({ id }) => id));
      pageToken = page.nextPageToken;
      if (pageToken === undefined) break;
    }
    expect(paged).toEqual(all);
  });
});

describe("administrators", () => {
  test("are never without one, whoever steps down at once", async () => {
    const alone = await startTestPlatform({ blobs: createMemoryBlobStore() });
    try {
      const one = await alone.createPerson({ name: "One", admin: true });
      const two = await alone.createPerson({ name: "Two", admin: true });
      const steps = await allAtOnce(alone.platform, [
        () => updateUser(one, { id: one.actor.userId, changes: { admin: false } }),
        () => updateUser(two, { id: two.actor.userId, changes: { disabled: true } }),
      ]);
      const refused = steps.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
      expect(refused).toHaveLength(1);
      expect(refused[0]).toMatchObject({ code: "failed_precondition" });
      const left = await alone.platform.db.prisma.user.count({
        where: { admin: true, disabled: false },
      });
      expect(left).toBe(1);
    } finally {
      await alone.close();
    }
  });

  test("are made at the first start alone, also by two starts at once", async () => {
    const fresh = await startTestPlatform({ blobs: createMemoryBlobStore() });
    try {
      const starts = await Promise.all([1, 2].map(() => ensureFirstAdministrator(fresh.system)));
      expect(starts.filter(({ created }) => created)).toHaveLength(1);
      expect(await fresh.platform.db.prisma.user.count()).toBe(1);
      const links = starts.map(({ link }) => secretOf({ url: link ?? "" }));
      const anonymous: Context = { ...fresh.platform, actor: { kind: "anonymous" } };
      const uses = await Promise.allSettled(
        links.map((secret) => consumeSignInLink(anonymous, { secret })),
      );
      expect(uses.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    } finally {
      await fresh.close();
    }
  });
});
