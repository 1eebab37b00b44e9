import { namedShapes } from "@tessera/contracts/registry";
import { z } from "zod";

export type JsonSchema = Record<string, unknown>;

/** Turns the contracts' shapes into JSON Schema, naming each one that has a name. */
export interface SchemaBook {
  /** What a client may send. */
  input(shape: z.ZodType): JsonSchema;
  /** What a client gets; it may grow new fields. */
  output(shape: z.ZodType): JsonSchema;
  /** The named ones that were met so far. */
  readonly components: Readonly<Record<string, JsonSchema>>;
}

export function createSchemaBook(): SchemaBook {
  const components: Record<string, JsonSchema> = {};
  const names = z.registry<{ id: string }>();
  for (const [id, shape] of namedShapes) if (!names.has(shape)) names.add(shape, { id });

  const convert = (shape: z.ZodType, io: "input" | "output"): JsonSchema => {
    const made = z.toJSONSchema(shape, { io, metadata: names, unrepresentable: "any" });
    const { $defs, ...root } = made as JsonSchema & { $defs?: Record<string, JsonSchema> };
    delete root["$schema"];
    const renamed = new Map<string, string>();
    for (const [name, schema] of Object.entries($defs ?? {})) {
      renamed.set(name, nameFor(components, { name, schema: tidy(schema, io), io }));
    }
    for (const [name, schema] of Object.entries($defs ?? {})) {
      components[renamed.get(name) ?? name] = pointed(tidy(schema, io), renamed);
    }
    return pointed(tidy(root, io), renamed);
  };
  return {
    components,
    input: (shape) => convert(shape, "input"),
    output: (shape) => convert(shape, "output"),
  };
}

/** A shape that differs as input and as output has two names. */
function nameFor(
  components: Readonly<Record<string, JsonSchema>>,
  { name, schema, io }: { name: string; schema: JsonSchema; io: "input" | "output" },
): string {
  const known = components[name];
  const plain = new Map<string, string>();
  if (known === undefined || same(known, pointed(schema, plain))) return name;
  return io === "input" ? `${name}Input` : `${name}Output`;
}

function same(a: JsonSchema, b: JsonSchema): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Answers are not closed: a later version may add to them. */
function tidy(schema: JsonSchema, io: "input" | "output"): JsonSchema {
  if (io === "input") return schema;
  return mapDeep(schema, ([key, value]) =>
    key === "additionalProperties" && value === false ? undefined : [key, value],
  );
}

/** The same with references into the document's components. */
function pointed(schema: JsonSchema, renamed: ReadonlyMap<string, string>): JsonSchema {
  return mapDeep(schema, ([key, value]) => {
    if (key !== "$ref" || typeof value !== "string") return [key, value];
    const name = value.replace("#/$defs/", "");
    return [key, `#/components/schemas/${renamed.get(name) ?? name}`];
  });
}

type Entry = [key: string, value: unknown];

function mapDeep(schema: JsonSchema, change: (entry: Entry) => Entry | undefined): JsonSchema {
  const inner = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inner);
    if (typeof value !== "object" || value === null) return value;
    return mapDeep(value as JsonSchema, change);
  };
  return Object.fromEntries(
    Object.entries(schema).flatMap((entry) => {
      const changed = change(entry);
      return changed === undefined ? [] : [[changed[0], inner(changed[1])] as Entry];
    }),
  );
}
