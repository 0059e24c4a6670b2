import type { Binary, BinaryOperator, VectorMatching } from '../ast.js';
import { isComparison } from '../precedence.js';
import { EvaluationError } from './error.js';
import { LabelFilter, nameless, type LabelSet } from './labels.js';
import type { Sample } from './sample.js';
import { power } from './sums.js';

/** A value, and whether a comparison lets it pass. */
interface Outcome {
  readonly value: number;
  readonly passes: boolean;
}

function compare(op: BinaryOperator, left: number, right: number): boolean {
  switch (op) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '>':
      return left > right;
    case '<':
      return left < right;
    case '>=':
      return left >= right;
    case '<=':
      return left <= right;
    default:
      throw new EvaluationError(`${op} is no comparison`);
  }
}

function calculate(op: BinaryOperator, left: number, right: number): number {
  switch (op) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '^':
      return power(left, right);
    case 'atan2':
      return Math.atan2(left, right);
    default:
      throw new EvaluationError(`${op} is no arithmetic`);
  }
}

/** atan2 alone of all arithmetic keeps the metric's name in Prometheus 2. */
function dropsName(op: BinaryOperator): boolean {
  return !isComparison(op) && op !== 'atan2';
}

function outcome(op: BinaryOperator, left: number, right: number): Outcome {
  return isComparison(op)
    ? { value: left, passes: compare(op, left, right) }
    : { value: calculate(op, left, right), passes: true };
}

function asBool({ passes }: Outcome): Outcome {
  return { value: passes ? 1 : 0, passes: true };
}

/** Two numbers joined; a comparison is 0 or 1. */
export function ofScalars(op: BinaryOperator, left: number, right: number): number {
  return isComparison(op) ? Number(compare(op, left, right)) : calculate(op, left, right);
}

/** A vector joined with a number on either side; a comparison keeps the vector's values. */
export function withScalar(
  { op, bool }: Binary,
  samples: readonly Sample[],
  scalar: number,
  scalarIsLeft: boolean,
): readonly Sample[] {
  const found: Sample[] = [];
  for (const { labels, value } of samples) {
    const [left, right] = scalarIsLeft ? [scalar, value] : [value, scalar];
    const plain = outcome(op, left, right);
    const result = bool === true ? asBool(plain) : isComparison(op) ? { ...plain, value } : plain;
    if (result.passes)
      found.push({
        labels: dropsName(op) || bool === true ? labels.filter(nameless) : labels,
        value: result.value,
      });
  }
  return found;
}

/** Which labels have to agree for two samples to match. */
function signatureOf(matching: VectorMatching | undefined): LabelFilter {
  return matching?.mode === 'on'
    ? new LabelFilter('keep', matching.labels)
    : new LabelFilter('drop', [...(matching?.labels ?? []), '__name__']);
}

const signatures = new WeakMap<Binary, LabelFilter>();

function signature(expr: Binary): LabelFilter {
  const known = signatures.get(expr);
  if (known !== undefined) return known;
  const made = signatureOf(expr.matching);
  signatures.set(expr, made);
  return made;
}

/** and, or, unless. */
export function setOperation(
  expr: Binary,
  left: readonly Sample[],
  right: readonly Sample[],
): readonly Sample[] {
  const filter = signature(expr);
  const keys = (samples: readonly Sample[]): Set<LabelSet> =>
    new Set(samples.map(({ labels }) => labels.filter(filter)));
  if (expr.op === 'or') {
    const taken = keys(left);
    return [...left, ...right.filter(({ labels }) => !taken.has(labels.filter(filter)))];
  }
  const wanted = expr.op === 'and';
  const others = keys(right);
  return left.filter(({ labels }) => others.has(labels.filter(filter)) === wanted);
}

const resultFilters = new WeakMap<VectorMatching, LabelFilter>();

/** What of the labels of a sample stays where one matches one. */
function resultFilter(matching: VectorMatching): LabelFilter {
  const known = resultFilters.get(matching);
  if (known !== undefined) return known;
  const made = new LabelFilter(matching.mode === 'on' ? 'keep' : 'drop', matching.labels);
  resultFilters.set(matching, made);
  return made;
}

/** The labels of a result: those of the side that there may be many of, as the matching asks. */
function resultLabels({ op, matching }: Binary, many: LabelSet, one: LabelSet): LabelSet {
  let labels = dropsName(op) ? many.filter(nameless) : many;
  if (matching === undefined) return labels;
  if (matching.group === undefined) return labels.filter(resultFilter(matching));
  if (matching.group.include.length > 0)
    labels = labels.with(matching.group.include.map((name) => [name, one.get(name)] as const));
  return labels;
}

/** Arithmetic and comparisons of two vectors. @throws EvaluationError where the samples do not match one to one, or as grouped */
export function ofVectors(
  expr: Binary,
  left: readonly Sample[],
  right: readonly Sample[],
): readonly Sample[] {
  const { op, bool, matching } = expr;
  if (left.length === 0 || right.length === 0) return [];
  const manyIsRight = matching?.group?.side === 'right';
  const [many, ones] = manyIsRight ? [right, left] : [left, right];
  const filter = signature(expr);
  const bySignature = new Map<LabelSet, Sample>();
  for (const one of ones) {
    const key = one.labels.filter(filter);
    if (bySignature.has(key))
      throw new EvaluationError(
        `found duplicate series for a match group on the ${manyIsRight ? 'left' : 'right'} hand-side of the operation; ` +
          'many-to-many matching not allowed: matching labels must be unique on one side',
      );
    bySignature.set(key, one);
  }
  const matched = new Map<LabelSet, Set<LabelSet>>();
  const found: Sample[] = [];
  for (const each of many) {
    const key = each.labels.filter(filter);
    const one = bySignature.get(key);
    if (one === undefined) continue;
    const plain = manyIsRight ? outcome(op, one.value, each.value) : outcome(op, each.value, one.value);
    const result = bool === true ? asBool(plain) : plain;
    if (!result.passes) continue;
    const made = resultLabels(expr, each.labels, one.labels);
    const labels = bool === true ? made.filter(nameless) : made;
    const before = matched.get(key);
    if (before !== undefined && matching?.group === undefined)
      throw new EvaluationError(
        'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)',
      );
    if (before?.has(labels) === true)
      throw new EvaluationError('multiple matches for labels: grouping labels must ensure unique matches');
    if (before === undefined) matched.set(key, new Set([labels]));
    else before.add(labels);
    found.push({ labels, value: result.value });
  }
  return found;
}
