import type { Parameter, ParameterValue } from "@tessera/contracts/search-space";

/** A float as Python prints it, so that a script that logs it again logs the same text. */
function floatText(value: number): string {
  const [digits = "", exponent = "0"] = value.toExponential().split("e");
  const power = Number(exponent);
  if (power >= -4 && power < 16) return Number.isInteger(value) ? `${value}.0` : String(value);
  return `${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

/** A parameter's value as it stands in a command and among a run's params. */
export function valueText(parameter: Parameter | undefined, value: ParameterValue): string {
  if (parameter?.type === "float" && typeof value === "number") return floatText(value);
  return String(value);
}
