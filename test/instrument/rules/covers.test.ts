import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers } from '../../../src/instrument/rules/covers.js';
import { ruleSetOf } from '../../../src/instrument/rules/rule-set-of.js';
import type { RuleSet } from '../../../src/instrument/rules/rule-set.js';
import type { Match } from '../../../src/spec/spec.js';
import { nameOf, read } from './support.js';

const text = `
  import { a } from 'ab';
  @ab export class Ab extends Ba implements A { constructor() {} a() {} b() {} ab() {} get ba() { return 1; } set ba(v) {} aab = () => {}; }
  class Ba { async a() {} bb() { a(); this.ab(); await b.a(); } }
  export function a() {} async function ab() {} const ba = () => {}; const bab = function aa() {};
  const o = { a() {}, ab: () => {} }; tool({ name: 'ab', execute: () => {} }); c.tool('a', {}, function () {});
`;
const { file, candidates } = read(text);

function setOf(match: Match): RuleSet {
  const insertion = { rule: 0, attributes: [], style: 'wrap' } as const;
  return ruleSetOf({ rules: [{ label: 'rule', match, not: [], insertion }] });
}

const pattern = fc
  .string({ unit: fc.constantFrom('a', 'b', '*', '?', 'A'), minLength: 1, maxLength: 3 })
  .chain((each) => fc.constantFrom(each, '*', `{${each},b}`, `${each}*`, 'constructor'));
const name = fc.option(pattern, { nil: undefined, freq: 1 });
const flag = fc.constantFrom(undefined, undefined, true, false);
const kinds = fc.constantFrom<Match['kind']>(
  undefined,
  undefined,
  ['method', 'getter'],
  ['getter'],
  ['expression', 'function'],
);

const functions = fc.record({
  kind: kinds,
  class: name,
  method: name,
  exported: flag,
  async: flag,
  implements: name,
  decorator: name,
  tool: name,
  toolBy: name,
  imports: name,
  file: fc.constantFrom(undefined, 'src/**', '**'),
});
const calls = fc.record({ call: pattern, class: name, async: flag });

function bare(match: Readonly<Record<string, unknown>>): Match {
  return Object.fromEntries(Object.entries(match).filter(([, value]) => value !== undefined));
}

/** The same match with one key less, and with one pattern widened: the pairs of which most are covered. */
function wider(match: Match, drop: number): Match {
  const entries = Object.entries(match);
  return Object.fromEntries(entries.filter((_, index) => index !== drop % (entries.length + 1)));
}

describe('what covers another match', () => {
  it('fits all that the other one fits', () => {
    let covered = 0;
    const check = (wide: Match, narrow: Match): void => {
      if (!covers(wide, narrow)) return;
      covered += 1;
      const [all, some] = [setOf(wide), setOf(narrow)];
      for (const candidate of candidates)
        if (some.decide(candidate, file) !== undefined)
          expect(
            all.decide(candidate, file),
            `${JSON.stringify([wide, narrow])} ${nameOf(candidate)}`,
          ).toBeDefined();
    };
    fc.assert(
      fc.property(fc.oneof(functions, calls), fc.oneof(functions, calls), fc.nat(12), (a, b, drop) => {
        check(bare(a), bare(b));
        check(wider(bare(a), drop), bare(a));
        check(bare({ ...a, class: '*' }), bare(a));
      }),
      { numRuns: 1500 },
    );
    expect(covered).toBeGreaterThan(500);
  });

  it.each([
    [{ method: 'run' }, { method: 'run', class: 'A' }, true],
    [{ class: '*Agent' }, { class: 'Research*Agent' }, true],
    [{ class: '{A,B}' }, { class: 'B' }, true],
    [{ class: 'B' }, { class: '{A,B}' }, false],
    [{ class: 'A?' }, { class: 'A*' }, false],
    [{ class: 'A*' }, { class: 'A?' }, true],
    [{ call: '*.create' }, { call: 'openai.chat.create' }, true],
    [{ call: '*' }, { method: 'run' }, false],
    [{ method: 'run' }, { call: 'run' }, false],
    [{ class: 'A' }, { class: 'A', method: 'total' }, false],
    [{ method: 'total' }, { method: 'total', kind: ['getter'] }, true],
    [{ file: '**' }, { method: 'run*' }, true],
    [{ file: 'src/**' }, { file: 'src/agents/**' }, false],
    [{ implements: 'Tool' }, { implements: 'Tool', types: true }, false],
    [{ async: true }, { async: true, method: 'run*' }, true],
    [{ async: false }, { method: 'run*' }, false],
  ] as const)('%j %j', (wide, narrow, expected) => {
    expect(covers(wide as unknown as Match, narrow as unknown as Match)).toBe(expected);
  });
});
