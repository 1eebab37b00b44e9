/**
 * A colour for a share from 0 to 1. The high end stands out from the ground in both themes: darker
 * and stronger on light, brighter and stronger on dark.
 */
export function rampColor(share: number, dark: boolean): string {
  const at = Math.max(0, Math.min(1, share));
  const mix = (from: number, to: number) => (from + (to - from) * at).toFixed(3);
  const lightness = dark ? mix(0.46, 0.86) : mix(0.8, 0.44);
  return `oklch(${lightness} ${mix(0.06, 0.2)} ${mix(232, 340)})`;
}

/** The ramp as a CSS gradient, for its legend. */
export function rampGradient(dark: boolean): string {
  const stops = [0, 0.25, 0.5, 0.75, 1].map((share) => rampColor(share, dark));
  return `linear-gradient(to right, ${stops.join(", ")})`;
}
