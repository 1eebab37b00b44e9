import { Validator } from "@seriousme/openapi-schema-validator";
import { endpoints } from "@tessera/contracts/registry";
import { describe, expect, test } from "vitest";
import { buildDocument } from "./build-document.ts";

const document = buildDocument({
  version: "1.2.3",
  publicUrl: "http://127.0.0.1:3000",
  sessionCookie: "tessera-3000.session_token",
});

/** Every reference of a document, wherever it is. */
function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "$ref" ? [String(inner)] : referencesIn(inner),
  );
}

function at(pointer: string): unknown {
  let value: unknown = document;
  for (const part of pointer.slice(2).split("/")) value = (value as Record<string, unknown>)[part];
  return value;
}

describe("the OpenAPI document", () => {
  test("is valid OpenAPI 3.1", async () => {
    const result = await new Validator().validate(structuredClone(document));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });

  test("has every endpoint once", () => {
    const paths = document["paths"] as Record<string, Record<string, { operationId: string }>>;
    const ids = Object.values(paths).flatMap((each) =>
      Object.values(each).map(({ operationId }) => operationId),
    );
    expect(ids.toSorted()).toEqual(endpoints.map(({ id }) => id).toSorted());
  });

  test("has no reference that leads nowhere", () => {
    const references = [...new Set(referencesIn(document))];
    expect(references.length).toBeGreaterThan(20);
    expect(references.filter((each) => at(each) === undefined)).toEqual([]);
  });

  test("tells bodies, answers, errors and repeatability of a create", () => {
    const paths = document["paths"] as Record<string, Record<string, never>>;
    expect(paths["/api/v1/projects"]?.["post"]).toMatchObject({
      parameters: [{ name: "Idempotency-Key", in: "header", required: false }],
      requestBody: {
        required: true,
        content: { "application/json": { schema: { $ref: "#/components/schemas/CreateProject" } } },
      },
      responses: {
        201: {
          content: { "application/json": { schema: { $ref: "#/components/schemas/Project" } } },
        },
        409: { description: "conflict" },
        415: { description: "unsupported_media_type" },
      },
    });
  });
});
