import type { Label } from '../../model/model.js';
import type { Matcher } from '../../promql/ast.js';
import { wholeMatch } from '../../promql/evaluate/regex.js';

/** A value that no spec declares: what is left of an open label. */
export const otherValue = 'other';

/** Whether a label's value meets a matcher; a label that a series lacks is empty. */
export function meets({ operator, value }: Matcher, actual: string): boolean {
  switch (operator) {
    case '=':
      return actual === value;
    case '!=':
      return actual !== value;
    case '=~':
      return wholeMatch(value).test(actual);
    case '!~':
      return !wholeMatch(value).test(actual);
  }
}

/** Texts that a pattern might match: its alternatives, with the usual wildcards filled in. */
function guesses(pattern: string): readonly string[] {
  const plain = pattern.replace(/^\(\?[a-z]+\)|^\^|\$$/g, '');
  const inner = /^\((?:\?:)?([^()]*)\)$/.exec(plain)?.[1] ?? plain;
  return inner.split('|').map((each) =>
    each
      .replace(
        /\[(.)[^\]]*\](?:[+*]|\{\d+(?:,\d*)?\})?|\\d(?:[+*]|\{\d+(?:,\d*)?\})?/g,
        (_, first?: string) => first ?? '5',
      )
      .replace(/\.[+*]/g, 'x')
      .replace(/(^|[^\\])\./g, '$1x')
      .replace(/\\(.)/g, '$1')
      .replace(/[?+*]/g, ''),
  );
}

/** Values that a label can be given so that every one of its matchers is met by some and missed by others. */
export function valuesFor(label: Label | undefined, matchers: readonly Matcher[]): readonly string[] {
  if (label?.bound.kind === 'closed') return label.bound.values;
  const named = matchers.flatMap(({ operator, value }) =>
    operator === '=' || operator === '!='
      ? [value]
      : guesses(value).filter((guess) => wholeMatch(value).test(guess)),
  );
  return [...new Set([...named.filter((value) => value !== ''), otherValue])];
}

/** A value for a label that nothing asks for. */
export function anyValue(label: Label): string {
  return label.bound.kind === 'closed' ? (label.bound.values[0] ?? otherValue) : otherValue;
}
