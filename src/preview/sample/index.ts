import type { Model } from '../../model/model.js';
import { breathing } from './breath.js';
import { externalFamily, undeclaredMetrics } from './external.js';
import { Families, type World } from './families.js';
import type { SampleLine, SampleTrace } from './found.js';
import { Flows } from './flows.js';
import { LabelValues } from './label-values.js';
import { logLines } from './log-lines.js';
import { openMetricsText } from './open-metrics.js';
import type { Family, Row } from './row.js';
import { Recorded } from './rules/recorded.js';
import { thinned, timesUntil, written, type Part, type Times } from './times.js';
import { foundTraces, madeUpTraces } from './trace-list.js';
import { weatherAt } from './weather.js';
import { writeBlock } from './write-blocks.js';

export type { SampleLine, SampleTrace } from './found.js';
export type { Part } from './times.js';

/** Made-up data of a service, the same for the same spec, end and seed. */
export interface Sample {
  /** The first and the last sample of all, in seconds since 1970. */
  readonly start: number;
  readonly end: number;
  /**
   * Writes the samples as one block of Prometheus's storage: no promtool is needed, and it takes a tenth of its time. Prometheus is started
   * with `--storage.tsdb.path=FOLDER --storage.tsdb.retention.time=10y`.
   *
   * `recent` (the default) is what dashboards open with: a second or two of work. `whole` has all of it and 31 days, for boards of a day
   * and of objectives; it takes some seconds, and is meant for a second Prometheus, with a folder of its own, that takes over when it is
   * ready. Both let other work have its turn.
   * @param folder that exists
   */
  writeBlocks(folder: string, part?: Part): Promise<void>;
  /** The declared series as OpenMetrics text, in pieces; what rules record is not among them. For `promtool tsdb create-blocks-from`. */
  openMetrics(part?: Part): Iterable<string>;
  /**
   * Log lines of the last hour, and those of security events of a day, the latest first.
   * @param filter LogQL, of which selectors, filters by label and by words are followed
   */
  logs(filter?: string): readonly SampleLine[];
  /** Traces of the last hour, the latest first. @param query TraceQL, of which conditions on one span are followed */
  traces(query?: string): readonly SampleTrace[];
}

export interface SampleOptions {
  /** The last sample, in seconds since 1970. */
  readonly end: number;
  readonly seed?: number;
  /** Names of models, as the price table has them. */
  readonly models?: readonly string[];
}

/** Milliseconds of work before others have their turn. */
const longestWork = 30;

function worldOf(model: Model, { end, seed = 1, models = [] }: SampleOptions): World {
  const times = timesUntil(end, model.target.prometheus.scrapeInterval.seconds);
  const weather = weatherAt(times, seed);
  const { service } = model;
  const scraped = [...service.selector].filter(([label]) => label !== 'instance');
  const job = scraped.some(([label]) => label === 'job') ? [] : ([['job', service.name]] as const);
  const instances = [0, 1].map((index): Row['labels'] => [
    ...scraped,
    ...job,
    ['instance', `${service.name}-${index}:9464`],
  ]);
  const flows = new Flows(times, weather, seed);
  return { model, times, weather, flows, values: new LabelValues(model, models), seed, instances };
}

function familiesOf(world: World): readonly Family[] {
  const families = new Families(world);
  const { metrics, external } = world.model;
  const undeclared = undeclaredMetrics().filter(({ name }) => !metrics.has(name) && !external.has(name));
  return [
    ...[...metrics.values()].map((metric) => families.of(metric)),
    ...[...external.values(), ...undeclared].map((metric) => externalFamily(world, metric)),
  ];
}

/** The indices of the samples of a part. */
function indicesOf(times: Times, part: Part): (row: Row) => readonly number[] {
  const cumulative = thinned(times, written[part].cumulative);
  const other = thinned(times, written[part].other);
  return (row) => (row.cumulative ? cumulative : other);
}

/** Makes up the data of a service from its spec. */
export function sampleOf(model: Model, options: SampleOptions): Sample {
  const world = worldOf(model, options);
  const { times } = world;
  const raw = once(() => familiesOf(world));
  const subject = { ...world, end: options.end };
  const traces = once(() => madeUpTraces(subject));
  const recorded = once(() => new Recorded(model, raw(), times));
  return {
    start: times.at[0] ?? options.end,
    end: options.end,
    openMetrics: (part = 'recent') => openMetricsText(raw(), times, indicesOf(times, part)),
    async writeBlocks(folder, part = 'recent') {
      const breath = breathing(longestWork);
      const all = [...raw(), ...(await recorded().families(part, breath))];
      await writeBlock(folder, all, times, indicesOf(times, part), breath);
    },
    logs: (filter) => logLines(subject, traces(), filter),
    traces: (query) => foundTraces(traces(), model, query),
  };
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
