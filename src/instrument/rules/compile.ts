import { succeed } from '../../diagnostics/create.js';
import type { Outcome } from '../../diagnostics/diagnostic.js';
import { helperNames, type HelperNames } from '../../emit/typescript/names.js';
import type { Metric, Model, Span } from '../../model/model.js';
import type { AttributePaths, Match, Rule } from '../../spec/spec.js';
import type { HelperReference, Insertion, PathEntries } from '../insertion.js';
import { literalText, readPath } from '../paths/path.js';
import { type InstrumentPreset } from './preset-texts.js';
import { presetRules } from './presets.js';
import { consoleCalls, type CompiledRule, type RuleAction } from './rule-data.js';
import type { RuleData } from './rule-set.js';

type Names = Pick<HelperNames, 'span' | 'metric' | 'event'>;

interface Context {
  readonly model: Model;
  readonly names: Names;
  readonly style: Insertion['style'];
}

/**
 * The rules of a spec as plain data: its own in their order, then those of its presets. Of rules that name what the spec does not have,
 * which the checks have reported, that part is left out; a rule with nothing left is left out whole. Rules of presets set those
 * attributes that the spec's span has.
 */
export function compileRules(model: Model, names: Names = helperNames(model)): Outcome<RuleData> {
  const section = model.sections.instrument;
  const context: Context = { model, names, style: section?.style ?? 'wrap' };
  const own = (section?.rules ?? []).map((rule, index) => ({
    rule,
    label: rule.name ?? `instrument.rules[${index}]`,
  }));
  const ofPresets = (section?.presets ?? []).flatMap((preset: InstrumentPreset) =>
    presetRules(preset).map((rule, index) => ({
      rule,
      label: `preset ${preset}: ${rule.name ?? String(index)}`,
    })),
  );
  const rules: CompiledRule[] = [];
  for (const { rule, label } of [...own, ...ofPresets]) {
    const compiled = compileRule(context, rule, label, rules.length);
    if (compiled !== undefined) rules.push(compiled);
  }
  return succeed({ rules });
}

function compileRule(context: Context, rule: Rule, label: string, index: number): CompiledRule | undefined {
  const action = actionOfRule(rule);
  const insertion: Insertion =
    action === undefined
      ? insertionOf(context, rule, index)
      : { rule: index, attributes: [], style: context.style, ...(action !== 'leave' && { action }) };
  const { span, count, time, log } = insertion;
  if (action === undefined && [span, count, time, log].every((each) => each === undefined)) return undefined;
  return { label, match: matchOf(rule), not: [rule.not ?? []].flat(), insertion, action };
}

function actionOfRule(rule: Rule): RuleAction | undefined {
  if (rule.leave === true) return 'leave';
  if (rule.console === true) return 'console';
  return rule.context === true ? 'context' : undefined;
}

function matchOf({ match, console }: Rule): Match {
  return console === true && match.call === undefined ? { ...match, call: consoleCalls } : match;
}

function insertionOf({ model, names, style }: Context, rule: Rule, index: number): Insertion {
  const span = rule.span === undefined ? undefined : model.spans.get(rule.span);
  const counter = metricOf(model, rule.count?.metric, 'counter');
  const histogram = metricOf(model, rule.time?.metric, 'histogram');
  const event = rule.log === undefined ? undefined : model.logs.events.get(rule.log.event);
  return {
    rule: index,
    style,
    attributes: span === undefined ? [] : entriesOf(rule.attributes, span.attributes),
    ...(span !== undefined && { span: referenceTo(span, names.span(span)) }),
    ...(counter !== undefined && {
      count: {
        metric: referenceTo(counter, names.metric(counter)),
        labels: entriesOf(rule.count?.labels, labelsOf(counter)),
      },
    }),
    ...(histogram !== undefined && {
      time: {
        metric: referenceTo(histogram, names.metric(histogram)),
        labels: entriesOf(rule.time?.labels, labelsOf(histogram)),
      },
    }),
    ...(event !== undefined && {
      log: {
        event: referenceTo(event, names.event(event)),
        fields: entriesOf(rule.log?.fields, event.fields),
      },
    }),
  };
}

function metricOf(model: Model, name: string | undefined, type: Metric['type']): Metric | undefined {
  const metric = name === undefined ? undefined : model.metrics.get(name);
  return metric?.type === type ? metric : undefined;
}

/** What takes a value: an attribute, a label, a field. */
interface Taker {
  readonly name: string;
  readonly type: string;
}

/** Helpers take labels by their names on the wire. */
function labelsOf(metric: Metric): readonly Taker[] {
  return metric.labels.map(({ wire }) => ({ name: wire, type: 'string' }));
}

function referenceTo({ name }: Pick<Span, 'name'>, member: string): HelperReference {
  return { name, member };
}

function entriesOf(paths: AttributePaths | undefined, takers: readonly Taker[]): PathEntries {
  return Object.entries(paths ?? {}).flatMap(([name, path]) => {
    const taker = takers.find((each) => each.name === name);
    return taker === undefined ? [] : [[name, taker.type === 'string' ? asText(path) : path] as const];
  });
}

/** A number that is written down for a text is one: `version: =2` is the text 2. */
function asText(path: string): string {
  const read = readPath(path);
  if (!('path' in read) || read.path.kind !== 'literal' || typeof read.path.value === 'string') return path;
  return literalText(path.slice(1));
}
