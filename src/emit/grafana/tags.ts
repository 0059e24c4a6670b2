import type { BoardTopic } from '../../model/dashboard.js';
import type { Dashboard, Metric, Model } from '../../model/model.js';
import { serviceTag } from './links.js';

/** What kind of dashboard each topic is. */
const kindOfTopic: Readonly<Record<BoardTopic, string>> = {
  service: 'red',
  slos: 'slo',
  slo: 'slo',
  agents: 'llm',
  models: 'llm',
  cost: 'cost',
  runtime: 'runtime',
  gpu: 'gpu',
  security: 'security',
  telemetry: 'telemetry',
};

const kindOfMetrics: readonly (readonly [kind: string, name: RegExp])[] = [
  ['llm', /^(?:gen_ai|agent)_/],
  ['gpu', /^(?:gpu|DCGM|dcgm|nvidia)_/],
];

/** Names of spans' metrics: rate, errors and duration of what the service does. */
function isRed(model: Model, metrics: readonly Metric[]): boolean {
  const recorded = new Set(
    [...model.spans.values()].flatMap(({ record }) => [record.count, record.duration]),
  );
  return metrics.some((metric) => recorded.has(metric));
}

function kindsOf(model: Model, dashboard: Dashboard, shown: readonly Metric[]): readonly string[] {
  if (dashboard.topic !== undefined) return [kindOfTopic[dashboard.topic]];
  const sources = dashboard.rows.flatMap((row) => row.panels).map(({ source }) => source.kind);
  return [
    ...(sources.some((kind) => kind === 'slo' || kind === 'objectives') ? ['slo'] : []),
    ...(isRed(model, shown) ? ['red'] : []),
    ...kindOfMetrics.flatMap(([kind, name]) =>
      shown.some((metric) => name.test(metric.name)) ? [kind] : [],
    ),
  ];
}

/** What a dashboard can be found by: its service, who owns it, and what kind it is. */
export function tagsOf(model: Model, dashboard: Dashboard, shown: readonly Metric[]): readonly string[] {
  const { namespace } = model.service;
  return [
    'obs-gen',
    serviceTag(model),
    ...(namespace === undefined ? [] : [`namespace:${namespace}`]),
    ...(dashboard.owner === undefined ? [] : [`owner:${dashboard.owner}`]),
    ...kindsOf(model, dashboard, shown),
  ];
}
