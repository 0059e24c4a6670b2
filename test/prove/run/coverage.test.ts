import { describe, expect, it } from 'vitest';
import { coverageOf } from '../../../src/prove/run/coverage.js';
import type { Suite } from '../../../src/prove/suite.js';
import { rateRule, sampleGroups, sampleSuite, thorough, weak } from './sample.js';

const file = { path: 'prometheus/rules/sample.yaml', groups: sampleGroups() };

function untested(suites: readonly Suite[]): readonly string[] {
  return coverageOf([file], suites).untested.map(({ rule, reason }) => `${rule}: ${reason}`);
}

describe('coverage', () => {
  it('is complete where the alert fires and is silent, and the record is read by it', () => {
    expect(coverageOf([file], [sampleSuite([thorough])])).toEqual({ rules: 2, tested: 2, untested: [] });
  });

  it('asks for both a firing and a silent alert', () => {
    expect(untested([sampleSuite([weak])])).toEqual(['TooManyErrors: no scenario shows it silent']);
    const silent = { ...thorough, checks: thorough.checks.filter(({ kind }) => kind === 'silent') };
    expect(untested([sampleSuite([silent])])).toEqual(['TooManyErrors: no scenario lets it fire']);
  });

  it('knows rules that no suite holds, and those that no check reads', () => {
    expect(untested([])).toEqual([
      'job:errors:rate5m: no suite holds it',
      'TooManyErrors: no suite holds it',
    ]);
    expect(untested([sampleSuite([{ ...weak, checks: [] }])])).toEqual([
      'job:errors:rate5m: no check depends on it',
      'TooManyErrors: no check depends on it',
    ]);
    const other = { ...sampleSuite([thorough]), ruleFile: 'prometheus/rules/other.yaml' };
    expect(untested([other])).toHaveLength(2);
  });

  it('tells records of one name apart by their labels', () => {
    const second = { ...rateRule, labels: new Map([['team', 'b']]) };
    const groups = [{ name: 'sample', interval: 60, rules: [...(sampleGroups()[0]?.rules ?? []), second] }];
    const all = { path: file.path, groups };
    expect(coverageOf([all], [sampleSuite([thorough])]).untested).toEqual([
      {
        rule: 'job:errors:rate5m{team="b"}',
        path: file.path,
        reason: 'no suite holds it',
        excused: false,
      },
    ]);
  });

  it('passes on why something cannot be tested', () => {
    const suite = { ...sampleSuite([]), untested: [{ rule: 'TooManyErrors', reason: 'it reads a clock' }] };
    expect(coverageOf([file], [suite]).untested).toContainEqual({
      rule: 'TooManyErrors',
      path: file.path,
      reason: 'it reads a clock',
      excused: true,
    });
  });
});
