import type { Matcher, VectorSelector } from '../promql/ast.js';

/**
 * Whether all series that one selector reads are also read by another one of the same metric: known where the values of labels are closed
 * or named, and not guessed anywhere else.
 */
export type Inclusion =
  | { readonly kind: 'included' }
  /** The label by which it is not, with some of the values that only the first selector reads; none where they are not closed. */
  | { readonly kind: 'excluded'; readonly label: string; readonly values: readonly string[] }
  | { readonly kind: 'unknown' };

/** Words, bars and wildcards: with a few of them JavaScript's engine takes no longer than RE2 does, and both mean the same. */
const plainPattern = /^(?:[\w |/-]|\.[*+]?)*$/;
const mostWildcards = 3;

function isPlain(pattern: string): boolean {
  return plainPattern.test(pattern) && (pattern.match(/[*+]/g) ?? []).length <= mostWildcards;
}

/** Whether a value passes a matcher; undefined where the pattern is not plain enough to try. */
function passes({ operator, value: wanted }: Matcher, value: string): boolean | undefined {
  if (wanted.includes('$')) return undefined;
  switch (operator) {
    case '=':
      return value === wanted;
    case '!=':
      return value !== wanted;
    case '=~':
    case '!~':
      return isPlain(wanted) ? new RegExp(`^(?:${wanted})$`).test(value) === (operator === '=~') : undefined;
  }
}

/** Whether a value passes all matchers. */
function passesAll(matchers: readonly Matcher[], value: string): boolean | undefined {
  const results = matchers.map((each) => passes(each, value));
  if (results.includes(false)) return false;
  return results.includes(undefined) ? undefined : true;
}

const isSame = (a: Matcher, b: Matcher): boolean => a.operator === b.operator && a.value === b.value;

function inclusionBy(
  label: string,
  part: readonly Matcher[],
  whole: readonly Matcher[],
  values: readonly string[] | undefined,
): Inclusion {
  if (whole.every((each) => part.some((other) => isSame(each, other)))) return { kind: 'included' };
  const named = part.find(({ operator }) => operator === '=');
  const candidates = named === undefined ? values : [named.value];
  if (candidates === undefined) {
    // Without a matcher of its own the part reads every value, those among them that the whole leaves out.
    return part.length === 0 ? { kind: 'excluded', label, values: [] } : { kind: 'unknown' };
  }
  const outside: string[] = [];
  for (const value of candidates) {
    const [inPart, inWhole] = [passesAll(part, value), passesAll(whole, value)];
    if (inPart === false || inWhole === true) continue;
    if (inPart === undefined || inWhole === undefined) return { kind: 'unknown' };
    outside.push(value);
  }
  return outside.length === 0 ? { kind: 'included' } : { kind: 'excluded', label, values: outside };
}

/**
 * Compares two selectors of one metric label by label.
 * @param closed the values of a label where there are no others
 * @param ignored labels that are no part of the comparison, such as `le`
 */
export function inclusion(
  part: Pick<VectorSelector, 'matchers'>,
  whole: Pick<VectorSelector, 'matchers'>,
  closed: (label: string) => readonly string[] | undefined,
  ignored: ReadonlySet<string> = new Set(),
): Inclusion {
  const labels = new Set(whole.matchers.map(({ label }) => label).filter((label) => !ignored.has(label)));
  const of = (matchers: readonly Matcher[], label: string): readonly Matcher[] =>
    matchers.filter((each) => each.label === label);
  let isUnknown = false;
  for (const label of labels) {
    const found = inclusionBy(label, of(part.matchers, label), of(whole.matchers, label), closed(label));
    if (found.kind === 'excluded') return found;
    if (found.kind === 'unknown') isUnknown = true;
  }
  return { kind: isUnknown ? 'unknown' : 'included' };
}
