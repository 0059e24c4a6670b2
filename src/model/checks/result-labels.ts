import type { Aggregation, Binary, Call, Expr, VectorSelector } from '../../promql/ast.js';
import { seriesNamed, type SeriesSource } from '../series.js';
import { wiresOf } from './groupings.js';
import { isInfrastructureLabel } from './infrastructure-labels.js';

/**
 * The labels that the series of a result can have, as far as the syntax tells: `closed` where there are certainly no others, open where
 * the scrape may have added some. Undefined: nothing is certain.
 */
export interface ResultLabels {
  readonly closed: boolean;
  readonly labels: ReadonlySet<string>;
}

const closed = (labels: Iterable<string>): ResultLabels => ({ closed: true, labels: new Set(labels) });

function ofSelector(
  source: SeriesSource,
  { metric: name, matchers }: VectorSelector,
): ResultLabels | undefined {
  const metric = name === undefined ? undefined : seriesNamed(source, name)?.metric;
  const labels = metric === undefined ? undefined : wiresOf(metric);
  if (labels === undefined) return undefined;
  return { closed: false, labels: new Set([...labels, ...matchers.map((matcher) => matcher.label)]) };
}

/** Aggregations that pick series and leave their labels as they are. */
const picking: ReadonlySet<string> = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio']);

function ofAggregation(source: SeriesSource, expr: Aggregation): ResultLabels | undefined {
  const inner = resultLabels(source, expr.expr);
  if (picking.has(expr.op)) return inner;
  if (expr.grouping?.mode === 'without') {
    return inner && { closed: inner.closed, labels: minus(inner.labels, expr.grouping.labels) };
  }
  const kept = expr.grouping?.labels ?? [];
  // A label that the series lack is reported, and which one was meant is not known.
  if (
    inner?.closed === false &&
    kept.some((label) => !inner.labels.has(label) && !isInfrastructureLabel(label))
  )
    return undefined;
  const added = expr.op === 'count_values' && expr.parameter?.kind === 'string' ? [expr.parameter.value] : [];
  // What is grouped by and was dropped before is empty.
  return closed([...kept.filter((label) => inner?.closed !== true || inner.labels.has(label)), ...added]);
}

function minus(labels: ReadonlySet<string>, removed: readonly string[]): ReadonlySet<string> {
  return new Set([...labels].filter((label) => !removed.includes(label)));
}

/** Functions that yield one value without labels. */
const unlabelled: ReadonlySet<string> = new Set(['vector', 'scalar', 'time', 'pi']);

function ofCall(source: SeriesSource, expr: Call): ResultLabels | undefined {
  const { func, args } = expr;
  if (unlabelled.has(func)) return closed([]);
  if (func === 'info') return undefined;
  if (func === 'absent' || func === 'absent_over_time') {
    const [selector] = args;
    return selector?.kind === 'selector'
      ? closed(selector.matchers.filter((each) => each.operator === '=').map((each) => each.label))
      : closed([]);
  }
  if (args.length === 0) return closed([]);
  const vector = args.find((arg) => arg.kind !== 'number' && arg.kind !== 'string');
  const inner = vector === undefined ? undefined : resultLabels(source, vector);
  if (inner === undefined) return undefined;
  if (func === 'histogram_quantile') return { closed: inner.closed, labels: minus(inner.labels, ['le']) };
  if (func === 'label_replace' || func === 'label_join') {
    const target = args[1];
    return target?.kind === 'string'
      ? { closed: inner.closed, labels: new Set([...inner.labels, target.value]) }
      : undefined;
  }
  return inner;
}

/** Whether an expression is a number and has no series at all. */
function isNumber(expr: Expr): boolean {
  switch (expr.kind) {
    case 'number':
      return true;
    case 'paren':
    case 'unary':
      return isNumber(expr.expr);
    case 'binary':
      return isNumber(expr.left) && isNumber(expr.right);
    case 'call':
      return expr.func === 'scalar' || expr.func === 'time' || expr.func === 'pi';
    default:
      return false;
  }
}

/** Both sides of a one-to-one match have the same labels: what either lacks for certain, the result lacks. */
function common(left: ResultLabels | undefined, right: ResultLabels | undefined): ResultLabels | undefined {
  if (left?.closed === true && right?.closed === true) {
    return closed([...left.labels].filter((label) => right.labels.has(label)));
  }
  return left?.closed === true ? left : right?.closed === true ? right : left;
}

function ofBinary(source: SeriesSource, expr: Binary): ResultLabels | undefined {
  const { op, left, right, matching } = expr;
  if (isNumber(left)) return resultLabels(source, right);
  const ofLeft = resultLabels(source, left);
  if (isNumber(right) || op === 'and' || op === 'unless') return ofLeft;
  const ofRight = resultLabels(source, right);
  if (op === 'or') {
    if (ofLeft === undefined || ofRight === undefined) return undefined;
    return {
      closed: ofLeft.closed && ofRight.closed,
      labels: new Set([...ofLeft.labels, ...ofRight.labels]),
    };
  }
  if (matching?.group !== undefined) {
    const many = matching.group.side === 'left' ? ofLeft : ofRight;
    return many && { closed: many.closed, labels: new Set([...many.labels, ...matching.group.include]) };
  }
  if (matching?.mode === 'on') return closed(matching.labels);
  if (matching?.mode === 'ignoring') {
    return ofLeft && { closed: ofLeft.closed, labels: minus(ofLeft.labels, matching.labels) };
  }
  return common(ofLeft, ofRight);
}

/** The labels of an expression's result. */
export function resultLabels(source: SeriesSource, expr: Expr): ResultLabels | undefined {
  switch (expr.kind) {
    case 'selector':
      return ofSelector(source, expr);
    case 'aggregation':
      return ofAggregation(source, expr);
    case 'call':
      return ofCall(source, expr);
    case 'binary':
      return ofBinary(source, expr);
    case 'paren':
    case 'unary':
    case 'subquery':
      return resultLabels(source, expr.expr);
    case 'number':
    case 'string':
      return closed([]);
  }
}
