import type { Expr, Grouping } from '../../promql/ast.js';
import { printPromql } from '../../promql/print.js';
import { transform } from '../../promql/walk.js';
import type { Duration, Query } from '../../model/model.js';

/** An expression without what has no meaning: spaces, parentheses that change nothing, the order of matchers and of labels in a list. */
export function normalForm(expr: Expr): string {
  const sorted = (grouping: Grouping | undefined): Grouping | undefined =>
    grouping && { mode: grouping.mode, labels: [...grouping.labels].sort() };
  const plain = transform(expr, (each) => {
    if (each.kind === 'paren') return each.expr;
    if (each.kind === 'selector')
      return { ...each, matchers: [...each.matchers].sort((a, b) => compare(matcherKey(a), matcherKey(b))) };
    if (each.kind === 'aggregation') {
      const grouping = sorted(each.grouping);
      return {
        ...each,
        grouping: grouping?.mode === 'by' && grouping.labels.length === 0 ? undefined : grouping,
      };
    }
    if (each.kind === 'binary' && each.matching !== undefined) {
      const { mode, labels, group } = each.matching;
      const include = group && { side: group.side, include: [...group.include].sort() };
      return { ...each, matching: { mode, labels: [...labels].sort(), group: include } };
    }
    return each;
  });
  return printPromql(plain);
}

function matcherKey({ label, operator, value }: { label: string; operator: string; value: string }): string {
  return JSON.stringify([label, operator, value]);
}

/** Code points, not the order of a locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What a query means; one that cannot be read means its text. */
export function meaningOf({ text, expr }: Query): string {
  return expr === undefined ? text.value.trim() : normalForm(expr);
}

/** Any value of a spec in a form that does not depend on the order of keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, item: unknown) => {
    if (item === null || typeof item !== 'object' || Array.isArray(item)) return item;
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => compare(a, b)));
  });
}

/** A value as people read it. */
export function shown(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.length === 0) return 'none';
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.join(', ');
  return canonical(value);
}

/** Two lengths of time are one where they last equally long, however they are written. */
export function sameTime(a: Duration | undefined, b: Duration | undefined): boolean {
  return a?.seconds === b?.seconds;
}

/** A number of series with its sign, in groups of three digits: `+14 400`. */
export function signed(value: number): string {
  const digits = String(Math.abs(value)).replace(/\B(?=(?:\d{3})+$)/g, ' ');
  return `${value < 0 ? '-' : '+'}${digits}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** What is in the second list and not in the first, in its order. */
export function without<T>(all: readonly T[], some: readonly T[]): readonly T[] {
  const set = new Set(some);
  return all.filter((each) => !set.has(each));
}
