import { diagnostic } from '../../../diagnostics/create.js';
import { nearest } from '../../../diagnostics/did-you-mean.js';
import type { Diagnostic } from '../../../diagnostics/diagnostic.js';
import type { CheckInput, Rule as Check } from '../../../model/checks/rule.js';
import { plainList, quotedList } from '../../../model/checks/words.js';
import type { AttributeType, FieldType, Label, Span, SpanAttribute } from '../../../model/model.js';
import { rangeIn } from '../../../promql/query.js';
import { readPath, type Literal, type Path } from '../../paths/path.js';
import { writtenRules, type WrittenRule } from './written-rule.js';

/** What takes a value: an attribute, a label or a field. */
interface Taker {
  readonly name: string;
  readonly what: string;
  readonly type: AttributeType | FieldType;
  readonly label: Label | undefined;
}

/** OBS5008, OBS5011: values that the spec writes itself fit what takes them, and labels that are needed get a value. */
export const ruleValues: Check = function* (input) {
  for (const written of writtenRules(input)) {
    for (const { at, values } of written.paths) {
      const takers = takersOf(input, written, at);
      for (const [name, value] of Object.entries(values)) {
        const taker = takers.find((each) => each.name === name);
        const read = readPath(value);
        if (taker === undefined || !('path' in read)) continue;
        const found = misfit(written, [...at, name], value, taker, read.path);
        if (found !== undefined) yield found;
      }
    }
    const unset = unsetLabels(input, written);
    if (unset !== undefined) yield unset;
  }
};

function takersOf({ model }: CheckInput, { rule }: WrittenRule, at: readonly string[]): readonly Taker[] {
  const labels = (metric: string | undefined): readonly Taker[] =>
    (model.metrics.get(metric ?? '')?.labels ?? []).map((label) => ({
      name: label.wire,
      what: 'the label',
      type: 'string',
      label,
    }));
  switch (at[0]) {
    case 'attributes':
      return (model.spans.get(rule.span ?? '')?.attributes ?? []).map(({ name, type, label }) => ({
        name,
        what: 'the attribute',
        type,
        label,
      }));
    case 'count':
      return labels(rule.count?.metric);
    case 'time':
      return labels(rule.time?.metric);
    default:
      return (model.logs.events.get(rule.log?.event ?? '')?.fields ?? []).map(({ name, type }) => ({
        name,
        what: 'the field',
        type,
        label: undefined,
      }));
  }
}

/** What kind of value a path has for certain. */
function certainValue(path: Path): Literal | undefined {
  if (path.kind === 'literal') return path.value;
  // A text that is known only when the place is.
  if (path.kind === 'fact') return '';
  const isCount = path.root === 'args' && path.steps.length === 1 && path.steps[0]?.name === 'length';
  return isCount ? 0 : undefined;
}

function misfit(
  written: WrittenRule,
  at: readonly string[],
  text: string,
  { name, what, type, label }: Taker,
  path: Path,
): Diagnostic | undefined {
  const place = written.text(text, ...at);
  const value = certainValue(path);
  if (place === undefined || value === undefined) return undefined;
  const range = rangeIn(place, { from: path.kind === 'literal' ? 1 : 0, to: text.length });
  if (label?.bound.kind === 'closed') {
    const { values } = label.bound;
    if (path.kind !== 'literal' || values.includes(String(value))) return undefined;
    const near = nearest(String(value), values);
    return diagnostic('OBS5011', {
      message: `\`${String(value)}\` is not a value of the label \`${label.key}\``,
      range,
      related: [{ range: label.origin.of('values'), message: 'its values are declared here' }],
      help: near === undefined ? `it has ${plainList(values.slice(0, 12))}` : `did you mean \`${near}\`?`,
      fix: near === undefined ? undefined : { range, text: near },
    });
  }
  if (label !== undefined || takes(type, value)) return undefined;
  const shown =
    path.kind === 'literal' ? `\`${text.slice(1)}\` is ${kindOf(value)}` : `\`${text}\` is ${kindOf(value)}`;
  return diagnostic('OBS5011', {
    message: `${shown}, and ${what} \`${name}\` is of type ${type}`,
    range,
    help: `name a value of this type, or change the type of ${what}`,
  });
}

function takes(type: Taker['type'], value: Literal): boolean {
  switch (type) {
    case 'string':
    case 'json':
      // A number or a truth is written as text where one is asked for.
      return true;
    case 'ip':
      return typeof value === 'string';
    case 'int':
      return Number.isInteger(value);
    case 'double':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    default:
      return false;
  }
}

const kindOf = (value: Literal): string =>
  typeof value === 'string' ? 'a text' : typeof value === 'number' ? 'a number' : 'true or false';

/** Attributes that give labels of the span's own metrics their values. */
function neededAttributes({ attributes, record, outcome }: Span): readonly SpanAttribute[] {
  const metrics = [record.count, record.duration, record.firstChunk].filter((each) => each !== undefined);
  const labels = new Set(metrics.flatMap((metric) => metric.labels));
  return attributes.filter(
    ({ label }) => label !== undefined && labels.has(label) && label !== outcome?.label,
  );
}

function unsetLabels({ model }: CheckInput, written: WrittenRule): Diagnostic | undefined {
  const { rule } = written;
  const span = model.spans.get(rule.span ?? '');
  if (span === undefined || span.repaired.has('attributes') || span.repaired.has('record')) return undefined;
  const missing = neededAttributes(span).filter(({ name }) => !Object.hasOwn(rule.attributes ?? {}, name));
  if (missing.length === 0) return undefined;
  const entries = missing.map(({ name, label }) => `${name}: ${exampleOf(name, label)}`);
  return diagnostic('OBS5008', {
    message: `the rule gives no value to ${quotedList(missing.map(({ name }) => name))}, which the metrics of \`${span.name}\` need for a label`,
    range: written.range('span'),
    related: [{ range: span.origin.key, message: 'the span is declared here' }],
    help: `add to \`attributes\` where it comes from, such as { ${entries.join(', ')} }`,
  });
}

/** A value of a label that has few, or the property that is probably called after it. */
function exampleOf(name: string, label: Label | undefined): string {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return label?.bound.kind === 'closed' ? `=${label.bound.values[0] ?? ''}` : `args.0.${last}`;
}
