import { neededAttributes } from '../emit/typescript/span-class.js';
import { helperNames, type HelperNames } from '../emit/typescript/names.js';
import type { Label, LogEvent, Metric, Model, Span } from '../model/model.js';
import { worstCaseSeries } from '../model/series.js';

/** What a coding agent has to know of something, to use it without looking anywhere else. */
export type Card = Readonly<Record<string, unknown>>;

/** Values of a union that are written out; a label with more has them all in its own card. */
const mostValues = 30;

const argument = { counter: 'by?: number', gauge: 'value: number', histogram: 'value: number' } as const;
const method = { counter: 'inc', gauge: 'set', histogram: 'observe' } as const;
const exampleValue = { counter: '', gauge: '3', histogram: '0.25' } as const;

/** The type of a label's values in TypeScript. */
function typeOf({ bound }: Label): string {
  if (bound.kind !== 'closed') return 'string';
  const shown = bound.values.slice(0, mostValues).map((value) => quoted(value));
  return bound.values.length > shown.length ? `${shown.join(' | ')} | …` : shown.join(' | ');
}

function quoted(value: string): string {
  return `'${value.replace(/['\\]/g, (char) => `\\${char}`)}'`;
}

/** A property as an object literal has it. */
function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

function exampleOf({ bound, wire }: Label): string {
  return quoted(bound.kind === 'closed' ? (bound.values[0] ?? '') : `a ${wire}`);
}

/** A label as a metric has it. */
function labelFacts(label: Label, names: HelperNames): Card {
  const { bound, wire, description } = label;
  if (bound.kind === 'closed') return { name: wire, kind: 'closed', values: bound.values, description };
  return {
    name: wire,
    kind: bound.kind,
    cap: bound.cap,
    description,
    ...(bound.kind === 'registered' ? { register: `labels.${names.label(label)}.register([...])` } : {}),
  };
}

export function metricCard(model: Model, metric: Metric, names = helperNames(model)): Card {
  const { name, type, help, unit, labels, buckets, readers, deprecated, owner, origin } = metric;
  const helper = `metrics.${names.metric(metric)}`;
  const given = labels.map((label) => `${key(label.wire)}: ${exampleOf(label)}`).join(', ');
  const shape = labels.map((label) => `${key(label.wire)}: ${typeOf(label)}`).join('; ');
  const value = exampleValue[type];
  const passed = [...(labels.length === 0 ? [] : [`{ ${given} }`]), ...(value === '' ? [] : [value])].join(
    ', ',
  );
  const taken = [...(labels.length === 0 ? [] : [`labels: { ${shape} }`]), argument[type]].join(', ');
  return {
    ...{ name, type, help, unit: unit ?? null, helper },
    signature: `${helper}.${method[type]}(${taken}): void`,
    example: `${helper}.${method[type]}(${passed});`,
    labels: labels.map((label) => labelFacts(label, names)),
    ...(type === 'histogram' ? { buckets } : {}),
    readers,
    worstCaseSeries: Math.round(worstCaseSeries(metric)),
    ...(deprecated === undefined ? {} : { deprecated: deprecationOf(metric) }),
    ...(owner === undefined ? {} : { owner }),
    ...(origin.preset === undefined ? {} : { preset: origin.preset }),
  };
}

function deprecationOf({ deprecated }: Metric): Card {
  return {
    replacedBy: deprecated?.replacedBy ?? null,
    sunset: deprecated?.sunset ?? null,
    reason: deprecated?.reason ?? null,
  };
}

export function labelCard(model: Model, label: Label): Card {
  const names = helperNames(model);
  return {
    key: label.key,
    ...labelFacts(label, names),
    metrics: [...model.metrics.values()]
      .filter(({ labels }) => labels.includes(label))
      .map(({ name }) => name),
  };
}

export function spanCard(model: Model, span: Span, names = helperNames(model)): Card {
  const { name, kind, description, convention, attributes, record, outcome, children, origin } = span;
  const helper = `spans.${names.span(span)}`;
  const needed = neededAttributes(span);
  const given = [...needed].map(
    (each) => `${key(each.name)}: ${each.label === undefined ? "''" : exampleOf(each.label)}`,
  );
  const shown = given.length === 0 ? '{}' : `{ ${given.join(', ')} }`;
  return {
    ...{ name, kind, description: description ?? null, helper },
    example: `await ${helper}(${shown}, async (span) => { … });`,
    attributes: attributes.map((each) => ({
      name: each.name,
      exportedName: each.exportedName,
      type: each.label === undefined ? each.type : typeOf(each.label),
      required: needed.has(each),
      ...(each.sensitivity === 'none' ? {} : { sensitivity: each.sensitivity }),
      ...(each.description === undefined ? {} : { description: each.description }),
    })),
    records: [record.count, record.duration, record.firstChunk].flatMap((metric) =>
      metric === undefined ? [] : [metric.name],
    ),
    ...(outcome === undefined
      ? {}
      : {
          outcome: {
            label: outcome.label.wire,
            ok: outcome.ok,
            error: outcome.error,
            other: 'span.outcome(value)',
          },
        }),
    ...(convention === undefined ? {} : { convention }),
    children,
    ...(origin.preset === undefined ? {} : { preset: origin.preset }),
  };
}

const exampleFields = {
  string: "'…'",
  int: '1',
  double: '0.5',
  boolean: 'true',
  ip: "'192.0.2.1'",
  json: '{}',
} as const;

export function logCard(model: Model, event: LogEvent, names = helperNames(model)): Card {
  const { name, level, category, message, fields } = event;
  const given = fields.map((field) => `${key(field.name)}: ${exampleFields[field.type]}`).join(', ');
  const helper = `logs.${names.event(event)}`;
  return {
    ...{ name, level, message, helper },
    ...(category === undefined ? {} : { category }),
    example: `${helper}(${given === '' ? '' : `{ ${given} }`});`,
    fields,
  };
}
