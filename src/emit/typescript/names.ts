import { camelCase, pascalCase } from '../../encode/names.js';
import type { Label, LogEvent, Metric, Model, Span } from '../../model/model.js';
import { identifier } from '../../encode/typescript.js';
import type { TsIdentifier } from '../../encode/typescript.js';

/** What the generated files call the things of the spec. */
export interface HelperNames {
  readonly label: (label: Label) => TsIdentifier;
  /** The function that gives a label's values their numbers. */
  readonly ordinal: (label: Label) => TsIdentifier;
  readonly metric: (metric: Metric) => TsIdentifier;
  /** The former name of a metric that is being renamed. */
  readonly formerMetric: (metric: Metric) => TsIdentifier;
  /** The class behind a metric with labels. */
  readonly metricClass: (metric: Metric) => TsIdentifier;
  /** The labels of a metric, as its helper takes them. */
  readonly metricLabels: (metric: Metric) => TsIdentifier;
  readonly span: (span: Span) => TsIdentifier;
  readonly event: (event: LogEvent) => TsIdentifier;
  /** The union of a closed label's values; undefined for other labels. */
  readonly labelType: (label: Label) => TsIdentifier | undefined;
  readonly attributesType: (span: Span) => TsIdentifier;
  readonly spanType: (span: Span) => TsIdentifier;
  /** The class behind a span with attributes. */
  readonly spanClass: (span: Span) => TsIdentifier;
  readonly fieldsType: (event: LogEvent) => TsIdentifier;
  /** By the name of a security event. */
  readonly securityEvent: (event: string) => TsIdentifier;
  /** By the name of a security event. */
  readonly securityFields: (event: string) => TsIdentifier;
  /** By the name of a component of `health`. */
  readonly healthComponent: (component: string) => TsIdentifier;
}

/** Types of the language that generated code uses, and types that it imports: a name of the spec must not hide them. */
const takenTypes = [
  'ActiveSpan',
  'AgentRun',
  'Agents',
  'AgentsRun',
  'BaggageKey',
  'BareSpan',
  'ClosedLabel',
  'Component',
  'Cost',
  'Correlation',
  'Counter',
  'CounterMetric',
  'Errors',
  'Gauge',
  'GaugeMetric',
  'Gpu',
  'Health',
  'HealthComponent',
  'Histogram',
  'HistogramMetric',
  'LabelledCounter',
  'LabelledGauge',
  'LabelledHistogram',
  'Labels',
  'Log',
  'LogEvent',
  'Logs',
  'Metrics',
  'Middleware',
  'NoAttributes',
  'Observability',
  'OpenLabel',
  'PinoOptions',
  'PlainLogEvent',
  'PlainRunAttributes',
  'Redaction',
  'RegisteredLabel',
  'RunningSpan',
  'SecurityEvents',
  'SpanHelper',
  'Spans',
  'Telemetry',
  'TellPlainSecurityEvent',
  'TellSecurityEvent',
  'Array',
  'BigInt',
  'Boolean',
  'Date',
  'Error',
  'Function',
  'Map',
  'Number',
  'Object',
  'Partial',
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
  const metrics = [...model.metrics.values()];
  const spans = [...model.spans.values()];
  const events = [...model.logs.events.values()];
  const securityEvents = Object.keys(model.sections.security?.events ?? {});
  const types = new Set(takenTypes);
  const taken = new Set<string>();
  const metricNames = distinct(metrics, ({ name }) => camelCase(name), taken);
  const renamed = metrics.filter(({ renamedFrom }) => renamedFrom !== undefined);
  const closed = labels.filter(({ bound }) => bound.kind === 'closed');
  const labelTypes = distinct(closed, ({ key }) => typeOfLabel(key), types);
  return {
    label: known(distinct(labels, ({ key }) => camelCase(key))),
    ordinal: known(distinct(labels, ({ key }) => `${camelCase(key)}Ordinal`)),
    metric: known(metricNames),
    formerMetric: known(
      distinct(renamed, ({ name, renamedFrom }) => camelCase(renamedFrom?.name ?? name), taken),
    ),
    metricClass: known(distinct(metrics, ({ name }) => `${pascalCase(name)}Metric`, types)),
    metricLabels: known(distinct(metrics, ({ name }) => `${pascalCase(name)}Labels`, types)),
    span: known(distinct(spans, ({ name }) => camelCase(name))),
    event: known(distinct(events, ({ name }) => camelCase(name))),
    labelType: (label) => labelTypes.get(label),
    attributesType: known(distinct(spans, ({ name }) => `${pascalCase(name)}Attributes`, types)),
    spanType: known(distinct(spans, ({ name }) => `${pascalCase(name)}Span`, types)),
    spanClass: known(distinct(spans, ({ name }) => `${pascalCase(name)}Recorder`, types)),
    fieldsType: known(distinct(events, ({ name }) => `${pascalCase(name)}Fields`, types)),
    healthComponent: known(distinct(Object.keys(model.sections.health ?? {}), (name) => camelCase(name))),
    securityEvent: known(distinct(securityEvents, (name) => camelCase(name))),
    securityFields: known(distinct(securityEvents, (name) => `${pascalCase(name)}SecurityFields`, types)),
  };
}

/** The type of a label called `error` cannot be `Error`. */
function typeOfLabel(key: string): string {
  const name = pascalCase(key);
  return takenTypes.includes(name) ? `${name}Label` : name;
}

function distinct<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  taken = new Set<string>(),
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

function known<T>(names: ReadonlyMap<T, TsIdentifier>): (item: T) => TsIdentifier {
  return (item) => {
    const name = names.get(item);
    if (name === undefined) throw new Error('bug: a node that is not in the model');
    return name;
  };
}
