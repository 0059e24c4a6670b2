import { describe, expect, it } from 'vitest';
import type { VectorSelector } from '../../src/promql/ast.js';
import { parsePromql } from '../../src/promql/parse.js';
import { inclusion } from '../../src/slo/subset.js';

const selector = (text: string): VectorSelector => parsePromql(text).expr as VectorSelector;
const closed = (label: string): readonly string[] | undefined =>
  ({ outcome: ['ok', 'failed', 'cancelled'], code: ['200', '204', '404'] })[label];

const compare = (part: string, whole: string): string => {
  const found = inclusion(selector(part), selector(whole), closed);
  return found.kind === 'excluded' ? `${found.label}: ${found.values.join(' ')}` : found.kind;
};

describe('whether a selector reads a part of what another one reads', () => {
  it.each([
    ['x', 'x', 'included'],
    ['x{outcome="ok"}', 'x', 'included'],
    ['x{outcome="ok"}', 'x{outcome!="cancelled"}', 'included'],
    ['x{outcome=~"ok|failed"}', 'x{outcome!="cancelled"}', 'included'],
    ['x{outcome!~"ca.*"}', 'x{outcome=~"ok|failed"}', 'included'],
    ['x', 'x{outcome!="cancelled"}', 'outcome: cancelled'],
    ['x{outcome=~"ok|cancelled"}', 'x{outcome!="cancelled"}', 'outcome: cancelled'],
    ['x{outcome="ok"}', 'x{code=~"2.."}', 'code: 404'],
    ['x{code=~"20.+"}', 'x{code=~"2..|5.."}', 'included'],
  ])('is exact for closed labels: %s of %s', (part, whole, expected) => {
    expect(compare(part, whole)).toBe(expected);
  });

  it.each([
    ['x{tool="a"}', 'x{tool!="b"}', 'included'],
    ['x{tool="b"}', 'x{tool!="b"}', 'tool: b'],
    ['x{outcome="ok"}', 'x{tool="b"}', 'tool: '],
    ['x{tool=~"a.*"}', 'x{tool=~"a.*"}', 'included'],
    ['x{tool=~"ab.*"}', 'x{tool=~"a.*"}', 'unknown'],
  ])('says of open labels what is certain: %s of %s', (part, whole, expected) => {
    expect(compare(part, whole)).toBe(expected);
  });

  it.each([
    // What a pattern that is not plain means, nobody has tried: RE2 and JavaScript may differ.
    ['x{outcome="ok"}', 'x{outcome=~"(?i)OK"}', 'unknown'],
    ['x', 'x{outcome=~"[a-z]+"}', 'unknown'],
    ['x{outcome="ok"}', 'x{outcome=~"a.*.*.*.*b"}', 'unknown'],
    ['x{outcome="$outcome"}', 'x{outcome="ok"}', 'unknown'],
  ])('guesses nothing: %s of %s', (part, whole, expected) => {
    expect(compare(part, whole)).toBe(expected);
  });
});
