import { z } from "zod";
import { DataPath } from "./dataset.ts";
import { Id, Slug } from "./fields.ts";

/** A dataset's version that a job finds, read-only, at a path of its working folder. */
export const JobData = z.object({
  dataset: Slug,
  version: z.number().int(),
  versionId: Id,
  path: z.string(),
});
export type JobData = z.infer<typeof JobData>;

/** `name` for the newest version, `name@3` or `name@tag` for that one; it is settled at once. */
const DatasetReference = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,59}(@[a-z0-9][a-z0-9-]{0,59})?$/,
    "must be name, name@number or name@tag",
  );

const WantedData = z.strictObject({
  dataset: DatasetReference,
  path: DataPath.optional().describe("where in the working folder; the dataset's name otherwise"),
});
type WantedData = z.infer<typeof WantedData>;

/** Where a job finds what it asks for. */
export function dataPlace({ dataset, path }: WantedData): string {
  return path ?? dataset.split("@")[0] ?? dataset;
}

/** Data that a job asks for; no two may be at one place, or one within another. */
export const WantedDataList = z
  .array(WantedData)
  .max(50)
  .superRefine((list, ctx) => {
    const places = list.map(dataPlace);
    for (const [at, place] of places.entries()) {
      const other = places.findIndex((each, index) => index < at && meet(each, place));
      if (other === -1) continue;
      const message = `${list[at]?.dataset} would lie within ${list[other]?.dataset}, or around it, at ${JSON.stringify(place)}`;
      ctx.addIssue({ code: "custom", path: [at, "path"], message });
    }
  });

function meet(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}
