import { type ChartAxis, chartRuns, type ChartSeries } from "@tessera/contracts/run";
import { client } from "../../../data/client.ts";
import type { XRange } from "../../../parts/charts/chart-line.ts";

/** One metric of one run, in the part of x that is looked at. */
export interface SeriesQuery {
  readonly project: string;
  readonly runId: string;
  readonly key: string;
  readonly axis: ChartAxis;
  readonly range: XRange | undefined;
}

/** Most metrics that one request may ask for. */
const mostKeys = 50;
/** Charts that come into sight together ask together. */
const gatherMs = 15;

interface Waiting {
  readonly query: SeriesQuery;
  readonly resolve: (series: ChartSeries | null) => void;
  readonly reject: (error: unknown) => void;
}

export type FetchSeries = (
  query: Omit<SeriesQuery, "key">,
  keys: readonly string[],
) => Promise<readonly ChartSeries[]>;

/** Answers single series, and asks for those that are wanted at the same time in one request. */
export class SeriesLoader {
  readonly #fetch: FetchSeries;
  #waiting: Waiting[] = [];

  constructor(fetch: FetchSeries) {
    this.#fetch = fetch;
  }

  /** Null where the run has no such series. */
  async load(query: SeriesQuery): Promise<ChartSeries | null> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ query, resolve, reject });
      if (this.#waiting.length === 1) setTimeout(() => this.#flush(), gatherMs);
    });
  }

  #flush() {
    const waiting = this.#waiting;
    this.#waiting = [];
    const views = new Map<string, Waiting[]>();
    for (const each of waiting) {
      const { key: _key, ...rest } = each.query;
      const view = JSON.stringify(rest);
      views.set(view, [...(views.get(view) ?? []), each]);
    }
    for (const members of views.values()) {
      for (let at = 0; at < members.length; at += mostKeys) {
        void this.#answer(members.slice(at, at + mostKeys));
      }
    }
  }

  async #answer(members: readonly Waiting[]) {
    const [first] = members;
    if (!first) return;
    try {
      const keys = [...new Set(members.map(({ query }) => query.key))];
      const series = await this.#fetch(first.query, keys);
      for (const { query, resolve } of members) {
        resolve(series.find(({ key }) => key === query.key) ?? null);
      }
    } catch (error) {
      for (const { reject } of members) reject(error);
    }
  }
}

/** The one loader of the page. */
export const seriesLoader = new SeriesLoader(async ({ project, runId, axis, range }, keys) => {
  const bounds = range === undefined ? {} : { from: range[0], to: range[1] };
  const body = { runIds: [runId], keys: [...keys], axis, ...bounds };
  return (await client.call(chartRuns, { params: { project }, body })).series;
});
