import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver';
import { anomalyNames } from '../../alerts/names.js';
import type { ExternalMetric, Label, Metric, Model } from '../../model/model.js';
import { ownSeries } from '../../model/own-series.js';
import { seriesNamed } from '../../model/series.js';
import { aggregations, functions } from '../../promql/functions.js';
import { recordedNames } from '../../slo/recorded-names.js';
import type { QueryCursor } from '../promql/cursor.js';
import {
  allSeries,
  describeBound,
  describeMetric,
  functionPage,
  functionSignature,
  metricDetail,
  seriesPart,
  wiresOf,
} from '../promql/describe.js';

/** What may stand at a place, apart from where its text goes. */
export type Choice = Omit<CompletionItem, 'textEdit'>;

const keywords = [
  'by',
  'without',
  'on',
  'ignoring',
  'group_left',
  'group_right',
  'offset',
  'bool',
  'and',
  'or',
  'unless',
];
/** Labels that Prometheus adds to what it scrapes. */
const scraped = ['job', 'instance'];
const durations = ['$__rate_interval', '1m', '5m', '10m', '30m', '1h', '6h', '1d'];

/**
 * What may be written at a place of a query.
 * @param query all of it, as far as it is written
 * @param isSli whether `$window` stands for a window here
 */
export function queryChoices(
  model: Model,
  cursor: QueryCursor,
  query: string,
  { isSli }: { readonly isSli: boolean },
): readonly Choice[] {
  switch (cursor.at) {
    case 'expression':
      return [...metricChoices(model), ...functionChoices()];
    case 'label':
      return labelChoices(model, cursor.metric === undefined ? undefined : [cursor.metric], cursor.used);
    case 'grouping':
      return labelChoices(model, seriesOf(model, query), cursor.used);
    case 'value':
      return valueChoices(model, cursor);
    case 'duration':
      return (isSli ? ['$window', ...durations.slice(1)] : durations).map((label, index) => ({
        label,
        kind: CompletionItemKind.Unit,
        sortText: String(index),
      }));
  }
}

function metricChoices(model: Model): Choice[] {
  const made: Choice[] = [];
  for (const { name, metric } of allSeries(model)) {
    const part = seriesPart(model, name);
    const isOld = 'buckets' in metric && metric.deprecated !== undefined;
    made.push({
      label: name,
      kind: CompletionItemKind.Field,
      detail: metricDetail(metric),
      documentation: {
        kind: 'markdown',
        value: part === undefined ? describeMetric(metric) : `${part}\n\n${describeMetric(metric)}`,
      },
      // The service's own come first, those of presets next, those of others last.
      sortText: `${isOld ? 4 : !('buckets' in metric) ? 2 : metric.origin.preset === undefined ? 0 : 1}${name}`,
      ...(isOld ? { tags: [1 as const] } : {}),
    });
  }
  const recorded = [...(recordedNames(model) ?? [])];
  if ([...model.alerts.values()].some(({ condition }) => condition.form === 'anomaly'))
    recorded.push(...Object.values(anomalyNames));
  for (const name of new Set(recorded))
    made.push({
      label: name,
      kind: CompletionItemKind.Field,
      detail: 'recorded by rules of this spec',
      sortText: `3${name}`,
    });
  for (const name of ownSeries)
    made.push({
      label: name,
      kind: CompletionItemKind.Field,
      detail: 'counted by the helpers themselves',
      sortText: `3${name}`,
    });
  return made;
}

function functionChoices(): Choice[] {
  const made = [...aggregations.keys(), ...functions.keys()].map((name): Choice => {
    return {
      label: name,
      kind: CompletionItemKind.Function,
      detail: functionSignature(name) ?? name,
      documentation: { kind: 'markdown', value: functionPage(name) },
      sortText: `5${name}`,
    };
  });
  return [
    ...made,
    ...keywords.map((label) => ({ label, kind: CompletionItemKind.Keyword, sortText: `6${label}` })),
  ];
}

/** The series of a model that a text names, whether or not it parses. */
function seriesOf(model: Model, query: string): readonly string[] {
  return [...query.matchAll(/[a-zA-Z_:][\w:]*/g)].flatMap(([name]) =>
    seriesNamed(model, name) === undefined ? [] : [name],
  );
}

function labelChoices(model: Model, names: readonly string[] | undefined, used: readonly string[]): Choice[] {
  const metrics = (names ?? []).flatMap((name) => seriesNamed(model, name)?.metric ?? []);
  const hasBuckets = (names ?? []).some((name) => seriesNamed(model, name)?.part === 'bucket');
  const own =
    metrics.length === 0 ? [...model.labels.values()].map(({ wire }) => wire) : metrics.flatMap(wiresOf);
  const all = new Set([...own, ...(hasBuckets ? ['le'] : []), ...scraped, ...model.service.selector.keys()]);
  return [...all]
    .filter((wire) => !used.includes(wire))
    .map((wire, index): Choice => {
      const label = labelNamed(model, metrics, wire);
      return {
        label: wire,
        kind: CompletionItemKind.Property,
        detail: label === undefined ? detailOf(wire) : describeBound(label),
        ...(label === undefined ? {} : { documentation: label.description }),
        sortText: String(index).padStart(4, '0'),
      };
    });
}

function detailOf(wire: string): string {
  return wire === 'le' ? 'upper bound of a bucket' : 'added by the scrape';
}

function labelNamed(
  model: Model,
  metrics: readonly (Metric | ExternalMetric)[],
  wire: string,
): Label | undefined {
  const own = metrics.flatMap((metric) => ('buckets' in metric ? metric.labels : []));
  const all = metrics.length === 0 ? [...model.labels.values()] : own;
  return all.find((each) => each.wire === wire);
}

function valueChoices(model: Model, cursor: Extract<QueryCursor, { at: 'value' }>): Choice[] {
  const metric = cursor.metric === undefined ? undefined : seriesNamed(model, cursor.metric);
  const values = valuesOf(model, metric?.metric, cursor.label);
  const isPattern = cursor.operator.endsWith('~');
  // Behind a bar another alternative begins.
  return values.map((value, index) => {
    const written = isPattern ? value.replaceAll(/[.+*?()|[\]{}^$\\]/g, '\\\\$&') : value;
    return {
      label: value,
      insertText: written,
      kind: CompletionItemKind.EnumMember,
      sortText: String(index).padStart(4, '0'),
    };
  });
}

function valuesOf(
  model: Model,
  metric: Metric | ExternalMetric | undefined,
  wire: string,
): readonly string[] {
  if (wire === 'le' && metric !== undefined && 'buckets' in metric)
    return [...metric.buckets.map(String), '+Inf'];
  const label = labelNamed(model, metric === undefined ? [] : [metric], wire);
  if (label?.bound.kind === 'closed') return label.bound.values;
  const identity = model.service.selector.get(wire);
  return identity === undefined ? [] : [identity];
}
