import type { ExternalMetric, Label, Metric, Model } from '../../model/model.js';
import { seriesNamed, seriesNames, worstCaseSeries } from '../../model/series.js';
import { aggregations, functions, type ValueType } from '../../promql/functions.js';

const typeWords: Readonly<Record<ValueType, string>> = {
  scalar: 'scalar',
  instant: 'instant vector',
  range: 'range vector',
  string: 'string',
};

/** `rate(range vector): instant vector`; undefined for what is no function. */
export function functionSignature(name: string): string | undefined {
  if (aggregations.has(name)) {
    const parameter = aggregations.get(name);
    const words = [...(parameter === undefined ? [] : [parameter]), 'instant vector'];
    return `${name} by|without (labels) (${words.join(', ')}): instant vector`;
  }
  const found = functions.get(name);
  if (found === undefined) return undefined;
  const last = found.args.length - 1;
  const args = found.args.map((type, index) => {
    const isRepeated = found.repeats && index === last;
    return `${typeWords[type]}${isRepeated ? '...' : index >= found.required ? '?' : ''}`;
  });
  return `${name}(${args.join(', ')}): ${typeWords[found.returns]}`;
}

/** The page that explains a function or an aggregation. */
export function functionPage(name: string): string {
  return aggregations.has(name)
    ? 'https://prometheus.io/docs/prometheus/latest/querying/operators/#aggregation-operators'
    : `https://prometheus.io/docs/prometheus/latest/querying/functions/#${name}`;
}

/** A label with its bound: `outcome: ok, error` or `topic: at most 12 values, then __other__`. */
export function describeBound({ bound }: Label): string {
  if (bound.kind === 'closed') return bound.values.join(', ');
  const how = bound.kind === 'registered' ? 'registered at start-up, ' : '';
  return `${how}at most ${bound.cap} values, then __other__`;
}

/** In one line: `counter, unit tokens, labels agent, outcome`. */
export function metricDetail(metric: Metric | ExternalMetric): string {
  const labels = wiresOf(metric);
  const parts = [
    'buckets' in metric ? metric.type : `${metric.type} of others`,
    ...('unit' in metric && metric.unit !== undefined ? [metric.unit] : []),
    ...(labels.length > 0 ? [labels.join(', ')] : []),
  ];
  return parts.join(' · ');
}

export function wiresOf(metric: Metric | ExternalMetric): readonly string[] {
  return 'buckets' in metric ? metric.labels.map(({ wire }) => wire) : (metric.labels ?? []);
}

/** All that the spec says of a metric, as Markdown. */
export function describeMetric(metric: Metric | ExternalMetric): string {
  if (!('buckets' in metric)) {
    const labels =
      metric.labels === undefined ? 'any' : metric.labels.map((each) => `\`${each}\``).join(', ');
    return [
      `**${metric.name}**: ${metric.type}, exposed by others`,
      `Labels: ${labels === '' ? 'none' : labels}`,
      ...(metric.range === undefined ? [] : [`Values from ${metric.range[0]} to ${metric.range[1]}`]),
    ].join('\n\n');
  }
  const { labels, buckets, deprecated } = metric;
  const unit = metric.unit === undefined ? '' : `, in ${metric.unit}`;
  const lines = [`**${metric.name}**: ${metric.type}${unit}`, metric.help];
  if (deprecated !== undefined) {
    const instead = deprecated.replacedBy === undefined ? '' : `: use \`${deprecated.replacedBy}\``;
    const until = deprecated.sunset === undefined ? '' : ` until ${deprecated.sunset}`;
    lines.push(`_Deprecated${until}${instead}_`);
  }
  if (labels.length > 0)
    lines.push(labels.map((label) => `- \`${label.wire}\`: ${describeBound(label)}`).join('\n'));
  if (buckets.length > 0) lines.push(`Buckets: ${buckets.join(', ')}`);
  lines.push(`At most ${worstCaseSeries(metric).toLocaleString('en')} series an instance`);
  lines.push(
    metric.readers.length === 0 ? 'Nothing in this spec reads it' : `Read by ${metric.readers.join(', ')}`,
  );
  if (metric.owner !== undefined) lines.push(`Owner: ${metric.owner}`);
  return lines.join('\n\n');
}

/** What the series of a name hold, where it is one of a histogram's. */
export function seriesPart(model: Model, name: string): string | undefined {
  switch (seriesNamed(model, name)?.part) {
    case 'bucket':
      return 'observations up to the bound `le`, cumulative';
    case 'sum':
      return 'the sum of all observations';
    case 'count':
      return 'how many observations there were';
    default:
      return undefined;
  }
}

/** Every series that queries of a model may read, with its metric. */
export function* allSeries(
  model: Model,
): Iterable<{ readonly name: string; readonly metric: Metric | ExternalMetric }> {
  for (const metric of [...model.metrics.values(), ...model.external.values()])
    for (const name of seriesNames(metric)) yield { name, metric };
}
