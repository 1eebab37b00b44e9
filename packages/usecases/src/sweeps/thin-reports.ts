/** Reports of a trial that are kept; longer series are thinned, all by the same steps. */
const MOST_REPORTS = 1000;

/**
 * One value a step, by step: the last one that was logged. Where there are too many, those steps
 * stay that are divisible by 2, 4, 8 …, so that trials are still compared at the same ones.
 */
export function thinReports(
  points: readonly { readonly step: number; readonly value: number }[],
): [number, number][] {
  const bySteps = new Map(points.map(({ step, value }) => [step, value]));
  let kept = [...bySteps].toSorted(([a], [b]) => a - b);
  for (let stride = 2; kept.length > MOST_REPORTS && stride < 2 ** 50; stride *= 2) {
    kept = kept.filter(([step]) => step % stride === 0);
  }
  return kept;
}
