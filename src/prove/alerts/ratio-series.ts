import type { Label, Model, RatioCondition } from '../../model/model.js';
import type { Expr, VectorSelector } from '../../promql/ast.js';
import type { TestSeries } from '../series.js';
import { grows, seriesOf, type Phase } from './counters.js';
import { rowsOf, selects, valuesOf, type Labels, type Row } from './rows.js';

/** A selector whose rate is added to a side of the ratio, or taken from it. */
interface Term {
  readonly selector: VectorSelector;
  readonly sign: 1 | -1;
}

/** The selectors that a side of a ratio adds up; undefined where it does more than that. */
export function termsOf(expr: Expr, sign: 1 | -1 = 1): readonly Term[] | undefined {
  switch (expr.kind) {
    case 'paren':
      return termsOf(expr.expr, sign);
    case 'selector':
      return expr.metric === undefined || expr.offset !== undefined || expr.evaluatedAt !== undefined
        ? undefined
        : [{ selector: expr, sign }];
    case 'aggregation':
      return expr.op === 'sum' ? termsOf(expr.expr, sign) : undefined;
    case 'call': {
      const [only] = expr.args;
      return expr.func === 'rate' && only !== undefined ? termsOf(only, sign) : undefined;
    }
    case 'binary': {
      if (expr.op !== '+' && expr.op !== '-') return undefined;
      const left = termsOf(expr.left, sign);
      const right = termsOf(expr.right, expr.op === '+' ? sign : sign === 1 ? -1 : 1);
      return left === undefined || right === undefined ? undefined : [...left, ...right];
    }
    default:
      return undefined;
  }
}

/** A series and how often each side counts it. */
export interface Counted extends Row {
  readonly part: number;
  readonly whole: number;
}

/** The series of one group. */
export interface Universe {
  readonly group: Labels;
  /** Series that the part counts, the first of them what tests feed. */
  readonly part: readonly Counted[];
  /** Series that only the whole counts. */
  readonly rest: readonly Counted[];
  /** Series that neither counts and that differ in one label from one that is counted. */
  readonly strangers: readonly Row[];
}

function count(terms: readonly Term[], row: Row): number {
  return terms.reduce(
    (sum, { selector, sign }) => (selects(selector, row.metric, row.labels) ? sum + sign : sum),
    0,
  );
}

function difference(a: Labels, b: Labels): number {
  return [...a].filter(([label, value]) => b.get(label) !== value).length;
}

/** What is known of both sides. */
export interface Sides {
  readonly part: readonly Term[];
  readonly whole: readonly Term[];
}

/** The series that matter to a ratio, within one group. */
export function universe(model: Model, { part, whole }: Sides, group: Labels): Universe {
  const selectors = [...part, ...whole].map(({ selector }) => selector);
  const metrics = [...new Set(selectors.map(({ metric }) => metric ?? ''))];
  const rows = metrics.flatMap((metric) => {
    const reading = selectors.filter((selector) => selector.metric === metric);
    return rowsOf(model, metric, reading, group).map((row) => ({
      ...row,
      part: count(part, row),
      whole: count(whole, row),
    }));
  });
  const counted = rows.filter((row) => row.part !== 0 || row.whole !== 0);
  return {
    group,
    part: rows.filter((row) => row.part > 0 && row.whole >= 0),
    rest: rows.filter((row) => row.part === 0 && row.whole > 0),
    strangers: rows
      .filter((row) => row.part === 0 && row.whole === 0)
      .filter((row) =>
        counted.some((each) => each.metric === row.metric && difference(each.labels, row.labels) === 1),
      ),
  };
}

