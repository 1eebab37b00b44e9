import { Slug } from "@tessera/contracts/fields";

/** What is wrong with the name of a new dataset; undefined when nothing is. */
export function faultOfDatasetName(name: string): string | undefined {
  if (name === "") return "A dataset needs a name";
  const fault = Slug.safeParse(name).error?.issues[0]?.message;
  return fault === undefined ? undefined : `A name ${fault}`;
}
