import type { Model, Slo } from '../model/model.js';
import type { Matcher } from '../promql/ast.js';
import { matcher } from '../promql/build.js';
import { sloIdentity } from './names.js';
import { measure, type Measurement } from './sli.js';
import { arms } from './windows.js';

/** What an objective's rules share. Windows are seconds. */
export interface SloPlan {
  readonly slo: Slo;
  readonly service: string;
  readonly measurement: Measurement;
  /** The window of the records that long windows are summed up from. */
  readonly base: number;
  /** The window whose burn rate says how long the budget lasts: long enough not to jump with every failure. */
  readonly exhaustion: number;
  /** Between two evaluations of what is measured. */
  readonly evaluationInterval: number;
  /** How many evaluations see one and the same scrape. */
  readonly evaluationsPerScrape: number;
  /** Windows that are computed from the raw series. */
  readonly direct: readonly number[];
  /** Windows that are summed up from records, the period among them. */
  readonly summed: readonly number[];
  /** Labels of every recorded series. */
  readonly labels: ReadonlyMap<string, string>;
  /** The same as matchers. */
  readonly identity: readonly Matcher[];
}

/** Beyond this, rate() over raw series reads too many samples at every evaluation. */
const longestDirect = 6 * 3600;

/** Windows of rates hold at least four scrapes, so that a missed one does not empty them. */
export function baseWindow(model: Model): number {
  return Math.max(300, 4 * model.target.prometheus.scrapeInterval.seconds);
}

const hour = 3600;

/** The shortest of the recorded windows that is at least an hour, the period left out; the longest where none is. */
function exhaustionWindow(windows: readonly number[], period: number): number {
  const candidates = windows.filter((window) => window < period);
  return candidates.find((window) => window >= hour) ?? candidates.at(-1) ?? period;
}

/** Works out the windows and labels of an objective. */
export function planSlo(model: Model, slo: Slo): SloPlan {
  const labels = sloIdentity(slo, model.service.name);
  const base = baseWindow(model);
  const windows = new Set([
    base,
    slo.period.seconds,
    ...arms(slo).flatMap(({ long, short }) => [long.seconds, short.seconds]),
  ]);
  const sorted = [...windows].sort((a, b) => a - b);
  const { scrapeInterval, evaluationInterval } = model.target.prometheus;
  return {
    slo,
    service: model.service.name,
    measurement: measure(
      slo.sli,
      slo.by.map((label) => label.wire),
    ),
    base,
    exhaustion: exhaustionWindow(sorted, slo.period.seconds),
    evaluationInterval: evaluationInterval.seconds,
    evaluationsPerScrape: Math.max(1, Math.ceil(scrapeInterval.seconds / evaluationInterval.seconds)),
    direct: sorted.filter((window) => window <= longestDirect || window === base),
    summed: sorted.filter((window) => window > longestDirect && window !== base),
    labels,
    identity: [...labels].map(([label, value]) => matcher(label, '=', value)),
  };
}
