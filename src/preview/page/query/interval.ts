const second = 1000;

/** Grafana's steps: an interval up to the first number becomes the second one. Milliseconds. */
const roundings: readonly (readonly [below: number, interval: number])[] = [
  [10, 1],
  [15, 10],
  [35, 20],
  [75, 50],
  [150, 100],
  [350, 200],
  [750, 500],
  [1500, 1000],
  [3500, 2000],
  [7500, 5000],
  [12_500, 10_000],
  [17_500, 15_000],
  [25_000, 20_000],
  [45_000, 30_000],
  [90_000, 60_000],
  [210_000, 120_000],
  [450_000, 300_000],
  [750_000, 600_000],
  [1_050_000, 900_000],
  [1_500_000, 1_200_000],
  [2_700_000, 1_800_000],
  [5_400_000, 3_600_000],
  [9_000_000, 7_200_000],
  [16_200_000, 10_800_000],
  [32_400_000, 21_600_000],
  [86_400_000, 43_200_000],
  [604_800_000, 86_400_000],
  [1_814_400_000, 604_800_000],
  [3_628_800_000, 2_592_000_000],
];

/** An interval that people can read off an axis. @param interval milliseconds */
export function roundInterval(interval: number): number {
  return roundings.find(([below]) => interval < below)?.[1] ?? 365 * 86_400 * second;
}

const unitLengths: Readonly<Record<string, number>> = {
  ms: 1,
  s: second,
  m: 60 * second,
  h: 3600 * second,
  d: 86_400 * second,
  w: 604_800 * second,
  y: 365 * 86_400 * second,
};

/** Milliseconds of `15s`, `1m30s` or `>1m`; undefined where it is no duration. */
export function durationOf(text: string | undefined): number | undefined {
  const plain = text?.replace(/^>=?/, '').trim();
  if (plain === undefined || !/^(?:\d+(?:\.\d+)?(?:ms|[smhdwy]))+$/.test(plain)) return undefined;
  let total = 0;
  for (const [, count, unit] of plain.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdwy])/g))
    total += Number(count) * (unitLengths[unit ?? ''] ?? 0);
  return total;
}

/** As Prometheus and Grafana write it: `30s`, `1m`, `250ms`. @param duration milliseconds */
export function durationText(duration: number): string {
  const units = ['w', 'd', 'h', 'm', 's'] as const;
  const unit = units.find((each) => duration % (unitLengths[each] ?? 1) === 0 && duration > 0);
  return unit === undefined ? `${duration}ms` : `${duration / (unitLengths[unit] ?? 1)}${unit}`;
}

export interface Intervals {
  /** Milliseconds between two points. */
  readonly step: number;
  /** `$__rate_interval`, milliseconds. */
  readonly rate: number;
  /** `$__range`, milliseconds. */
  readonly range: number;
}

interface Asked {
  /** Milliseconds that are shown. */
  readonly range: number;
  /** About the width in pixels. */
  readonly points: number;
  /** Least step of the panel and of the query, as they write it. */
  readonly least: readonly (string | undefined)[];
  /** Of the data source, in seconds. */
  readonly scrapeInterval: number;
  /** Of the query: what Grafana takes for the scrape interval where it is set. */
  readonly queryInterval: string | undefined;
}

/** Prometheus refuses more points than 11000 for a series. */
const mostPoints = 11_000;

/**
 * The step of a query as Grafana finds it: as many points as there are pixels, rounded, no finer than the least step. A rate looks back
 * over a step and a scrape, and over four scrapes at the least, so that one missed scrape makes no hole.
 */
export function intervalsOf(asked: Asked): Intervals {
  const least = asked.least.map((each) => durationOf(each) ?? 0);
  const scrape = durationOf(asked.queryInterval) ?? asked.scrapeInterval * second;
  const lowest = Math.max(asked.scrapeInterval * second, ...least);
  const rounded = roundInterval(asked.range / Math.max(asked.points, 1));
  const safe = Math.ceil(asked.range / mostPoints);
  const step = Math.max(rounded, lowest, safe);
  return { step, rate: Math.max(step + scrape, 4 * scrape), range: asked.range };
}
