import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { PlatformError } from "@tessera/contracts/errors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BlobInfo, BlobStore } from "../blob-store.ts";
import { bytesAt, content, digestOf, trickle } from "./content.ts";

/** A store under test. */
export interface StoreInTest {
  readonly store: BlobStore;
  /** Everything that is kept besides whole blobs: unfinished files, parts of uploads. */
  readonly leftovers: () => Promise<string[]>;
  close(): Promise<void>;
}

export interface Subject {
  readonly name: string;
  start(): Promise<StoreInTest>;
  /** Sizes whose handling may differ, in bytes; the last one is the largest. */
  readonly sizes: readonly number[];
}

type Current = () => StoreInTest;

/** What every blob store must do. */
export function blobStoreConformance(subject: Subject): void {
  describe(`${subject.name} as a blob store`, () => {
    let started: StoreInTest;
    beforeAll(async () => {
      started = await subject.start();
    });
    afterAll(() => started.close());
    const current: Current = () => started;
    keepsWhatItIsGiven(current, subject.sizes);
    readsParts(current, subject.sizes);
    refusesNames(current);
    refusesContent(current, subject.sizes);
    keepsNothingUnfinished(current, subject.sizes);
    forgets(current);
    lists(current);
  });
}

async function rejection(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function all(list: AsyncIterable<BlobInfo>): Promise<string[]> {
  const found: string[] = [];
  for await (const { sha256 } of list) found.push(sha256);
  return found;
}

function keepsWhatItIsGiven(current: Current, sizes: readonly number[]): void {
  it.each(sizes)("keeps %i bytes, told their digest or not", async (size) => {
    const { store, leftovers } = current();
    for (const [seed, told] of [
      [1, false],
      [2, true],
    ] as const) {
      const sha256 = digestOf(seed, size);
      const options = told ? { expectedSha256: sha256, maxBytes: size } : {};
      const before = new Date(Date.now() - 2_000);
      expect(await store.put(content(seed, size), options)).toEqual({
        sha256,
        size,
        existed: size === 0 && told,
      });
      const info = await store.stat(sha256);
      expect(info).toMatchObject({ sha256, size });
      expect(info?.storedAt.getTime()).toBeGreaterThan(before.getTime());
      const hash = createHash("sha256");
      for await (const chunk of await store.open(sha256)) hash.update(chunk as Buffer);
      expect(hash.digest("hex")).toBe(sha256);
    }
    expect(await leftovers()).toEqual([]);
  });

  it("keeps one copy of the same content, however it arrives", async () => {
    const { store } = current();
    const text = "the same every time";
    const first = await store.put(Readable.from([Buffer.from(text)]));
    expect(first.existed).toBe(false);
    const again = await store.put(
      Readable.from(text.split("").map((letter) => Buffer.from(letter))),
    );
    expect(again).toEqual({ ...first, existed: true });
    const told = await store.put(Readable.from([text], { objectMode: false }), {
      expectedSha256: first.sha256,
    });
    expect(told).toEqual({ ...first, existed: true });
    const found = await all(store.list());
    expect(found.filter((sha256) => sha256 === first.sha256)).toHaveLength(1);
  });

  it("takes the same content from many at once", async () => {
    const { store, leftovers } = current();
    const size = 300_000;
    const puts = Array.from({ length: 8 }, () => store.put(content(3, size)));
    const results = await Promise.all(puts);
    expect(new Set(results.map(({ sha256 }) => sha256))).toEqual(new Set([digestOf(3, size)]));
    expect((await buffer(await store.open(digestOf(3, size)))).length).toBe(size);
    expect(await leftovers()).toEqual([]);
  });
}

function readsParts(current: Current, sizes: readonly number[]): void {
  it("reads any part of a blob", async () => {
    const { store } = current();
    const size = sizes.at(-1) ?? 0;
    const { sha256 } = await store.put(content(4, size));
    const ranges = [
      { start: 0, end: 1 },
      { start: 1, end: 10 },
      { start: size - 3 },
      { end: 5 },
      { start: 65_530, end: 65_545 },
      { start: 7, end: 7 },
      { start: size, end: size },
      { start: size },
    ];
    for (const range of ranges) {
      const { start = 0, end = size } = range;
      const read = await buffer(await store.open(sha256, range));
      expect(read.equals(bytesAt(4, { start, end })), JSON.stringify(range)).toBe(true);
    }
  });

  it("lets a reader leave early", async () => {
    const { store } = current();
    const { sha256 } = await store.put(content(5, 500_000));
    for (let time = 0; time < 20; time += 1) {
      const stream = await store.open(sha256);
      for await (const chunk of stream) {
        expect((chunk as Buffer).length).toBeGreaterThan(0);
        break;
      }
      await expect.poll(() => stream.destroyed).toBe(true);
    }
  });
}

function refusesNames(current: Current): void {
  it("refuses ranges outside a blob", async () => {
    const { store } = current();
    const { sha256 } = await store.put(content(6, 100));
    for (const range of [
      { start: -1 },
      { start: 101 },
      { end: 101 },
      { start: 5, end: 4 },
      { start: 0.5 },
      { start: Number.NaN },
    ]) {
      const error = await rejection(store.open(sha256, range));
      expect(error, JSON.stringify(range)).toBeInstanceOf(PlatformError);
      expect(error).toMatchObject({
        code: "invalid_argument",
        message: expect.stringContaining("do not lie within the blob's 100"),
      });
    }
  });

  it("says not_found for a blob that it does not have", async () => {
    const { store } = current();
    const unknown = "f".repeat(64);
    expect(await store.stat(unknown)).toBeNull();
    expect(await rejection(store.open(unknown))).toMatchObject({
      code: "not_found",
      message: `There is no blob ${unknown}`,
    });
  });

  it("takes nothing but digests for names", async () => {
    const { store } = current();
    const names = ["", "..", "../../etc/passwd", "a".repeat(63), "A".repeat(64), "g".repeat(64)];
    names.push(`${"a".repeat(64)}\n`, `${"a".repeat(62)}/.`, `\u0000${"a".repeat(63)}`);
    for (const name of names) {
      const works = [
        () => store.stat(name),
        () => store.open(name),
        () => store.delete(name),
        () => store.put(content(1, 10), { expectedSha256: name }),
        ...(name === "" ? [] : [() => all(store.list(name))]),
      ];
      for (const work of works) {
        const error = await rejection((async () => work())());
        expect(error, name).toMatchObject({ code: "invalid_argument" });
      }
    }
  });
}

function refusesContent(current: Current, sizes: readonly number[]): void {
  it.each(sizes)("refuses %i bytes that are not what was expected", async (size) => {
    const { store, leftovers } = current();
    const expectedSha256 = digestOf(99, 1_234);
    const error = await rejection(store.put(content(7, size), { expectedSha256 }));
    expect(error).toMatchObject({
      code: "invalid_argument",
      message: `The content's SHA-256 is ${digestOf(7, size)}, not the expected ${expectedSha256}`,
    });
    expect(await store.stat(expectedSha256)).toBeNull();
    if (size > 0) expect(await store.stat(digestOf(7, size))).toBeNull();
    expect(await leftovers()).toEqual([]);
  });

  it.each(sizes.filter((size) => size > 0))(
    "refuses %i bytes where half is allowed",
    async (size) => {
      const { store, leftovers } = current();
      const source = content(8, size);
      const maxBytes = Math.floor(size / 2);
      for (const expectedSha256 of [undefined, digestOf(8, size)]) {
        const error = await rejection(store.put(content(8, size), { maxBytes, expectedSha256 }));
        expect(error).toMatchObject({
          code: "too_large",
          message: `The content is larger than the ${maxBytes} bytes that are allowed`,
        });
      }
      // A server still has to answer on the connection that the content came from.
      await rejection(store.put(source, { maxBytes }));
      expect(source.destroyed).toBe(false);
      expect(await store.stat(digestOf(8, size))).toBeNull();
      expect(await leftovers()).toEqual([]);
    },
  );
}

function keepsNothingUnfinished(current: Current, sizes: readonly number[]): void {
  it.each(sizes)("keeps nothing when its source fails after %i bytes", async (size) => {
    const { store, leftovers } = current();
    const fault = new Error("the client went away");
    for (const expectedSha256 of [undefined, digestOf(9, size)]) {
      const source = content(9, size, fault);
      expect(await rejection(store.put(source, { expectedSha256 }))).toBe(fault);
    }
    if (size > 0) expect(await store.stat(digestOf(9, size))).toBeNull();
    expect(await leftovers()).toEqual([]);
  });

  it("shows nothing of a blob before it is whole", async () => {
    const { store } = current();
    const size = sizes.at(-1) ?? 0;
    const sha256 = digestOf(10, size);
    const gate = trickle(10, size);
    const put = store.put(gate.source, { expectedSha256: sha256 });
    await gate.almostAll;
    expect(await store.stat(sha256)).toBeNull();
    expect(await rejection(store.open(sha256))).toMatchObject({ code: "not_found" });
    expect(await all(store.list())).not.toContain(sha256);
    gate.finish();
    await put;
    expect(await store.stat(sha256)).toMatchObject({ size });
  });
}

function forgets(current: Current): void {
  it("deletes, also what is not there", async () => {
    const { store } = current();
    const { sha256 } = await store.put(content(11, 1_000));
    await store.delete(sha256);
    expect(await store.stat(sha256)).toBeNull();
    expect(await all(store.list())).not.toContain(sha256);
    await store.delete(sha256);
    expect(await store.put(content(11, 1_000))).toMatchObject({ sha256, existed: false });
  });

  it("renews storedAt when known content is put again", async () => {
    const { store } = current();
    const { sha256 } = await store.put(content(12, 1_000));
    const first = (await store.stat(sha256))?.storedAt.getTime() ?? 0;
    await expect
      .poll(
        async () => {
          await store.put(content(12, 1_000));
          return (await store.stat(sha256))?.storedAt.getTime();
        },
        { timeout: 5_000, interval: 200 },
      )
      .toBeGreaterThan(first);
  });
}

function lists(current: Current): void {
  it("lists all in order, and from any place on", async () => {
    const { store } = current();
    const put: string[] = [];
    for (let seed = 1_000; seed < 1_050; seed += 1) {
      put.push((await store.put(content(seed, seed))).sha256);
    }
    const found = await all(store.list());
    expect(found).toEqual(found.toSorted());
    expect(found).toEqual(expect.arrayContaining(put));
    for (const at of [0, 1, 30, found.length - 1]) {
      expect(await all(store.list(found[at]))).toEqual(found.slice(at + 1));
    }
    // A place need not be that of a blob.
    const between = `${found[10]?.slice(0, 63)}f`;
    expect(await all(store.list(between))).toEqual(found.filter((sha256) => sha256 > between));
    expect(await all(store.list("0".repeat(64)))).toEqual(found);
    for await (const info of store.list()) {
      expect(info).toEqual({
        sha256: info.sha256,
        size: (await store.stat(info.sha256))?.size,
        storedAt: expect.any(Date),
      });
      break;
    }
  });
}
