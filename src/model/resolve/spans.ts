import type { Spec } from '../../spec/spec.js';
import { conventionNamed, conventionNames } from '../conventions.js';
import { nearest } from '../../diagnostics/did-you-mean.js';
import type { Label, Metric, Span, SpanAttribute } from '../model.js';
import { entriesAt, frozenList, frozenRepairs, itemsOf, type Context, type Entry } from './context.js';
import { listed, refer, targetsOf, type Targets } from './references.js';

type SpecSpan = NonNullable<Spec['spans']>[string];

function attributesOf(context: Context, entry: Entry<SpecSpan>, labels: Targets<Label>): SpanAttribute[] {
  const found: SpanAttribute[] = [];
  for (const attribute of entriesAt(context, ['spans', entry.name, 'attributes'], entry.value.attributes)) {
    const { name, value, origin } = attribute;
    const label =
      value.label === undefined ? undefined : refer(context, labels, value.label, origin.of('label'));
    if (value.label !== undefined && label === undefined) entry.repaired.add('attributes');
    found.push(
      Object.freeze({
        name,
        exportedName: value.as ?? name,
        label,
        type: label === undefined ? (value.type ?? 'string') : 'string',
        sensitivity: value.sensitivity ?? 'none',
        description: value.description ?? label?.description,
        origin,
      }),
    );
  }
  return found;
}

/** What the convention adds: attributes that are always the same, and those that the helper then takes as well. */
function applyConvention(
  context: Context,
  entry: Entry<SpecSpan>,
  attributes: SpanAttribute[],
): ReadonlyMap<string, string> {
  const name = entry.value.convention;
  if (name === undefined) return new Map();
  const convention = conventionNamed(name);
  if (convention === undefined) {
    const range = entry.origin.of('convention');
    const near = nearest(name, conventionNames);
    context.report('OBS3009', {
      message: `unknown GenAI convention \`${name}\``,
      range,
      help: near === undefined ? `known are ${listed(conventionNames)}` : `did you mean \`${near}\`?`,
      fix: near === undefined ? undefined : { range, text: near },
    });
    return new Map();
  }
  const written = new Set(attributes.flatMap((each) => [each.name, each.exportedName]));
  for (const { name: exported, description } of convention.attributes) {
    if (written.has(exported)) continue;
    attributes.push(
      Object.freeze({
        name: exported,
        exportedName: exported,
        label: undefined,
        type: 'string',
        sensitivity: 'none',
        description,
        origin: entry.origin,
      }),
    );
  }
  return new Map([...convention.constants].filter(([constant]) => !written.has(constant)));
}

function recorded(
  context: Context,
  entry: Entry<SpecSpan>,
  metrics: Targets<Metric>,
  key: keyof Span['record'],
): Metric | undefined {
  const name = entry.value.record?.[key];
  if (name === undefined) return undefined;
  const metric = refer(context, metrics, name, entry.origin.of('record', key));
  if (metric === undefined) entry.repaired.add('record');
  return metric;
}

function outcomeOf(context: Context, entry: Entry<SpecSpan>, labels: Targets<Label>): Span['outcome'] {
  const outcome = entry.value.outcome;
  if (outcome === undefined) return undefined;
  const label = refer(context, labels, outcome.label, entry.origin.of('outcome', 'label'));
  if (label === undefined) {
    entry.repaired.add('outcome');
    return undefined;
  }
  return Object.freeze({ label, ok: outcome.ok, error: outcome.error });
}

/** `spans`. */
export function resolveSpans(
  context: Context,
  labels: Targets<Label>,
  metrics: Targets<Metric>,
): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>();
  const entries = entriesAt(context, ['spans'], context.spec.spans);
  const names = targetsOf(
    'span',
    'spans',
    'OBS3003',
    new Map(entries.map((each) => [each.name, each])),
    undefined,
  );
  for (const entry of entries) {
    const { name, value, origin } = entry;
    const attributes = attributesOf(context, entry, labels);
    const constants = applyConvention(context, entry, attributes);
    const children = itemsOf(origin, value.children, 'children').filter(
      (child) => refer(context, names, child.name, child.range, value.children) !== undefined,
    );
    const count = recorded(context, entry, metrics, 'count');
    const duration = recorded(context, entry, metrics, 'duration');
    const firstChunk = recorded(context, entry, metrics, 'firstChunk');
    const outcome = outcomeOf(context, entry, labels);
    spans.set(
      name,
      Object.freeze({
        name,
        kind: value.kind,
        description: value.description,
        convention: value.convention,
        attributes: frozenList(attributes),
        constants,
        record: Object.freeze({ count, duration, firstChunk }),
        outcome,
        children: frozenList(children.map((child) => child.name)),
        origin,
        repaired: frozenRepairs(entry.repaired),
      }),
    );
  }
  return spans;
}
