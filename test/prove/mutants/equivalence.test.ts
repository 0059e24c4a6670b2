import { describe, expect, it } from 'vitest';
import { mutantsOf } from '../../../src/prove/mutants/index.js';
import { parsePromql } from '../../../src/promql/parse.js';
import type { Rule } from '../../../src/promql/rule.js';

/** What is called equivalent among the mutants of an expression, by what was done; of a record, or of an alert with a summary. */
function equivalents(
  text: string,
  summary?: string,
  own: Readonly<Record<string, string>> = {},
  others: readonly Rule[] = [],
): readonly string[] {
  const { expr } = parsePromql(text);
  if (expr === undefined) throw new Error(`no PromQL: ${text}`);
  const labels = new Map(Object.entries(own));
  const times = { for: undefined, keepFiringFor: undefined };
  const rule: Rule =
    summary === undefined
      ? { kind: 'record', record: 'a:b', expr, labels }
      : { kind: 'alert', alert: 'A', expr, labels, ...times, annotations: new Map([['summary', summary]]) };
  const suite = {
    id: 'suite',
    subject: 'x',
    ruleFile: 'x.yaml',
    groups: [{ name: 'g', interval: 60, rules: [rule, ...others] }],
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

describe('a matcher', () => {
  const both = ['`s="a"` was dropped in x', '`s="a"` was dropped in y'];

  it('is needless where the other side of a match asks for the same', () => {
    expect(equivalents('x{s="a"} / y{s="a"}')).toEqual(both);
    expect(equivalents('x{s="a"} > y{s="a"}')).toEqual(both);
    expect(equivalents('x{s="a"} / (y{s="a"} > 0)')).toEqual(both);
    expect(equivalents('sum_over_time(x{s="a"}[3d]) / -y{s="a"}')).toEqual(both);
    expect(equivalents('x{s="a"} > 1 and clamp_min(y{s="a"}, 0) * 60 >= 4')).toEqual(both);
    expect(equivalents('sum by (s, g) (x{s="a"}) / sum by (s, g) (y{s="a"})')).toEqual(both);
    expect(equivalents('sum by (s) (x{s="a"}) / on (s) sum by (s) (y{s="a"})')).toEqual(both);
    expect(equivalents('(x{s="a"} > 1 and z > 1) and y{s="a"}')).toEqual(both);
    expect(equivalents('(x{s="a"} > 1 and y{s="a"} > 1) or (v{s="a"} > 1 and w{s="a"} > 1)')).toHaveLength(4);
    expect(equivalents('z{s="a"} unless y{s="a"}')).toEqual(['`s="a"` was dropped in y']);
  });

  it('is needed where other series come through', () => {
    for (const text of [
      'x{s="a"}',
      'x{s="a"} > 1',
      'x{s="a"} / y',
      'x{s="a"} / y{s="b"}',
      'x{s="a"} / y{s=~"a"}',
      'x{s="a"} or y{s="a"}',
      'sum(x{s="a"}) / sum(y{s="a"})',
      'sum by (g) (x{s="a"}) and sum by (g) (y{s="a"})',
      'sum without (s) (x{s="a"}) and y{s="a"}',
      'x{s="a"} / on (g) y{s="a"}',
      'x{s="a"} and ignoring (s) y{s="a"}',
      'absent(x{s="a"}) and absent(y{s="a"})',
      '(x{s="a"} > 1 or z) and (y{s="a"} or z)',
      'scalar(x{s="a"}) * y{s=~"a"}',
      'count_values("s", x{s="a"}) and z{s="a"}',
      'label_replace(x{s="a"}, "s", "b", "", "") and z{s="a"}',
      'topk(1, x{s="a"}) and z{s="a"}',
    ]) {
      expect(equivalents(text).filter((what) => what.includes('dropped in x'))).toEqual([]);
    }
  });

  it('is needed on the side of which there may be only one', () => {
    expect(equivalents('x{s="a"} / on (s) y{s="a"}')).toEqual(['`s="a"` was dropped in x']);
    expect(equivalents('x{s="a"} / ignoring (g) y{s="a"}')).toEqual(['`s="a"` was dropped in x']);
    expect(equivalents('x{s="a"} / on (s) group_left (g) y{s="a"}')).toEqual(['`s="a"` was dropped in x']);
    expect(equivalents('z unless x{s="a"}')).toEqual([]);
  });
});

describe('a label of a rule', () => {
  const of = (text: string): readonly string[] =>
    equivalents(text, 'It happened.', { s: 'a' }).filter((what) => what.startsWith('the label'));

  it('is needless where all series have it', () => {
    for (const text of [
      'x{s="a"} > 1',
      'x / y{s="a"}',
      'sum by (s) (x{s="a"})',
      'x{s="a"} or y{s="a"}',
      'absent(x{s="a"})',
      'z > 1 and x{s="a"}',
      'x * on (g) group_left (s) y{s="a"}',
    ]) {
      expect(of(text)).toEqual(['the label `s: a` was dropped']);
    }
  });

  it('is needed where some may lack it', () => {
    for (const text of [
      'x',
      'x{s="b"}',
      'x{s=~"a"}',
      'x{s!="a"}',
      'sum(x{s="a"})',
      'sum without (s) (x{s="a"})',
      'x{s="a"} or y',
      'x unless y{s="a"}',
      'x / on (g) y{s="a"}',
      'x / ignoring (s) y{s="a"}',
      'x{s="a"} * on (g) group_left (s) y',
      'x and on (g) y{s="a"}',
      'absent(rate(x{s="a"}[5m]))',
      'absent(x{s="a",s!="b"})',
      'vector(1)',
      'label_replace(x{s="a"}, "s", "b", "", "")',
    ]) {
      expect(of(text)).toEqual([]);
    }
  });
});

describe('a number', () => {
  it('is no matter where an alert neither asks for it nor tells it', () => {
    expect(equivalents('vector(1)', 'It is alive.')).toHaveLength(2);
    expect(equivalents('vector(1)', '{{ $value }}')).toEqual([]);
    expect(equivalents('vector(1)')).toEqual([]);
    expect(equivalents('vector(1) > 0', 'It is alive.')).toEqual([]);
  });
});

describe('a quantile', () => {
  const what = '`rate` became `increase`';

  it('is the same of rates and of increases', () => {
    expect(equivalents('histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))')).toEqual([what]);
    expect(equivalents('histogram_quantile(0.9, rate(x_bucket[5m]))')).toEqual([what]);
  });

  it('is not where something else is between or there is none', () => {
    expect(equivalents('histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m]) > 1))')).toEqual([]);
    expect(equivalents('histogram_quantile(0.9, stdvar by (le) (rate(x_bucket[5m])))')).toEqual([]);
    expect(equivalents('sum(rate(x_bucket[5m]))')).toEqual([]);
  });
});

describe('`> 0` of a divisor below a limit', () => {
  const record = (text: string): Rule => {
    const { expr } = parsePromql(text);
    if (expr === undefined) throw new Error(`no PromQL: ${text}`);
    return { kind: 'record', record: 'r:s', expr, labels: new Map() };
  };
  const of = (text: string, source: string): readonly string[] =>
    equivalents(text, undefined, {}, [record(source)]).filter((what) => what === '`> 0` was dropped');

  it('is needless where the share is infinite without it', () => {
    expect(of('(y > 0) * 5 / (r:s / 2 > 0) < 9', 'rate(x_total[5m])')).toEqual(['`> 0` was dropped']);
    expect(of('(y > 1) / (r:s > 0) < 9', 'sum(rate(x_total[5m])) / sum(rate(z_total[5m]))')).toHaveLength(1);
  });

  it('is needed where the share may be negative, or the infinite passes', () => {
    expect(of('y / (r:s > 0) < 9', 'rate(x_total[5m])')).toEqual([]);
    expect(of('(y > 1) / (r:s > 0) < 9', '1 - rate(x_total[5m])')).toEqual([]);
    expect(of('(y > 1) / (r:s > 0) < 9', 'x')).toEqual([]);
    expect(of('(y > 1) / (r:s > 0) < 9', '3 > x')).toEqual([]);
    expect(of('(y > 1) / (r:s > 0) > 9', 'rate(x_total[5m])')).toEqual([]);
    expect(of('(y > 1) / (r:s > 0)', 'rate(x_total[5m])')).toEqual([]);
  });
});

describe('a sign', () => {
  const changes = (text: string, summary = 'It is so.'): readonly string[] =>
    equivalents(text, summary).filter((what) => /became/.test(what));

  it('is the same of a mean and of its sum, whatever the values are', () => {
    expect(changes('sum by (g) (depth) > 0')).toEqual(['`sum` became `avg`']);
    expect(changes('sum by (g) (depth) < 0')).toEqual(['`sum` became `avg`']);
  });

  it('is the same of a maximum where nothing is negative', () => {
    expect(changes('sum(rate(x_total[5m])) > 0')).toEqual([
      '`sum` became `max`',
      '`sum` became `avg`',
      '`rate` became `increase`',
    ]);
    expect(changes('sum(x_total unless x_total offset 5m) > 0')).toEqual([
      '`sum` became `max`',
      '`sum` became `avg`',
    ]);
  });

  it('matters no more on the right of a set operator, where the value is told on the left', () => {
    expect(changes('depth > 5 and on () sum(increase(x_total[5m])) > 0', 'It is {{ $value }}.')).toEqual([
      '`sum` became `max`',
      '`sum` became `avg`',
      '`increase` became `rate`',
    ]);
  });

  it('is not all that matters where the value is told, recorded or compared with another limit', () => {
    expect(changes('sum(rate(x_total[5m])) > 0', 'It is {{ $value }}.')).toEqual([]);
    expect(equivalents('sum(rate(x_total[5m])) > 0')).toEqual([]);
    expect(changes('sum(rate(x_total[5m])) > 1')).toEqual([]);
    expect(changes('sum(rate(x_total[5m])) * 2 > 0')).toEqual([]);
  });
});

describe('presence', () => {
  it('is all that counts under count(), on the right of unless, and in an alert that tells no value', () => {
    expect(equivalents('count(count_over_time(depth[6h])) unless count(depth)', 'It is so.')).toEqual([
      '`count` became `sum`',
      '`count_over_time` became `sum_over_time`',
      '`count` became `sum`',
    ]);
    expect(equivalents('max by (g) (depth > 5)', 'It is so.')).toEqual([
      '`max` became `min`',
      '`max` became `sum`',
    ]);
  });

  it('is not, where the value is told, compared or recorded', () => {
    expect(equivalents('max by (g) (depth > 5)', 'It is {{ $value }}.')).toEqual([]);
    expect(equivalents('max by (g) (depth) > 5', 'It is so.')).toEqual([]);
    expect(equivalents('max by (g) (depth > 5)')).toEqual([]);
    expect(equivalents('sum(count_over_time(depth[6h])) > 5', 'It is so.')).toEqual([]);
  });
});

describe('a count', () => {
  it('is never 0', () => {
    expect(equivalents('count(depth > 5) > 0', 'It is {{ $value }}.')).toEqual([
      '`> 0` became `>= 0`',
      '`> 0` was dropped',
    ]);
    expect(equivalents('sum(depth > 5) > 0', 'It is {{ $value }}.')).toEqual([]);
    expect(equivalents('count(depth > 5) > 1', 'It is {{ $value }}.')).toEqual([]);
  });
});

describe('the factor 0', () => {
  it('counts for nothing where a gate asks for events of the part', () => {
    const ratio = `(${other} or 0 * ${whole}) / ${whole} > 0.1`;
    const factor = (text: string): readonly string[] =>
      equivalents(text, 'It is so.').filter((what) => what.startsWith('`0` became'));
    expect(factor(`${ratio} and ${other} * 300 >= 4`)).toHaveLength(1);
    expect(factor(`${ratio} and ${whole} * 300 >= 4`)).toEqual([]);
    expect(factor(ratio)).toEqual([]);
  });
});
