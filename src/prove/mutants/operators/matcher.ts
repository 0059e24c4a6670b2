import type { Matcher, MatcherOperator } from '../../../promql/ast.js';
import { quoteString } from '../../../promql/strings.js';
import type { ExprChange, ExprOperator, Surroundings } from '../mutant.js';
import { needlessMatcher } from '../equivalence/index.js';
import { isBehindZero } from '../sites.js';
import { became, dropped } from '../words.js';

const negated: Readonly<Record<MatcherOperator, MatcherOperator>> = {
  '=': '!=',
  '!=': '=',
  '=~': '!~',
  '!~': '=~',
};

function text({ label, operator, value }: Matcher): string {
  return `${label}${operator}${quoteString(value)}`;
}

/** The alternatives of a regular expression at its top: `a|b` has two; one with groups or escapes of `|` is left alone. */
function alternatives(value: string): readonly string[] {
  return /[()[\]\\]/.test(value.replaceAll('\\.', '')) ? [value] : value.split('|');
}

/** The bounds of buckets next to one. */
function nextBounds(value: string, bounds: readonly string[]): readonly string[] {
  const sorted = [...bounds].sort((a, b) => bound(a) - bound(b));
  const below = sorted.findLast((each) => bound(each) < bound(value));
  const above = sorted.find((each) => bound(each) > bound(value));
  return [below, above].filter((each) => each !== undefined);
}

function bound(le: string): number {
  return le === '+Inf' ? Infinity : Number(le);
}

/** What else a matcher might say: one alternative less, or a value that another series of the tests has. */
function otherMatchers(metric: string, matcher: Matcher, { values }: Surroundings): readonly Matcher[] {
  if (matcher.operator === '=~' || matcher.operator === '!~') {
    const all = alternatives(matcher.value);
    if (all.length < 2) return [];
    return all.map((left) => ({ ...matcher, value: all.filter((each) => each !== left).join('|') }));
  }
  const known = values(metric, matcher.label).filter((each) => each !== matcher.value);
  const chosen = matcher.label === 'le' ? nextBounds(matcher.value, known) : known.slice(0, 1);
  return chosen.map((value) => ({ ...matcher, value }));
}

function isRecord(metric: string | undefined, { suite }: Surroundings): boolean {
  return suite.groups.some(({ rules }) =>
    rules.some((rule) => rule.kind === 'record' && rule.record === metric),
  );
}

/** A matcher dropped, negated, with one alternative less, or with another value. */
export const matchers: ExprOperator = (site, surroundings) => {
  const { node } = site;
  if (node.kind !== 'selector' || isBehindZero(site)) return [];
  // What identifies a recorded series is negated once: whichever of its labels it is, nothing is read any more.
  const isIdentity = isRecord(node.metric, surroundings);
  return node.matchers.flatMap((matcher, index): ExprChange[] => {
    const changed = (others: readonly Matcher[]) => site.put({ ...node, matchers: others });
    const replaced = [
      ...(isIdentity && index > 0 ? [] : [{ ...matcher, operator: negated[matcher.operator] }]),
      ...otherMatchers(node.metric ?? '', matcher, surroundings),
    ].map((other): ExprChange => ({
      kind: 'matcher',
      what: `${became(text(matcher), text(other))} in ${node.metric ?? 'a selector'}`,
      expr: changed(node.matchers.with(index, other)),
    }));
    // A selector needs one matcher at least that does not match what is not there.
    if (node.metric === undefined && node.matchers.length === 1) return replaced;
    const rest = node.matchers.toSpliced(index, 1);
    return [
      {
        kind: 'matcher',
        what: `${dropped(text(matcher))} in ${node.metric ?? 'a selector'}`,
        expr: changed(rest),
        equivalent: needlessMatcher(site, matcher),
      },
      ...replaced,
    ];
  });
};
