import { diagnostic } from '../../diagnostics/create.js';
import { nearest } from '../../diagnostics/did-you-mean.js';
import type { Diagnostic, Range } from '../../diagnostics/diagnostic.js';
import type { Expr, Position, VectorSelector } from '../../promql/ast.js';
import { rangeIn } from '../../promql/query.js';
import { selectors, walk } from '../../promql/walk.js';
import type { ExternalMetric, Metric, Query } from '../model.js';
import { wiresOf } from './groupings.js';
import { isInfrastructureLabel } from './infrastructure-labels.js';
import { knownSeries, type KnownSeries } from './known-series.js';
import { queriesOf } from './query-list.js';
import type { CheckInput, Rule } from './rule.js';
import { itsLabels, plainList } from './words.js';

interface Named {
  readonly name: string;
  readonly at: Position | undefined;
}

/** The name that a selector reads, also where it is written as `{__name__="x"}`. */
function nameOf(selector: VectorSelector): Named | undefined {
  if (selector.metric !== undefined) return { name: selector.metric, at: selector.metricAt ?? selector.at };
  const matcher = selector.matchers.find((each) => each.label === '__name__' && each.operator === '=');
  if (matcher === undefined) return undefined;
  const { value: name, valueAt, at } = matcher;
  // Without its quotes, so that the name alone is shown and replaced.
  return { name, at: valueAt === undefined ? at : { from: valueAt.from + 1, to: valueAt.to - 1 } };
}

interface Scope {
  readonly input: CheckInput;
  readonly known: KnownSeries;
  readonly query: Query;
  readonly subject: Metric | ExternalMetric | undefined;
  /** Names on the wire of the spec's labels: such a label comes from the program and from nowhere else. */
  readonly wires: ReadonlySet<string>;
}

function place({ query }: Scope, at: Position | undefined): Range {
  return at === undefined ? query.text.range : rangeIn(query.text, at);
}

function unknownMetric(scope: Scope, { name, at }: Named): Diagnostic {
  const { help, replacement } = scope.known.hint(name);
  const range = place(scope, at);
  return diagnostic('OBS3110', {
    message: `unknown metric \`${name}\``,
    range,
    help,
    fix: replacement === undefined ? undefined : { range, text: replacement },
  });
}

/** A label that the metrics of a query lack: an error where it can only be meant to come from the program, else a warning. */
function unknownLabel(
  scope: Scope,
  label: string,
  at: Position | undefined,
  metrics: readonly (Metric | ExternalMetric)[],
): Diagnostic | undefined {
  if (isInfrastructureLabel(label)) return undefined;
  const lists = metrics.map(wiresOf);
  const labels = [...new Set(lists.flatMap((each) => each ?? []))];
  if (lists.includes(undefined) || labels.includes(label)) return undefined;
  const range = place(scope, at);
  const isHistogram = metrics.some((metric) => metric.type === 'histogram');
  const near =
    nearest(label, labels) ?? (isHistogram && /^(?:.le|l.e|le.|el)$/.test(label) ? 'le' : undefined);
  const names = plainList([...new Set(metrics.map((metric) => `\`${metric.name}\``))]);
  const related = metrics.slice(0, 2).map((metric) => ({
    range: metric.origin.key,
    message: `\`${metric.name}\` is declared here`,
  }));
  const has = metrics.length === 1 ? 'has' : 'have';
  if (near === undefined && !scope.wires.has(label)) {
    return diagnostic('OBS3112', {
      message: `${names} ${has} no label \`${label}\` of its own`,
      range,
      related,
      help: `${itsLabels(labels)}; accept this with \`suppress\` where the scrape adds \`${label}\``,
    });
  }
  return diagnostic('OBS3111', {
    message: `${names} ${has} no label \`${label}\``,
    range,
    related,
    help: near === undefined ? itsLabels(labels) : `did you mean \`${near}\`?`,
    fix: near === undefined ? undefined : { range, text: near },
  });
}