/** Two values of each label that the ratio is grouped by: one group to break, one that stays as it was. */
export function groupsOf(
  condition: RatioCondition,
  { part, whole }: Sides,
): readonly [Labels, Labels | undefined] | undefined {
  const selectors = [...part, ...whole].map(({ selector }) => selector);
  const values = condition.by.map((label: Label): readonly [string, readonly string[]] => {
    const matchers = selectors.flatMap((selector) => selector.matchers);
    const admitted = valuesOf(label.wire, label, matchers).filter((value) =>
      selectors.every(({ metric, matchers: own }) =>
        own.every(
          (matcher) =>
            matcher.label !== label.wire ||
            selects(
              { kind: 'selector', metric, matchers: [matcher] },
              metric ?? '',
              new Map([[label.wire, value]]),
            ),
        ),
      ),
    );
    return [label.wire, admitted];
  });
  if (values.some(([, admitted]) => admitted.length === 0)) return undefined;
  const first = new Map(values.map(([label, [value = '']]) => [label, value]));
  const second = new Map(values.map(([label, [value = '', other = value]]) => [label, other]));
  const isOther = values.some(([, admitted]) => admitted.length > 1);
  return [first, isOther ? second : undefined];
}

/** What a group does for a while: events of the whole in each interval, and the share of the part. */
export interface Traffic {
  readonly intervals: number;
  readonly events: number;
  readonly share: number;
}

/** How the series of a group are chosen from its universe. */
export interface Choice {
  readonly part?: Counted | undefined;
  readonly rest?: readonly Counted[];
}

/** The part's events are spread unequally, so that a rule which kept a label of theirs would see other shares. */
const partShares = [0.75, 0.25];

/** The part that a series has in the events of its side. */
interface Loaded {
  readonly row: Counted;
  readonly portion: number;
}

function spreadPart(rows: readonly Counted[]): readonly Loaded[] {
  const [first, ...others] = rows;
  if (first === undefined) return [];
  const twin = others.find((row) => row.metric === first.metric && isTwin(row, first));
  if (twin === undefined) return [{ row: first, portion: 1 }];
  return [first, twin].map((row, index) => ({ row, portion: partShares[index] ?? 0 }));
}

/**
 * Counters that make a share: the events of either side are spread over two series that differ in every label that nothing asks for.
 * @returns undefined where the series cannot make it
 */
export function traffic(
  { part, rest }: Universe,
  phases: readonly Traffic[],
  choice: Choice = {},
): readonly TestSeries[] | undefined {
  const ofPart = choice.part === undefined ? spreadPart(part) : [{ row: choice.part, portion: 1 }];
  const ofRest = choice.rest ?? spreadRest(rest);
  const [first] = ofPart;
  if (first === undefined) return undefined;
  const { part: weight, whole } = first.row;
  if (ofPart.some(({ row }) => row.part !== weight || row.whole !== whole)) return undefined;
  // Events of the whole that are not of the part.
  const left = phases.map(({ events, share }) => events - (whole * events * share) / weight);
  if (left.some((events) => events < -1e-9 || (ofRest.length === 0 && events > 1e-9))) return undefined;
  const steps = (of: (phase: Traffic, index: number) => number): readonly Phase[] =>
    phases.map((phase, index) => ({ intervals: phase.intervals, step: of(phase, index) }));
  return [
    ...ofPart.map(({ row, portion }) =>
      seriesOf(row, grows(steps(({ events, share }) => (events * share * portion) / weight))),
    ),
    ...ofRest.map((row) =>
      seriesOf(row, grows(steps((_, index) => Math.max(0, left[index] ?? 0) / ofRest.length / row.whole))),
    ),
  ];
}

/** Whether two series differ in labels that nothing asks for alone: the second is the first of another instance. */
function isTwin(a: Row, b: Row): boolean {
  return a.labels.get('instance') !== b.labels.get('instance') && a.twinOf === b.twinOf;
}

/** One series of the rest, and its twin that differs in the labels that nothing asks for. */
export function spreadRest(rest: readonly Counted[]): readonly Counted[] {
  const [first, ...others] = rest;
  if (first === undefined) return [];
  const twin = others.find((row) => row.metric === first.metric && isTwin(row, first));
  return twin === undefined ? [first] : [first, twin];
}
