import type { Label, Metric, Model } from '../../model/model.js';
import { combinationsOf, primaryLabel, type Combination } from './combinations.js';
import { counterRow } from './counters.js';
import type { Flow, Flows } from './flows.js';
import { gaugeRow } from './gauges.js';
import { histogramRows } from './histograms.js';
import type { LabelValues } from './label-values.js';
import type { Share } from './outcomes.js';
import { budgets, failingOf, troubleOf, rateOf } from './rates.js';
import type { Family, Row } from './row.js';
import { spreadOf } from './spreads.js';
import type { Times } from './times.js';
import type { Weather } from './weather.js';

/** What rows are made with. */
export interface World {
  readonly model: Model;
  readonly times: Times;
  readonly weather: Weather;
  readonly flows: Flows;
  readonly values: LabelValues;
  readonly seed: number;
  /** Labels that the scrape adds, one set for each instance. */
  readonly instances: readonly Row['labels'][];
}

/** What several metrics are counted from, and the label that its events are told apart by. */
interface Source {
  readonly name: string;
  readonly by: Label | undefined;
  readonly rate: number;
}

/** Rows of one instance: buckets multiply those of a histogram. */
const mostRows = { counter: 60, gauge: 24, histogram: 8 } as const;

/** The metrics that a span records share its events; tokens and money are those of the model calls. */
function sources(model: Model): ReadonlyMap<string, Source> {
  const found = new Map<string, Source>();
  for (const span of model.spans.values()) {
    const { count, duration, firstChunk } = span.record;
    const recorded = [count, duration, firstChunk].filter((metric) => metric !== undefined);
    const by = primaryLabel(
      (recorded[0]?.labels ?? []).filter((label) =>
        recorded.every(({ labels }) => labels.some(({ wire }) => wire === label.wire)),
      ),
    );
    const rate = Math.max(...recorded.map((metric) => rateOf(metric, model)));
    for (const metric of recorded) found.set(metric.name, { name: span.name, by, rate });
  }
  const calls = [...model.spans.values()].find(
    ({ convention, record }) => convention === 'gen_ai.chat' && record.duration !== undefined,
  );
  const ofCalls = calls?.record.duration && found.get(calls.record.duration.name);
  if (ofCalls === undefined) return found;
  for (const metric of model.metrics.values()) {
    const isOfCalls = /tokens?(?:_|$)|usd|model_retries|fallback/.test(metric.name);
    if (isOfCalls && !found.has(metric.name) && metric.labels.some(({ wire }) => wire === ofCalls.by?.wire))
      found.set(metric.name, { ...ofCalls, rate: rateOf(metric, model) });
  }
  return found;
}

/** Makes the rows of the metrics that a spec declares. */
export class Families {
  readonly #world: World;
  readonly #sources: ReadonlyMap<string, Source>;
  readonly #budgets: ReadonlyMap<string, number>;

  constructor(world: World) {
    this.#world = world;
    this.#sources = sources(world.model);
    this.#budgets = budgets(world.model);
  }

  of(metric: Metric): Family {
    const { name, type, help } = metric;
    const combinations = this.#combinations(metric);
    const rows = this.#world.instances.flatMap((instance) =>
      combinations.flatMap((combination) => this.#rows(metric, combination, instance)),
    );
    return { name, type, help, rows };
  }

  #combinations({ name, labels, type }: Metric): readonly Combination[] {
    const found = combinationsOf(labels, this.#world.values, this.#failing(name), mostRows[type]);
    const trouble = troubleOf(name);
    if (trouble === undefined) return found;
    return found.map(({ labels: of, share }) => ({
      labels: of,
      share: { well: trouble.well * share.well, ill: trouble.ill * share.ill },
    }));
  }

  #failing(name: string): Share {
    return failingOf(this.#budgets.get(name));
  }

  #source(metric: Metric): Source {
    return (
      this.#sources.get(metric.name) ?? {
        name: metric.name,
        by: primaryLabel(metric.labels),
        rate: rateOf(metric, this.#world.model),
      }
    );
  }

  #flow(source: Source, { labels }: Combination, instance: Row['labels']): Flow {
    const value = labels.find(([name]) => name === source.by?.wire)?.[1] ?? '';
    return this.#world.flows.of([source.name, value, ...instance.map((pair) => pair.join('='))].join('|'));
  }

  #rows(metric: Metric, combination: Combination, instance: Row['labels']): readonly Row[] {
    const labels = [...instance, ...combination.labels];
    if (metric.type === 'gauge') return [gaugeRow(metric, labels, this.#world)];
    const source = this.#source(metric);
    const flow = this.#flow(source, combination, instance);
    if (metric.type === 'counter') {
      const whole = metric.unit === undefined || metric.unit === 'tokens' || metric.unit === 'bytes';
      return [counterRow(metric.name, labels, flow, { rate: source.rate, share: combination.share, whole })];
    }
    return histogramRows(metric, labels, flow, {
      rate: source.rate * combination.share.well,
      spread: spreadOf(metric, this.#world.model),
      isCount: metric.unit === undefined || metric.unit === 'tokens' || metric.unit === 'bytes',
    });
  }
}
