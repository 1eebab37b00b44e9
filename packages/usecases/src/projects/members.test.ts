import { createMemoryBlobStore } from "@tessera/blobs/testing/memory-blob-store";
import { newId } from "@tessera/kit/ids";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context, UserActor } from "../platform/platform.ts";
import { allAtOnce } from "../testing/at-once.ts";
import { startTestPlatform, type TestPlatform } from "../testing/test-platform.ts";
import { listMembers } from "./list-members.ts";
import { putMember } from "./put-member.ts";
import { removeMember } from "./remove-member.ts";

type Person = Context & { actor: UserActor };

let platform: TestPlatform;
let olga: Person;
let owen: Person;

beforeAll(async () => {
  platform = await startTestPlatform({ blobs: createMemoryBlobStore() });
  olga = await platform.createPerson({ name: "Olga" });
  owen = await platform.createPerson({ name: "Owen" });
});

afterAll(async () => platform?.close());

async function emailOf(person: Person): Promise<string> {
  const where = { id: person.actor.userId };
  return (await platform.platform.db.prisma.user.findUniqueOrThrow({ where })).email;
}

describe("members", () => {
  test("are added by e-mail, change roles, and leave", async () => {
    const { slug } = await platform.createProject([[olga, "owner"]]);
    const email = (await emailOf(owen)).toUpperCase();
    const added = await putMember(olga, { project: slug, member: { email, role: "viewer" } });
    expect(added).toMatchObject({ name: "Owen", role: "viewer" });
    await putMember(olga, { project: slug, member: { email, role: "launcher" } });
    const { items } = await listMembers(owen, { project: slug });
    expect(items.map(({ name, role }) => [name, role])).toEqual([
      ["Olga", "owner"],
      ["Owen", "launcher"],
    ]);
    await removeMember(olga, { project: slug, userId: owen.actor.userId });
    await expect(listMembers(owen, { project: slug })).rejects.toMatchObject({ code: "not_found" });
  });

  test("must have an account", async () => {
    const { slug } = await platform.createProject([[olga, "owner"]]);
    const member = { email: "nobody@example.com", role: "viewer" } as const;
    await expect(putMember(olga, { project: slug, member })).rejects.toMatchObject({
      code: "failed_precondition",
    });
    await expect(removeMember(olga, { project: slug, userId: newId() })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("keep an owner, also when two owners leave at once", async () => {
    const { id, slug } = await platform.createProject([
      [olga, "owner"],
      [owen, "owner"],
    ]);
    const email = await emailOf(owen);
    const steps = await allAtOnce<unknown>(platform.platform, [
      () => removeMember(owen, { project: slug, userId: olga.actor.userId }),
      () => putMember(olga, { project: slug, member: { email, role: "viewer" } }),
    ]);
    expect(steps.filter(({ status }) => status === "rejected")).toHaveLength(1);
    const owners = await platform.platform.db.prisma.projectMember.count({
      where: { projectId: id, role: "owner" },
    });
    expect(owners).toBe(1);
  });

  test("of a personal project keep the person it belongs to", async () => {
    const project = await platform.platform.db.prisma.project.findUniqueOrThrow({
      where: { ownerId: olga.actor.userId },
    });
    await putMember(olga, {
      project: project.slug,
      member: { email: await emailOf(owen), role: "owner" },
    });
    await expect(
      removeMember(owen, { project: project.slug, userId: olga.actor.userId }),
    ).rejects.toThrow("personal project");
  });
});