function* matchersOf(
  scope: Scope,
  selector: VectorSelector,
  metric: Metric | ExternalMetric,
): Iterable<Diagnostic> {
  for (const matcher of selector.matchers) {
    // Asking for the absence of a label is no mistake.
    if (matcher.operator === '=' && matcher.value === '') continue;
    const found = unknownLabel(scope, matcher.label, matcher.labelAt ?? matcher.at, [metric]);
    if (found !== undefined) yield found;
  }
}

/** Functions and aggregations after which a series can have labels that its metric lacks, or lacks labels that it has. */
function changesLabels(expr: Expr): boolean {
  let changes = false;
  walk(expr, (each) => {
    if (each.kind === 'aggregation') changes = true;
    if (
      each.kind === 'call' &&
      ['label_replace', 'label_join', 'info', 'absent', 'absent_over_time'].includes(each.func)
    ) {
      changes = true;
    }
    if (each.kind === 'binary' && each.matching?.group !== undefined) changes = true;
  });
  return changes;
}

/** The metrics below an expression; undefined where one is not known, or where its labels may have changed on the way. */
function metricsBelow(
  scope: Scope,
  ...exprs: readonly Expr[]
): readonly (Metric | ExternalMetric)[] | undefined {
  if (exprs.some(changesLabels)) return undefined;
  const metrics = exprs.flatMap(selectors).map((selector) => {
    const named = nameOf(selector);
    return named === undefined ? undefined : scope.known.find(named.name)?.metric;
  });
  const found = metrics.filter((metric) => metric !== undefined);
  return found.length === metrics.length && found.length > 0 ? [...new Set(found)] : undefined;
}

function* groupings(scope: Scope, expr: Expr): Iterable<Diagnostic> {
  const labels =
    expr.kind === 'aggregation' ? expr.grouping : expr.kind === 'binary' ? expr.matching : undefined;
  if (labels === undefined || labels.labels.length === 0) return;
  const metrics =
    expr.kind === 'aggregation'
      ? metricsBelow(scope, expr.expr)
      : expr.kind === 'binary'
        ? metricsBelow(scope, expr.left, expr.right)
        : undefined;
  if (metrics === undefined) return;
  for (const [index, label] of labels.labels.entries()) {
    const found = unknownLabel(scope, label, labels.labelsAt?.[index] ?? expr.at, metrics);
    if (found !== undefined) yield found;
  }
}

function* namesIn(scope: Scope, expr: Expr): Iterable<Diagnostic> {
  for (const selector of selectors(expr)) {
    const named = nameOf(selector);
    if (named === undefined) {
      if (scope.subject !== undefined) yield* matchersOf(scope, selector, scope.subject);
      continue;
    }
    const metric = scope.known.find(named.name)?.metric;
    if (metric !== undefined) yield* matchersOf(scope, selector, metric);
    else if (!scope.known.isMadeElsewhere(named.name) && !isOfRepairedType(scope, named.name)) {
      yield unknownMetric(scope, named);
    }
  }
  const all: Expr[] = [];
  walk(expr, (each) => all.push(each));
  for (const each of all) yield* groupings(scope, each);
}

/** Whether a metric exists whose type, and with it the names of its series, is not what the author wrote. */
function isOfRepairedType({ input }: Scope, name: string): boolean {
  const { metrics } = input.model;
  const metric = metrics.get(name) ?? metrics.get(name.replace(/_(?:bucket|sum|count)$/, ''));
  return metric?.repaired.has('type') ?? false;
}

/** OBS3110, OBS3111, OBS3112: the metrics and labels that queries name exist. */
export const queryNames: Rule = function* (input) {
  const known = knownSeries(input.model, input.spec.presets ?? []);
  const wires = new Set([...input.model.labels.values()].map((label) => label.wire));
  for (const { query, subject } of queriesOf(input.model)) {
    if (query.expr !== undefined) yield* namesIn({ input, known, query, subject, wires }, query.expr);
  }
};
