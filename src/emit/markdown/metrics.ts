import { cellCode, code, heading, marked, table, text, type Markdown } from '../../encode/markdown.js';
import type { Label, Metric, Model } from '../../model/model.js';
import { labelSize, worstCaseSeries } from '../../model/series.js';
import { anchoredCode, blocks, codes, grouped, listed, reference, referenceOr, type Kind } from './words.js';

const readerKinds: ReadonlyMap<string, Kind> = new Map([
  ['slo', 'slo'],
  ['alert', 'alert'],
  ['dashboard', 'dashboard'],
]);

/** A reader of the model, such as `alert QueueGrowing`, as a link to what the page says of it. */
function readerWords(reader: string): Markdown {
  const [word = '', ...rest] = reader.split(' ');
  const kind = readerKinds.get(word);
  const name = rest.join(' ');
  return kind === undefined ? text(reader) : marked`${text(word)} ${reference(kind, name)}`;
}

/** How many values a label may have, and where they come from. */
export function boundWords({ bound }: Label): string {
  if (bound.kind === 'closed') return `${bound.values.length}`;
  return bound.kind === 'registered' ? `≤ ${bound.cap}, registered` : `≤ ${bound.cap}`;
}

function bucketWords({ buckets }: Metric): Markdown | undefined {
  const [first] = buckets;
  const last = buckets.at(-1);
  return first === undefined || last === undefined
    ? undefined
    : marked`${buckets.length} buckets from ${first} to ${last}.`;
}

const aggregateWords = {
  min: 'the smallest',
  max: 'the largest',
  average: 'their mean',
  first: 'that of the first',
} as const;

/** What a common page of several processes shows, where that is not the sum. */
function aggregateSentence({ aggregate }: Metric): Markdown | undefined {
  return aggregate === 'sum' ? undefined : marked`Of several processes ${text(aggregateWords[aggregate])}.`;
}

function deprecationWords(model: Model, { deprecated }: Metric): Markdown | undefined {
  if (deprecated === undefined) return undefined;
  const { replacedBy, sunset, reason } = deprecated;
  const instead =
    replacedBy === undefined ? undefined : marked`use ${referenceOr('metric', replacedBy, model.metrics)}`;
  const until = sunset === undefined ? undefined : marked`may be gone from ${text(sunset)} on`;
  const details = listed([instead, until, reason === undefined ? undefined : text(reason)], '; ');
  return details === '' ? marked`**Deprecated.**` : marked`**Deprecated**: ${details}.`;
}

function metricRow(model: Model, metric: Metric): readonly Markdown[] {
  const { name, owner, renamedFrom } = metric;
  return [
    anchoredCode('metric', name),
    text(metric.type),
    text(metric.unit ?? ''),
    listed(
      metric.labels.map((label) => marked`${reference('label', label.key)} (${text(boundWords(label))})`),
    ),
    marked`${text(grouped(worstCaseSeries(metric)))}`,
    listed(
      [
        text(metric.help),
        bucketWords(metric),
        metric.range === undefined ? undefined : marked`From ${metric.range[0]} to ${metric.range[1]}.`,
        metric.exemplars ? marked`Has exemplars.` : undefined,
        aggregateSentence(metric),
        metric.expireAfter === undefined
          ? undefined
          : marked`Rows expire after ${text(metric.expireAfter.text)}.`,
        renamedFrom === undefined
          ? undefined
          : marked`Also exposed under its former name ${code(renamedFrom.name)}, until ${text(renamedFrom.until)}.`,
        owner === undefined || owner === model.service.owner ? undefined : marked`Owner: ${text(owner)}.`,
        deprecationWords(model, metric),
      ],
      ' ',
    ),
    listed(metric.readers.map(readerWords)),
  ];
}

const head = ['Metric', 'Type', 'Unit', 'Labels (values)', 'Series at most', 'What it is', 'Read by'].map(
  text,
);

function metricTable(model: Model, metrics: readonly Metric[]): Markdown {
  return table(
    head,
    metrics.map((metric) => metricRow(model, metric)),
  );
}

function externalTable(model: Model): Markdown | undefined {
  if (model.external.size === 0) return undefined;
  const rows = [...model.external.values()].map(({ name, type, labels }) => [
    code(name),
    text(type),
    labels === undefined ? marked`any` : codes(labels),
  ]);
  return blocks([
    heading(3, marked`Metrics of others`),
    marked`Queries read them; this service does not expose them.`,
    table([marked`Metric`, marked`Type`, marked`Labels`], rows),
  ]);
}

/** The service's own metrics, then each preset's. */
export function metricsSection(model: Model): Markdown {
  const groups = new Map<string | undefined, Metric[]>();
  for (const metric of model.metrics.values()) {
    const { preset } = metric.origin;
    const group = groups.get(preset);
    if (group === undefined) groups.set(preset, [metric]);
    else group.push(metric);
  }
  const total = [...model.metrics.values()].reduce((sum, metric) => sum + worstCaseSeries(metric), 0);
  const own = groups.get(undefined) ?? [];
  const presets = [...groups].filter(([preset]) => preset !== undefined);
  return blocks([
    marked`One instance exposes at most ${text(grouped(total))} series. A label value beyond its bound is counted as ${code('__other__')}, and ${code('obsgen_label_overflow_total')} says for which metric and label. What could not be recorded at all is counted in ${code('obsgen_dropped_total')}, by metric and reason.`,
    own.length === 0 ? undefined : metricTable(model, own),
    ...presets.map(([preset, metrics]) =>
      blocks([heading(3, marked`Preset ${code(preset ?? '')}`), metricTable(model, metrics)]),
    ),
    externalTable(model),
  ]);
}

/** The labels that metrics and spans use. */
export function labelsSection(model: Model): Markdown {
  const rows = [...model.labels.values()].map((label) => {
    const { bound } = label;
    const values =
      bound.kind === 'closed'
        ? codes(bound.values)
        : text(
            bound.kind === 'registered'
              ? `the first ${bound.cap} that the program registers`
              : `the first ${bound.cap} that occur`,
          );
    return [
      anchoredCode('label', label.key),
      label.wire === label.key ? marked`` : cellCode(label.wire),
      values,
      marked`${labelSize(label)}`,
      text(label.description),
    ];
  });
  return table(
    [marked`Label`, marked`On the wire`, marked`Values`, marked`At most`, marked`What it says`],
    rows,
  );
}
