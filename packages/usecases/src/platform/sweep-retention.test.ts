import { createMemoryBlobStore } from "@tessera/blobs/testing/memory-blob-store";
import { newId } from "@tessera/kit/ids";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestPlatform, type TestPlatform } from "../testing/test-platform.ts";
import { sweepRetention } from "./sweep-retention.ts";

const dayMs = 24 * 3600 * 1000;

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform({ blobs: createMemoryBlobStore() });
});

afterAll(async () => platform?.close());

test("deletes what nobody asks for any more, and nothing else", async () => {
  const { prisma } = platform.platform.db;
  const { actor } = await platform.createPerson({ name: "Ada" });
  const { userId } = actor;
  await prisma.event.deleteMany();
  for (const name of ["old", "new"]) {
    const at = new Date(Date.now() - (name === "old" ? 8 * dayMs : 0));
    const expiresAt = new Date(at.getTime() + 60_000);
    const id = newId();
    await prisma.event.create({ data: { type: "job.changed", subject: name, at } });
    await prisma.idempotencyKey.create({
      data: { userId, key: name, requestHash: name, createdAt: at },
    });
    await prisma.signInLink.create({ data: { id, userId, hash: name, redirect: "/", expiresAt } });
    await prisma.verification.create({ data: { id, identifier: name, value: "", expiresAt } });
    await prisma.session.create({ data: { id, userId, token: name, expiresAt } });
    await prisma.rateLimit.create({ data: { id, key: name, count: 1, lastRequest: at.getTime() } });
  }
  await sweepRetention(platform.system);
  expect({
    events: (await prisma.event.findMany()).map(({ subject }) => subject),
    keys: (await prisma.idempotencyKey.findMany()).map(({ key }) => key),
    links: (await prisma.signInLink.findMany()).map(({ hash }) => hash),
    verifications: (await prisma.verification.findMany()).map(({ identifier }) => identifier),
    sessions: (await prisma.session.findMany()).map(({ token }) => token),
    limits: (await prisma.rateLimit.findMany()).map(({ key }) => key),
  }).toEqual({
    events: ["new"],
    keys: ["new"],
    links: ["new"],
    verifications: ["new"],
    sessions: ["new"],
    limits: ["new"],
  });
});
