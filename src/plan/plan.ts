import type { Model } from '../model/model.js';
import type { PartName } from '../stack/parts.js';
import type { Advice } from './advice/advice.js';
import { adviceOnMetrics } from './advice/metrics.js';
import { adviceOnSignals, type Arrivals } from './advice/signals.js';
import { cutsOf, fitOf, type Cut, type Fit } from './cuts.js';
import { Rates } from './expected/rates.js';
import { instancesOfRegion, type Scale } from './scale.js';
import { allSets } from './series/all.js';
import { uncountedParts } from './series/parts.js';
import type { SeriesSet } from './series/series-set.js';
import { compressedShare, logVolumes, type LogVolume } from './signals/logs.js';
import {
  jaegerShare,
  samplingOf,
  spanVolumes,
  tempoShare,
  type Sampling,
  type SpanVolume,
} from './signals/traces.js';
import { prometheusSize, worstSize, type PrometheusSize } from './storage/prometheus.js';

const day = 86_400;
/** Seconds that stores keep what nobody says anything of: Prometheus, Loki and Tempo in the stack that is written by itself. */
const usual = { metrics: 15 * day, logs: 7 * day, traces: 2 * day } as const;

/** A figure at worst, and as it is expected. */
export interface Both<T> {
  readonly worst: T;
  readonly expected: T;
}

/** Bytes of a store in one region. */
export interface StoreSize {
  readonly retention: number;
  readonly bytes: Both<number>;
}

/** How large everything becomes. Per region: of the one with most instances. */
export interface Plan {
  readonly service: string;
  readonly scale: Scale;
  readonly instancesOfRegion: number;
  /** Seconds. */
  readonly scrapeInterval: number;
  readonly evaluationInterval: number;
  readonly sets: readonly SeriesSet[];
  readonly uncounted: readonly PartName[];
  readonly metrics: Both<PrometheusSize> & { readonly retention: number };
  readonly logs: StoreSize & { readonly volumes: readonly LogVolume[] };
  readonly traces: StoreSize & {
    readonly store: 'tempo' | 'jaeger';
    readonly volumes: readonly SpanVolume[];
    readonly sampling: Sampling;
  };
  /** Were it scraped half as often. */
  readonly slower: PrometheusSize;
  readonly fit: Fit;
  readonly cuts: readonly Cut[];
  readonly advice: readonly Advice[];
}

function sum<T>(all: readonly T[], of: (each: T) => number): number {
  return all.reduce((total, each) => total + of(each), 0);
}

function logsOf(model: Model, rates: Rates, instances: number): Plan['logs'] {
  const volumes = logVolumes(model, rates, instances);
  const retention = model.stack?.logs.retention.seconds ?? usual.logs;
  const raw = sum(volumes, ({ perSecond, lineBytes }) => perSecond * lineBytes) * retention;
  return { volumes, retention, bytes: { worst: raw, expected: raw * compressedShare } };
}

function tracesOf(model: Model, rates: Rates, instances: number): Plan['traces'] {
  const volumes = spanVolumes(model, rates, instances);
  const retention = model.stack?.traces.retention.seconds ?? usual.traces;
  const store = model.stack?.traces.store ?? 'tempo';
  const raw = sum(volumes, ({ perSecond, bytes }) => perSecond * bytes) * retention;
  const [worst, expected] = [samplingOf(model, true), samplingOf(model, false)];
  const kept = store === 'tempo' ? tempoShare : jaegerShare;
  return {
    volumes,
    retention,
    store,
    sampling: expected,
    bytes: {
      worst: raw * worst.head * worst.tail * Math.max(1, kept),
      expected: raw * expected.head * expected.tail * kept,
    },
  };
}

function arrivalsOf(
  { volumes: lines }: Plan['logs'],
  { volumes: spans, sampling }: Plan['traces'],
): Arrivals {
  const spanBytes = sum(spans, ({ perSecond, bytes }) => perSecond * bytes) * sampling.head;
  return {
    spansPerSecond: sum(spans, ({ perSecond }) => perSecond) * sampling.head,
    spanBytesPerSecond: spanBytes,
    storedSpanBytesPerSecond: spanBytes * sampling.tail,
    linesPerSecond: sum(lines, ({ perSecond }) => perSecond),
    lineBytesPerSecond: sum(lines, ({ perSecond, lineBytes }) => perSecond * lineBytes),
  };
}

/** Works out how large everything becomes that a spec describes, at a scale. */
export function planOf(model: Model, scale: Scale): Plan {
  const { prometheus } = model.target;
  const instances = instancesOfRegion(scale);
  const sets = allSets(model, scale);
  const rates = new Rates(model, scale.instances);
  const retention = model.stack?.metrics.retention.seconds ?? prometheus.retention?.seconds ?? usual.metrics;
  const expected = prometheusSize(sets, retention);
  const scrapeInterval = scale.scrapeInterval ?? prometheus.scrapeInterval.seconds;
  const logs = logsOf(model, rates, instances);
  const traces = tracesOf(model, rates, instances);
  return {
    service: model.service.name,
    scale,
    instancesOfRegion: instances,
    scrapeInterval,
    evaluationInterval: prometheus.evaluationInterval.seconds,
    sets,
    uncounted: uncountedParts(model),
    metrics: { expected, worst: worstSize(sets, retention), retention },
    logs,
    traces,
    slower: prometheusSize(allSets(model, { ...scale, scrapeInterval: 2 * scrapeInterval }), retention),
    fit: fitOf(model),
    cuts: cutsOf(model, sets, scale.share),
    advice: [
      ...adviceOnMetrics(expected, scale.regions, retention),
      ...adviceOnSignals(arrivalsOf(logs, traces), scale.regions, traces.store, {
        logs: logs.bytes.expected,
        traces: traces.bytes.expected,
      }),
    ],
  };
}
