import type { Call, Expr, Grouping, Matcher, VectorSelector } from '../ast.js';

function unwrapped(expr: Expr): Expr {
  return expr.kind === 'paren' ? unwrapped(expr.expr) : expr;
}

function isSameDuration(a: VectorSelector['range'], b: VectorSelector['range']): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.kind === 'duration') return b.kind === 'duration' && a.seconds === b.seconds;
  return b.kind === 'variable' && a.name === b.name;
}

function isSameMatcher(a: Matcher, b: Matcher): boolean {
  return a.label === b.label && a.operator === b.operator && a.value === b.value;
}

/** Whether each group of the first lies within one group of the second. */
function isFiner(a: Grouping | undefined, b: Grouping | undefined): boolean {
  const [mode, other] = [a?.mode ?? 'by', b?.mode ?? 'by'];
  const [fine, coarse] = [a?.labels ?? [], b?.labels ?? []];
  if (mode !== other) return false;
  return mode === 'by'
    ? coarse.every((each) => fine.includes(each))
    : fine.every((each) => coarse.includes(each));
}

const histogramPart = /_(?:bucket|sum|count)$/;

/** `subset`: the first counts some of the events of the second; `mean`: the first adds up what the second counts. */
type Dominance = 'subset' | 'mean' | undefined;

function ofSelectors(part: VectorSelector, whole: VectorSelector): Dominance {
  if (!isSameDuration(part.range, whole.range) || !isSameDuration(part.offset, whole.offset))
    return undefined;
  const { matchers } = part;
  if (!whole.matchers.every((each) => matchers.some((other) => isSameMatcher(each, other)))) return undefined;
  if (part.metric === undefined || whole.metric === undefined) return undefined;
  if (part.metric === whole.metric) return 'subset';
  if (part.metric.replace(histogramPart, '') !== whole.metric.replace(histogramPart, '')) return undefined;
  if (!whole.metric.endsWith('_count')) return undefined;
  if (part.metric.endsWith('_sum')) return 'mean';
  const isOneBucket = matchers.some(({ label, operator }) => label === 'le' && operator === '=');
  return part.metric.endsWith('_bucket') && isOneBucket ? 'subset' : undefined;
}

function ofCalls(part: Call, whole: Call): Dominance {
  if (part.func !== whole.func || !['rate', 'increase', 'irate'].includes(part.func)) return undefined;
  const [a, b] = [part.args[0], whole.args[0]];
  return a?.kind === 'selector' && b?.kind === 'selector' ? ofSelectors(a, b) : undefined;
}

/** Whether a quotient's numerator can only be there where its denominator is: then it is never infinite. */
export function dominates(numerator: Expr, denominator: Expr): Dominance {
  const [part, whole] = [unwrapped(numerator), unwrapped(denominator)];
  // A guard leaves the denominator what it was.
  if (whole.kind === 'binary' && ['>', '>=', '!='].includes(whole.op) && whole.right.kind === 'number') {
    return dominates(part, whole.left);
  }
  if (part.kind === 'aggregation' && whole.kind === 'aggregation') {
    if (part.op !== 'sum' || whole.op !== 'sum') return undefined;
    return isFiner(part.grouping, whole.grouping) ? dominates(part.expr, whole.expr) : undefined;
  }
  return part.kind === 'call' && whole.kind === 'call' ? ofCalls(part, whole) : undefined;
}
