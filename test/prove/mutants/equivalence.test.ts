import { describe, expect, it } from 'vitest';
import { mutantsOf } from '../../../src/prove/mutants/index.js';
import { parsePromql } from '../../../src/promql/parse.js';
import type { Rule } from '../../../src/promql/rule.js';

/** What is called equivalent among the mutants of an expression, by what was done; of a record, or of an alert with a summary. */
function equivalents(text: string, summary?: string): readonly string[] {
  const { expr } = parsePromql(text);
  if (expr === undefined) throw new Error(`no PromQL: ${text}`);
  const labels = new Map<string, string>();
  const times = { for: undefined, keepFiringFor: undefined };
  const rule: Rule =
    summary === undefined
      ? { kind: 'record', record: 'a:b', expr, labels }
      : { kind: 'alert', alert: 'A', expr, labels, ...times, annotations: new Map([['summary', summary]]) };
  const suite = {
    id: 'suite',
    subject: 'x',
    ruleFile: 'x.yaml',
    groups: [{ name: 'g', interval: 60, rules: [rule] }],
    scenarios: [],
    untested: [],
  } as const;
  return mutantsOf(suite)
    .filter(({ equivalent }) => equivalent !== undefined)
    .map(({ what }) => what);
}

const part = 'sum by (g) (rate(x_total{a="1",b!="2"}[5m]))';
const whole = 'sum by (g) (rate(x_total{b!="2"}[5m]))';
const other = 'sum by (g) (rate(y_total[5m]))';

describe('clamp_min', () => {
  it('is needless around a whole less one of its parts', () => {
    expect(equivalents(`clamp_min(${whole} - ${part}, 0)`)).toEqual(['`clamp_min` was dropped']);
    expect(equivalents(`clamp_min(${whole} - (${part} or 0 * ${whole}), 0)`)).toContain(
      '`clamp_min` was dropped',
    );
    expect(
      equivalents('clamp_min(sum(rate(x_total{o!="c"}[5m])) - sum(rate(x_total{o="d"}[5m])), 0)'),
    ).toEqual(['`clamp_min` was dropped']);
  });

  it('is needed where the series are others, or are read over another window', () => {
    expect(equivalents(`clamp_min(${whole} - ${other}, 0)`)).toEqual([]);
    expect(equivalents(`clamp_min(${part} - ${whole}, 0)`)).toEqual([]);
    expect(equivalents(`clamp_min(${whole} - ${part.replace('5m', '10m')}, 0)`)).toEqual([]);
    expect(
      equivalents('clamp_min(sum(rate(x_total{o!="c"}[5m])) - sum(rate(x_total{o="c"}[5m])), 0)'),
    ).toEqual([]);
  });
});

describe('`or 0 *`', () => {
  it('is needless in a share that has to exceed something', () => {
    expect(equivalents(`(${other} or 0 * ${whole}) / ${whole} > 0.1`)).toHaveLength(1);
  });

  it('is needed in a record, below a limit, in a difference, and where 0 would pass', () => {
    for (const text of [
      `(${other} or 0 * ${whole}) / ${whole}`,
      `(${other} or 0 * ${whole}) / ${whole} < 0.1`,
      `1 - (${other} or 0 * ${whole}) > 0.1`,
      `(${other} or 0 * ${whole}) / ${whole} >= 0`,
      `(${other} or 0 * ${whole}) / ${whole} > bool 0.1`,
    ]) {
      expect(equivalents(text)).toEqual([]);
    }
  });
});

describe('`> 0` of a divisor', () => {
  it('is needless where a gate asks for more of the divisor', () => {
    expect(equivalents(`${other} / (${whole} > 0) > 0.1 and ${whole} * 600 >= 20`)).toEqual([
      '`> 0` was dropped',
    ]);
  });

  it('is needless where the part cannot exceed the whole and the share is compared', () => {
    expect(equivalents(`${part} / (${whole} > 0) > 0.1`)).toEqual(['`> 0` was dropped']);
  });

  it('is needed in a record, for another part, and where the gate asks for something else', () => {
    expect(equivalents(`${part} / (${whole} > 0)`)).toEqual([]);
    expect(equivalents(`${other} / (${whole} > 0) > 0.1`)).toEqual([]);
    expect(equivalents(`${other} / (${whole} > 0) > 0.1 and ${other} * 600 >= 20`)).toEqual([]);
    expect(equivalents(`${other} / (${whole} > 0) > 0.1 or ${whole} * 600 >= 20`)).toEqual([]);
  });
});

describe('a rate', () => {
  const what = ['`sum` became `max`', '`sum` became `avg`', '`increase` became `rate`'];

  it('is as good as an increase or a maximum where an alert asks only whether there is any', () => {
    expect(equivalents('sum(increase(x_total[5m])) > 0 and y > 1', 'It happened.')).toEqual(what);
    expect(equivalents('sum by (a) (increase(x_total[5m])) == 0', 'It did not.')).toEqual(what);
  });

  it('is not where it is compared with more, calculated with, recorded or told', () => {
    expect(equivalents('sum(increase(x_total[5m])) > 1', 'It happened.')).toEqual([]);
    expect(equivalents('sum(increase(x_total[5m])) / 2 > 0', 'It happened.')).toEqual([]);
    expect(equivalents('min(increase(x_total[5m])) > 0', 'It happened.')).not.toContain('`min` became `max`');
    expect(equivalents('sum(increase(x_total[5m])) > 0')).toEqual([]);
    expect(equivalents('sum(increase(x_total[5m])) > 0', '{{ $value }} times.')).toEqual([]);
  });
});

describe('another aggregation', () => {
  it('is the same over groups of one', () => {
    expect(equivalents('sum by (a, b) (max by (a) (x))')).toEqual([
      '`sum` became `max`',
      '`sum` became `avg`',
    ]);
    expect(equivalents('sum by (a) (max by (a, b) (x))')).toEqual([]);
    expect(equivalents('sum(max without (a) (x))')).toEqual([]);
  });
});
