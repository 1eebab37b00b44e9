import { checkRunFilter } from "@tessera/client/run-filter";
import { expect, it } from "vitest";
import { runSearchFilter } from "./run-search-filter.ts";

it("looks for a name, or for an id by its beginning", () => {
  expect(runSearchFilter(" eta ")).toBe("attributes.run_name ILIKE '%eta%'");
  expect(runSearchFilter("01a20cf8")).toBe("attributes.run_id LIKE '01a20cf8%'");
});

it.each(["it's", `"quoted"`, "back\\slash", "a % b", "' OR 1 = 1", "日本"])(
  "is a filter whatever was typed: %s",
  (typed) => {
    expect(checkRunFilter(runSearchFilter(typed))).toEqual([]);
  },
);
