const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/**
 * A number to four significant digits: 0.9312, 12,346, 3.1e-5. Exact short values stay short
 * (0.9), and rounded ones keep their zeros (0.9000), so that the two can be told apart.
 */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "-∞";
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (Number.isInteger(value) && size < 1e15)
    return size < 1e9 ? grouped.format(value) : exponent(value);
  if (size >= 1e6 || size < 1e-4) return exponent(value);
  if (size >= 1000) return grouped.format(value);
  const rounded = value.toPrecision(4);
  return Number(rounded) === value ? String(Number(rounded)) : rounded;
}

function exponent(value: number): string {
  const [digits = "", power = "0"] = value.toExponential(3).split("e");
  const exact = Number(`${digits}e${power}`) === value;
  return `${exact ? String(Number(digits)) : digits}e${power.replace("+", "")}`;
}

/** Every digit that the number has; what hovering shows and copying gives. */
export function fullNumber(value: number): string {
  return String(value);
}

/** A count such as 12,345. */
export function formatCount(value: number): string {
  return grouped.format(value);
}

/** A count with its noun: "1 run", "12,345 runs". */
export function countOf(value: number, singular: string, plural = `${singular}s`): string {
  return `${grouped.format(value)} ${value === 1 ? singular : plural}`;
}

/** A share of one as a percentage with at most one decimal. */
export function formatPercent(share: number): string {
  if (!Number.isFinite(share)) return "–";
  const percent = share * 100;
  const decimals = percent !== 0 && Math.abs(percent) < 10 ? 1 : 0;
  return `${percent.toFixed(decimals)} %`;
}
