import { resolve } from "node:path";
import { z } from "zod";

/** Parses an environment, reporting every fault at once; empty strings count as absent. */
export function parseEnv<Shape extends z.ZodObject>(
  shape: Shape,
  source: Record<string, string | undefined>,
): z.infer<Shape> {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = shape.safeParse(present);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The environment is not right:\n${lines.join("\n")}`);
}

/** A folder's path, from whatever folder it is used later. */
export const Folder = z.string().transform((path) => resolve(path));
