import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type JobStage, startJobStage } from "../testing/job-stage.ts";
import { getQueue } from "./get-queue.ts";

describe("the queue", () => {
  let stage: JobStage;

  beforeAll(async () => {
    stage = await startJobStage();
  });
  afterAll(async () => {
    await stage.close();
  });

  test("names what one may see, and only counts the rest", async () => {
    const { test: platform, person } = stage;
    const first = await stage.submit({ name: "placed" });
    await stage.dispatch();
    const second = await stage.submit({ name: "waits", priority: -1 });
    const stranger = await platform.createPerson({ name: "Stranger" });
    const admin = await platform.createPerson({ name: "Admin", admin: true });

    const names = (entries: readonly { name: string }[]) => entries.map(({ name }) => name);
    for (const ctx of [person, admin]) {
      const queue = await getQueue(ctx);
      expect([names(queue.running), names(queue.waiting)]).toEqual([["placed"], ["waits"]]);
      expect(queue.hidden).toEqual({ running: 0, waiting: 0 });
    }
    const theirs = await getQueue(stranger);
    expect([theirs.running, theirs.waiting]).toEqual([[], []]);
    expect(theirs.hidden).toEqual({ running: 1, waiting: 1 });
    expect(theirs.nodes[0]).toMatchObject({ cpusUsed: expect.any(Number) });
    expect([first.state, second.state]).toEqual(["queued", "queued"]);
  });
});
