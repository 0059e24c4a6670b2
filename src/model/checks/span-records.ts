import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Label, Metric, Span } from '../model.js';
import { scaledUnitOf } from '../units.js';
import { labelRange } from './places.js';
import type { Rule } from './rule.js';
import { quotedList, withArticle } from './words.js';

type Role = keyof Span['record'];

const roles: readonly Role[] = ['count', 'duration', 'firstChunk'];
const neededType = { count: 'counter', duration: 'histogram', firstChunk: 'histogram' } as const;

function typeOf(span: Span, role: Role, metric: Metric): Diagnostic | undefined {
  if (metric.repaired.has('type')) return undefined;
  const range = span.origin.of('record', role);
  const needed = neededType[role];
  if (metric.type !== needed) {
    return diagnostic('OBS3008', {
      message: `\`${metric.name}\` is ${withArticle(metric.type)}, but \`${role}\` of a span needs ${withArticle(needed)}`,
      range,
      related: [{ range: metric.origin.of('type'), message: `declared as ${withArticle(metric.type)} here` }],
      help:
        role === 'count'
          ? 'name a counter: it is raised by one at the end of each span'
          : 'name a histogram of seconds',
    });
  }
  return role === 'count'
    ? undefined
    : inSeconds(metric, range, 'durations of spans are recorded in seconds');
}

/** OBS3030 for a metric whose name says another unit than seconds; a name without a unit may well mean seconds. */
export function inSeconds(metric: Metric, range: Diagnostic['range'], why: string): Diagnostic | undefined {
  const scaled = scaledUnitOf(metric.name)?.word;
  const unit = metric.unit ?? scaled;
  if (unit === undefined || unit === 'seconds') return undefined;
  const is = unit === 'ratio' ? 'is a ratio' : `is in ${unit}`;
  return diagnostic('OBS3030', {
    message: `\`${metric.name}\` ${is}, but ${why}`,
    range,
    related: [{ range: metric.origin.key, message: 'the metric is declared here' }],
    help: 'name a metric that ends in `_seconds`',
  });
}

/** The labels that a span gives values to, by key; how it ends is not known yet when the first chunk comes. */
function supplied(span: Span, role: Role): Set<string> {
  const keys = span.attributes.flatMap(({ label }) => (label === undefined ? [] : [label.key]));
  return new Set(
    span.outcome === undefined || role === 'firstChunk' ? keys : [...keys, span.outcome.label.key],
  );
}

function missing({ span, role }: Recording, metric: Metric): Label[] {
  const keys = supplied(span, role);
  return metric.labels.filter((label) => !keys.has(label.key));
}

interface Recording {
  readonly span: Span;
  readonly role: Role;
}

/** Which spans record each metric. */
function recordings(spans: Iterable<Span>): Map<Metric, Recording[]> {
  const all = new Map<Metric, Recording[]>();
  for (const span of spans) {
    for (const role of roles) {
      const metric = span.record[role];
      if (metric === undefined) continue;
      const known = all.get(metric);
      if (known === undefined) all.set(metric, [{ span, role }]);
      else known.push({ span, role });
    }
  }
  return all;
}

/** A label of another set that has the same name on the wire: the likely reason why the right one is missing. */
function namesake(span: Span, label: Label): string | undefined {
  const own = [...span.attributes.map((each) => each.label), span.outcome?.label];
  return own.find((each) => each !== undefined && each.wire === label.wire)?.key;
}

function wayOut(span: Span, labels: readonly Label[]): string {
  const [label] = labels;
  if (label === undefined) return '';
  const other = namesake(span, label);
  if (other !== undefined) {
    return `the span has \`${other}\`, which is another set of values for \`${label.wire}\`: use \`${label.key}\` in both`;
  }
  const attributes = labels.map(({ key, wire }) => `${wire}: { label: ${key} }`).join(', ');
  const outcome =
    span.outcome === undefined && label.bound.kind === 'closed'
      ? `, or let \`outcome\` name \`${label.key}\``
      : '';
  return `add to the span's attributes: ${attributes}${outcome}`;
}

function unsupplied(
  span: Span,
  role: Role,
  metric: Metric,
  labels: readonly Label[],
  all: ReadonlyMap<Metric, readonly Recording[]>,
): Diagnostic {
  const complete = all.get(metric)?.find((each) => each.span !== span && missing(each, metric).length === 0);
  const keys = labels.map((label) => label.key);
  const related = labels.map((label) => ({
    range: labelRange(metric, label),
    message: `\`${metric.name}\` has the label \`${label.key}\``,
  }));
  const range = span.origin.of('record', role);
  const help = wayOut(span, labels);
  if (complete === undefined) {
    return diagnostic('OBS3031', {
      message: `the span \`${span.name}\` has no value for ${labels.length === 1 ? 'the label' : 'the labels'} ${quotedList(keys)} of \`${metric.name}\``,
      range,
      related,
      help,
    });
  }
  return diagnostic('OBS3032', {
    message: `\`${complete.span.name}\` records \`${metric.name}\` with ${quotedList(keys)}, \`${span.name}\` without`,
    range,
    related: [
      {
        range: complete.span.origin.of('record', complete.role),
        message: `\`${complete.span.name}\` records it here`,
      },
      ...related,
    ],
    help,
  });
}

/** OBS3008, OBS3030, OBS3031, OBS3032: what a span records fits the metric, and it can give each label a value. */
export const spanRecords: Rule = function* (input) {
  const all = recordings(input.model.spans.values());
  for (const span of input.model.spans.values()) {
    const reported = new Set<Label>();
    for (const role of roles) {
      const metric = span.record[role];
      if (metric === undefined) continue;
      const wrong = typeOf(span, role, metric);
      if (wrong !== undefined) yield wrong;
      // Another metric was meant: what labels this one has tells nothing.
      if (wrong?.code === 'OBS3008') continue;
      if (span.repaired.has('attributes') || span.repaired.has('outcome')) continue;
      // One attribute that is missing is one fault, however many metrics wait for it.
      const labels = missing({ span, role }, metric).filter((label) => !reported.has(label));
      if (labels.length === 0) continue;
      for (const label of labels) reported.add(label);
      yield unsupplied(span, role, metric, labels, all);
    }
  }
};
