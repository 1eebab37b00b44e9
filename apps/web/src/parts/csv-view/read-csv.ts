import Papa from "papaparse";

/** A row with the position that it has in the file. */
export interface CsvRow {
  at: number;
  cells: readonly string[];
}

export interface CsvTable {
  headings: readonly string[];
  /** For each column, whether all that it holds are numbers. */
  numeric: readonly boolean[];
  rows: readonly CsvRow[];
  /** There are more rows than were read. */
  cut: boolean;
  /** What was wrong with the file, in words, for the first few faults. */
  faults: readonly string[];
}

const maxRows = 100_000;

/** Reads CSV or TSV; the separator is found by itself, the first line names the columns. */
export function readCsv(text: string): CsvTable {
  const parsed = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""), {
    preview: maxRows + 2,
    skipEmptyLines: "greedy",
  });
  const [first = [], ...body] = parsed.data;
  const cut = body.length > maxRows;
  const rows = (cut ? body.slice(0, maxRows) : body).map((cells, at) => ({ at, cells }));
  const width = Math.max(first.length, ...rows.slice(0, 1000).map((row) => row.cells.length));
  const headings = Array.from(
    { length: width },
    (_, at) => first[at]?.trim() || `Column ${at + 1}`,
  );
  return {
    headings,
    numeric: headings.map((_, at) => isNumeric(rows, at)),
    rows,
    cut,
    // One column is no fault, though Papa cannot tell its separator.
    faults: parsed.errors
      .filter((error) => error.code !== "UndetectableDelimiter")
      .slice(0, 3)
      .map(
        (error) => `${error.message}${error.row === undefined ? "" : ` (line ${error.row + 1})`}`,
      ),
  };
}

function isNumeric(rows: readonly CsvRow[], column: number): boolean {
  let seen = false;
  for (const row of rows) {
    const cell = row.cells[column]?.trim();
    if (!cell) continue;
    if (Number.isNaN(Number(cell)) && cell.toLowerCase() !== "nan") return false;
    seen = true;
  }
  return seen;
}
