import type { Expr, Position } from '../promql/ast.js';
import { walk } from '../promql/walk.js';
import type { QuerySyntax } from './feature.js';

/** Something in a query that not every server reads, and where it stands. */
export interface UsedFeature {
  readonly feature: QuerySyntax;
  readonly at: Position | undefined;
}

const durationLiteral = /^(?:\d+(?:ms|[smhdwy]))+$/i;

function isQuoted(text: string, { from, to }: Position): boolean {
  return /^["'`]/.test(text.slice(from, to));
}

/** Where the labels of a clause stand, such as those of by (…) and on (…). */
function clauseLabels(expr: Expr): readonly Position[] {
  if (expr.kind === 'aggregation') return expr.grouping?.labelsAt ?? [];
  if (expr.kind === 'binary')
    return [...(expr.matching?.labelsAt ?? []), ...(expr.matching?.group?.includeAt ?? [])];
  return [];
}

function quotedNames(expr: Expr, text: string): readonly Position[] {
  const places =
    expr.kind === 'selector' ? [expr.metricAt, ...expr.matchers.map(({ labelAt }) => labelAt)] : [];
  return [...places, ...clauseLabels(expr)].flatMap((at) =>
    at !== undefined && isQuoted(text, at) ? [at] : [],
  );
}

/** How a number is written that not every server reads. */
function ofNumber(written: string): QuerySyntax | undefined {
  if (durationLiteral.test(written)) return 'a number written as a duration';
  return /^[\da-fx]+_/i.test(written) ? 'a number with underscores' : undefined;
}

function* ofNode(expr: Expr, text: string): Iterable<UsedFeature> {
  for (const at of quotedNames(expr, text)) yield { feature: 'a name in quotes', at };
  if (expr.kind === 'call') yield { feature: `${expr.func}()`, at: expr.funcAt ?? expr.at };
  if (expr.kind === 'aggregation')
    yield { feature: `the aggregation \`${expr.op}\``, at: expr.opAt ?? expr.at };
  if (expr.kind === 'binary' && expr.op === 'atan2')
    yield { feature: 'the operator `atan2`', at: expr.opAt ?? expr.at };
  if (expr.kind === 'number' && expr.at !== undefined) {
    const feature = ofNumber(text.slice(expr.at.from, expr.at.to));
    if (feature !== undefined) yield { feature, at: expr.at };
  }
  if (expr.kind !== 'selector' && expr.kind !== 'subquery') return;
  if (expr.evaluatedAt !== undefined) yield { feature: 'the modifier `@`', at: expr.at };
  if (expr.offset?.kind === 'duration' && expr.offset.seconds < 0)
    yield { feature: 'a negative offset', at: expr.offset.at ?? expr.at };
}

/**
 * What a query uses that not every server reads, from left to right.
 * @param text what the expression's positions point into; empty for one that nobody wrote
 */
export function featuresOf(expr: Expr, text: string): readonly UsedFeature[] {
  const found: UsedFeature[] = [];
  walk(expr, (each) => {
    found.push(...ofNode(each, text));
  });
  return found.toSorted((a, b) => (a.at?.from ?? 0) - (b.at?.from ?? 0));
}
