import { ownSeries } from '../../model/own-series.js';
import type { ExternalMetric } from '../../model/model.js';
import { counterRow } from './counters.js';
import type { World } from './families.js';
import { gaugeRow } from './gauges.js';
import { histogramRows } from './histograms.js';
import { troubleOf, rateOf } from './rates.js';
import type { Family, Row } from './row.js';

type Labels = Row['labels'];

const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Labels that others' metrics are made up with, where their values can be told. */
function valuesOf({ model }: World, label: string): readonly string[] {
  switch (label) {
    case 'metric':
      return [...model.metrics.keys()]
        .filter((name) => (model.metrics.get(name)?.labels.length ?? 0) > 0)
        .slice(0, 2);
    case 'label':
      return ['tool'];
    case 'signal':
      return ['span', 'log'];
    case 'reason':
      return ['queue_full', 'timeout'];
    case 'status':
    case 'code':
      return ['200', '404', '500'];
    case 'method':
      return ['GET', 'POST'];
    default:
      return [`${label.replace(/_/g, '-')}-a`, `${label.replace(/_/g, '-')}-b`];
  }
}

function rowsOfLabels(world: World, labels: readonly string[]): readonly Labels[] {
  return labels
    .filter((label) => label !== 'job' && label !== 'instance' && label !== 'le')
    .slice(0, 2)
    .reduce<readonly Labels[]>(
      (found, label) =>
        found.flatMap((pairs) => valuesOf(world, label).map((value) => [...pairs, [label, value] as const])),
      [[]],
    );
}

function rowsOf(world: World, metric: Undeclared, labels: Labels): readonly Row[] {
  const { name } = metric;
  const flow = world.flows.of(`${name}|${labels.map((pair) => pair.join('=')).join('|')}`);
  const share = troubleOf(name) ?? { well: 1, ill: 1 };
  switch (metric.type) {
    case 'counter':
      return [counterRow(name, labels, flow, { rate: rateOf(metric, world.model), share, whole: true })];
    case 'histogram':
      return histogramRows({ name, buckets: bounds }, labels, flow, {
        rate: 1,
        spread: { median: 0.06, sigma: 0.8, worsening: 3, wobble: 1 },
        isCount: false,
      });
    default:
      return [gaugeRow({ name, unit: /_([a-z]+)$/.exec(name)?.[1], range: metric.range }, labels, world)];
  }
}

/** What is known of a metric that the spec does not declare as its own. */
export type Undeclared = Pick<ExternalMetric, 'name' | 'type' | 'labels' | 'range'>;

/** What others expose and queries read. */
export function externalFamily(world: World, metric: Undeclared): Family {
  const combinations = rowsOfLabels(world, metric.labels ?? []);
  const rows = world.instances.flatMap((instance) =>
    combinations.flatMap((labels) => rowsOf(world, metric, [...instance, ...labels])),
  );
  const type = metric.type === 'summary' ? 'unknown' : metric.type;
  return { name: metric.name, type, help: 'Exposed by others.', rows };
}

const ownLabels: Readonly<Record<string, readonly string[]>> = {
  obsgen_dropped_total: ['metric', 'reason'],
  obsgen_label_overflow_total: ['metric', 'label'],
  obsgen_signals_lost_total: ['signal', 'reason'],
};

/**
 * What is there without being declared: the helpers' own counters, whether the target answers, when the process started, and which build it
 * is. Dashboards mark deployments by the last two.
 */
export function undeclaredMetrics(): readonly Undeclared[] {
  const own = [...ownSeries].map((name) => ({
    name,
    type: name.endsWith('_total') ? ('counter' as const) : ('gauge' as const),
    labels: ownLabels[name] ?? [],
    range: undefined,
  }));
  return [
    ...own,
    { name: 'up', type: 'gauge', labels: [], range: [0, 1] },
    { name: 'process_start_time_seconds', type: 'gauge', labels: [], range: undefined },
  ];
}
