import { endpoints } from "@tessera/contracts/registry";
import { ErrorCode } from "@tessera/contracts/errors";
import { describe, expect, test } from "vitest";
import { problemOf } from "../../http/problem.ts";
import { buildDocument, introduction } from "../build-document.ts";
import { errorEntries } from "../error-guide.ts";
import type { ApiDocument } from "./api-document.ts";
import { referencePage } from "./reference-page.ts";

const document = buildDocument({
  version: "1.2.3",
  publicUrl: "http://127.0.0.1:3000",
  sessionCookie: "tessera-3000.session_token",
}) as unknown as ApiDocument;

const page = referencePage({ document, introduction, errors: errorEntries() });

function matches(pattern: RegExp): string[] {
  return [...page.matchAll(pattern)].map(([, found = ""]) => found);
}

describe("the reference page", () => {
  test("has an entry for every endpoint, every shape and every error", () => {
    const ids = new Set(matches(/\sid="([^"]+)"/g));
    expect(endpoints.filter(({ id }) => !ids.has(`operation-${id}`))).toEqual([]);
    const shapes = Object.keys(document.components.schemas);
    expect(shapes.filter((name) => !ids.has(`shape-${name}`))).toEqual([]);
    const pointedAt = ErrorCode.options.map((code) => problemOf({ code, message: "x" }, "1").type);
    expect(pointedAt.filter((type) => !ids.has(type.replace("/docs#", "")))).toEqual([]);
  });

  test("leads nowhere that is not there, and says no id twice", () => {
    const ids = matches(/\sid="([^"]+)"/g);
    expect(ids.toSorted()).toEqual([...new Set(ids)].toSorted());
    const targets = [...new Set(matches(/href="#([^"]+)"/g))];
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });

  test("shows text as text", () => {
    const hostile = { ...document, info: { version: `<script>alert("1")</script>` } };
    const shown = referencePage({ document: hostile, introduction: [], errors: [] });
    expect(shown).not.toContain("<script>");
    expect(shown).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;");
  });

  test("tells limits, choices and defaults in words", () => {
    const text = page.replaceAll(/<[^>]+>/g, "").replaceAll(/\s+/g, " ");
    expect(text).toContain("string, at most 5000 characters");
    expect(text).toContain("600 unless told");
    expect(text).toContain("array of RunId, 1 to 500 items");
  });
});
