import { expect, it } from "vitest";
import type { DataColumn } from "../../parts/data-table/table-model.ts";
import { csvHeadings, csvRows } from "./run-export.ts";

interface Row {
  name: string;
  loss: number | null;
}

const columns: DataColumn<Row>[] = [
  { id: "name", label: "Name", value: (row) => row.name },
  { id: "m:lr", label: "lr", group: "metrics", value: (row) => row.loss },
  { id: "p:lr", label: "lr", group: "params", value: () => "a,b" },
];

it("tells columns of one name apart, and keeps every digit", () => {
  expect(csvHeadings(columns)).toBe("Name,metrics: lr,params: lr\r\n");
  expect(
    csvRows(
      [
        { name: 'say "hi"', loss: 0.12345678901234566 },
        { name: "two\nlines", loss: null },
      ],
      columns,
    ),
  ).toBe('"say ""hi""",0.12345678901234566,"a,b"\r\n"two\nlines",,"a,b"\r\n');
});
