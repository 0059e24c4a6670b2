import { camelCase, pascalCase } from '../../encode/names.js';
import type { Label, LogEvent, Metric, Model, Span } from '../../model/model.js';
import { identifier } from '../../encode/typescript.js';
import type { TsIdentifier } from '../../encode/typescript.js';

/** What the generated files call the things of the spec. */
export interface HelperNames {
  readonly labels: ReadonlyMap<Label, TsIdentifier>;
  readonly metrics: ReadonlyMap<Metric, TsIdentifier>;
  readonly spans: ReadonlyMap<Span, TsIdentifier>;
  readonly events: ReadonlyMap<LogEvent, TsIdentifier>;
  /** The union of a closed label's values. */
  readonly labelTypes: ReadonlyMap<Label, TsIdentifier>;
  readonly attributeTypes: ReadonlyMap<Span, TsIdentifier>;
  readonly spanTypes: ReadonlyMap<Span, TsIdentifier>;
  readonly fieldTypes: ReadonlyMap<LogEvent, TsIdentifier>;
}

/** Types of the language that generated code uses, and types that it imports: a name of the spec must not hide them. */
const takenTypes = [
  'ActiveSpan',
  'ClosedLabel',
  'Counter',
  'Gauge',
  'Histogram',
  'LabelledCounter',
  'LabelledGauge',
  'LabelledHistogram',
  'Labels',
  'LogEvent',
  'Logs',
  'Metrics',
  'NoAttributes',
  'OpenLabel',
  'PlainLogEvent',
  'Redaction',
  'RegisteredLabel',
  'SpanHelper',
  'Spans',
  'Telemetry',
  'Array',
  'BigInt',
  'Boolean',
  'Date',
  'Error',
  'Function',
  'Map',
  'Number',
  'Object',
  'Promise',
  'Record',
  'RegExp',
  'Set',
  'String',
  'Symbol',
];

/** Names in the order of the spec; where two things get one name, the later one gets a number. */
export function helperNames(model: Model): HelperNames {
  const labels = [...model.labels.values()];
  const spans = [...model.spans.values()];
  const events = [...model.logs.events.values()];
  const types = new Set(takenTypes);
  const typed = <T>(items: readonly T[], name: (item: T) => string): ReadonlyMap<T, TsIdentifier> =>
    distinct(items, (item) => name(item), types);
  return {
    labels: distinct(labels, ({ key }) => camelCase(key), new Set()),
    metrics: distinct([...model.metrics.values()], ({ name }) => camelCase(name), new Set()),
    spans: distinct(spans, ({ name }) => camelCase(name), new Set()),
    events: distinct(events, ({ name }) => camelCase(name), new Set()),
    labelTypes: typed(
      labels.filter(({ bound }) => bound.kind === 'closed'),
      ({ key }) => labelType(key, types),
    ),
    attributeTypes: typed(spans, ({ name }) => `${pascalCase(name)}Attributes`),
    spanTypes: typed(spans, ({ name }) => `${pascalCase(name)}Span`),
    fieldTypes: typed(events, ({ name }) => `${pascalCase(name)}Fields`),
  };
}

/** The type of a label called `error` cannot be `Error`. */
function labelType(key: string, taken: ReadonlySet<string>): string {
  const name = pascalCase(key);
  return taken.has(name) ? `${name}Label` : name;
}

function distinct<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  taken: Set<string>,
): ReadonlyMap<T, TsIdentifier> {
  const names = new Map<T, TsIdentifier>();
  for (const item of items) {
    const wish = nameOf(item);
    let name = wish;
    for (let number = 2; taken.has(name); number += 1) name = `${wish}${number}`;
    taken.add(name);
    names.set(item, identifier(name));
  }
  return names;
}
