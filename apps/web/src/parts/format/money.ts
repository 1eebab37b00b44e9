/**
 * An amount with its currency (ISO 4217). Amounts below a cent keep two significant digits, so
 * that a short run on a cheap machine does not read as free.
 */
export function formatMoney(amount: number, currency: string): string {
  if (!Number.isFinite(amount)) return "–";
  const tiny = amount !== 0 && Math.abs(amount) < 0.01;
  const format = new Intl.NumberFormat("en-US", {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    ...(tiny ? { maximumSignificantDigits: 2 } : {}),
  });
  return format.format(amount);
}
