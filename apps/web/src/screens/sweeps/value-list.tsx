import type { ParameterValues } from "@tessera/contracts/search-space";
import { formatNumber } from "../../parts/format/number.ts";

/** Values of a trial, by name. */
export function ValueList({ values }: { values: ParameterValues }) {
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-0.5 font-mono text-xs">
      {Object.entries(values).map(([name, value]) => (
        <span key={name} title={`${name} = ${String(value)}`} className="whitespace-nowrap">
          <span className="text-ink-3">{name}=</span>
          {typeof value === "number" ? formatNumber(value) : String(value)}
        </span>
      ))}
    </span>
  );
}
