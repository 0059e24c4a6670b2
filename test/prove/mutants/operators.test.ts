import { describe, expect, it } from 'vitest';
import { mutantsOf, type Mutant } from '../../../src/prove/mutants/index.js';
import { parsePromql } from '../../../src/promql/parse.js';
import { printPromql } from '../../../src/promql/print.js';
import type { Expr } from '../../../src/promql/ast.js';
import type { AlertingRule, RecordingRule, Rule } from '../../../src/promql/rule.js';
import { flat, type TestSeries } from '../../../src/prove/series.js';
import type { Suite } from '../../../src/prove/suite.js';

function parsed(text: string): Expr {
  const { expr } = parsePromql(text);
  if (expr === undefined) throw new Error(`no PromQL: ${text}`);
  return expr;
}

function record(name: string, expr: string, labels: Record<string, string> = {}): RecordingRule {
  return { kind: 'record', record: name, expr: parsed(expr), labels: new Map(Object.entries(labels)) };
}

function alert(expr: string, more: Partial<AlertingRule> = {}): AlertingRule {
  return {
    kind: 'alert',
    alert: 'A',
    expr: parsed(expr),
    for: undefined,
    keepFiringFor: undefined,
    labels: new Map(),
    annotations: new Map(),
    ...more,
  };
}

function suiteOf(rules: readonly Rule[], series: readonly TestSeries[] = []): Suite {
  const scenario = { name: 's', interval: 60, evaluationInterval: 60, series, checks: [] };
  return {
    id: 'suite',
    subject: 'alerts.A',
    ruleFile: 'prometheus/rules/a.yaml',
    groups: [{ name: 'g', interval: 60, rules }],
    scenarios: [scenario],
    untested: [],
  };
}

function brokenRule({ groups, place: [group, index] }: Mutant): Rule {
  const rule = groups[group]?.rules[index];
  if (rule === undefined) throw new Error('a mutant without its rule');
  return rule;
}

/** The broken expressions of one kind, of the last rule. */
function broken(kind: Mutant['kind'], rules: readonly Rule[], series: readonly TestSeries[] = []): string[] {
  return mutantsOf(suiteOf(rules, series))
    .filter((mutant) => mutant.kind === kind && mutant.place[1] === rules.length - 1)
    .map((mutant) => printPromql(brokenRule(mutant).expr));
}

describe('numbers in comparisons', () => {
  it('are doubled, halved and dropped', () => {
    expect(broken('threshold', [alert('x > 0.072')])).toEqual(['x', 'x > 0.144', 'x > 0.036']);
    expect(broken('threshold', [alert('x < -4')])).toEqual(['x', 'x < -8', 'x < -2']);
  });

  it('say what became of them', () => {
    const mutants = mutantsOf(suiteOf([alert('x > 0.072')]));
    expect(mutants.map(({ what }) => what)).toContain('`> 0.072` became `> 0.144`');
  });

  it('become 1 where an alert asks for more than 0', () => {
    expect(broken('threshold', [alert('increase(x_total[5m]) > 0')])).toEqual(['increase(x_total[5m]) > 1']);
    expect(broken('threshold', [record('a:b', 'x / (y > 0)')])).toEqual([]);
  });
});

describe('operators', () => {
  it('are turned around, and include the limit only where a value can be exactly that', () => {
    expect(broken('operator', [alert('x > 60')])).toEqual(['x < 60', 'x >= 60']);
    expect(broken('operator', [alert('rate(x_total[5m]) > 60')])).toEqual(['rate(x_total[5m]) < 60']);
    expect(broken('operator', [alert('max by (q) (x) >= 2')])).toEqual([
      'max by (q) (x) <= 2',
      'max by (q) (x) > 2',
    ]);
  });

  it('lose their bool', () => {
    expect(broken('operator', [record('a:b', 'x > bool 1')])).toContain('x > 1');
  });

  it('of arithmetic are taken for one another', () => {
    expect(broken('operator', [record('a:b', 'x - y / z')])).toEqual(['x + y / z', 'x - y * z']);
  });
});

describe('windows', () => {
  it('are doubled, halved, and taken for the next ones of the suite', () => {
    const rules = [record('a:r5m', 'rate(x_total[5m])'), record('a:r1h', 'rate(x_total[1h])')];
    expect(broken('window', rules)).toEqual(['rate(x_total[2h])', 'rate(x_total[30m])', 'rate(x_total[5m])']);
  });

  it('in names of records are taken for one another', () => {
    const rules = [
      record('a:r5m', 'rate(x_total[5m])'),
      record('a:r1h', 'rate(x_total[1h])'),
      record('b:r6h', 'rate(x_total[6h])'),
      alert('a:r5m > 1'),
    ];
    expect(broken('window', rules)).toEqual(['a:r1h > 1']);
  });
});

describe('logic', () => {
  it('of and: one side is dropped, the other one is, and or is put in its place', () => {
    expect(broken('logic', [alert('x > 1 and y > 2')])).toEqual(['x > 1 or y > 2', 'y > 2', 'x > 1']);
  });

  it('calls a count of events a gate', () => {
    expect(broken('gate', [alert('x > 1 and y * 3600 >= 4')])).toEqual([
      'x > 1',
      'x > 1 and y * 3600 >= 8',
      'x > 1 and y * 3600 >= 2',
    ]);
  });

  it('of or and unless', () => {
    expect(broken('logic', [alert('x or y')])).toEqual(['y', 'x']);
    expect(broken('logic', [alert('x unless y')])).toEqual(['x and y', 'x']);
  });
});

describe('guards', () => {
  it('are dropped', () => {
    expect(broken('guard', [record('a:b', 'x / (y > 0)')])).toEqual(['x / (y)']);
    expect(broken('guard', [record('a:b', 'clamp_min(x - y, 0)')])).toEqual(['x - y']);
    expect(broken('guard', [record('a:b', 'x or 0 * y')])).toEqual(['x']);
  });

  it('leaves what stands behind a factor of 0 alone, but for the factor', () => {
    const rule = record('a:b', 'x or 0 * sum by (g) (rate(y_total{a="1"}[5m]))');
    const all = mutantsOf(suiteOf([rule])).map((mutant) => printPromql(brokenRule(mutant).expr));
    expect(all).toEqual([
      '0 * sum by (g) (rate(y_total{a="1"}[5m]))',
      'x',
      'x or 1 * sum by (g) (rate(y_total{a="1"}[5m]))',
    ]);
  });
});

describe('matchers', () => {
  const series = ['a', 'b'].map((outcome): TestSeries => ({
    metric: 'x',
    labels: new Map([['outcome', outcome]]),
    segments: [flat(1, 2)],
  }));

  it('are dropped, negated, and get a value that another series has', () => {
    expect(broken('matcher', [alert('x{outcome="a"}')], series)).toEqual([
      'x',
      'x{outcome!="a"}',
      'x{outcome="b"}',
    ]);
  });

  it('lose one alternative each', () => {
    expect(broken('matcher', [alert('x{outcome=~"a|b|c"}')])).toEqual([
      'x',
      'x{outcome!~"a|b|c"}',
      'x{outcome=~"b|c"}',
      'x{outcome=~"a|c"}',
      'x{outcome=~"a|b"}',
    ]);
    expect(broken('matcher', [alert('x{outcome=~"(a|b)c"}')])).toEqual(['x', 'x{outcome!~"(a|b)c"}']);
  });

  it('of buckets move to the next bound', () => {
    const buckets = ['0.5', '1', '2', '+Inf'].map((le): TestSeries => ({
      metric: 'x_bucket',
      labels: new Map([['le', le]]),
      segments: [flat(1, 2)],
    }));
    expect(broken('matcher', [alert('x_bucket{le="1"}')], buckets)).toEqual([
      'x_bucket',
      'x_bucket{le!="1"}',
      'x_bucket{le="0.5"}',
      'x_bucket{le="2"}',
    ]);
  });

  it('are never all taken from a selector without a name', () => {
    expect(broken('matcher', [alert('{job="a"}')])).toEqual(['{job!="a"}']);
  });
});

describe('groupings', () => {
  it('are dropped, and lose one label each', () => {
    expect(broken('grouping', [alert('sum by (a, b) (x)')])).toEqual([
      'sum(x)',
      'sum by (b) (x)',
      'sum by (a) (x)',
    ]);
    expect(broken('grouping', [alert('sum without (a) (x)')])).toEqual(['sum(x)']);
  });

  it('of a match lose one label each', () => {
    expect(broken('grouping', [record('a:b', 'x / on (a, b) y')])).toEqual(['x / on (b) y', 'x / on (a) y']);
  });
});

describe('functions', () => {
  it('are taken for one another', () => {
    expect(broken('function', [record('a:b', 'sum(rate(x_total[5m]))')])).toEqual([
      'max(rate(x_total[5m]))',
      'avg(rate(x_total[5m]))',
      'sum(increase(x_total[5m]))',
    ]);
    expect(broken('function', [alert('absent(x)')])).toEqual(['x']);
  });

  it('average ratios in place of dividing sums', () => {
    const rules = [
      record('a:ratio', 'a:bad{s="1"} / (a:total{s="1"} > 0)'),
      record('a:ratio3d', 'sum_over_time(a:bad{s="1"}[3d]) / (sum_over_time(a:total{s="1"}[3d]) > 0)'),
    ];
    expect(broken('function', rules)).toContain('avg_over_time(a:ratio{s="1"}[3d])');
  });
});

describe('offsets, constants, quantiles', () => {
  it('are changed', () => {
    expect(broken('offset', [alert('x - x offset 1d')])).toEqual(['x - x']);
    expect(broken('constant', [record('a:b', 'vector(0.99)')])).toEqual(['vector(1.98)', 'vector(0.495)']);
    expect(broken('constant', [record('a:b', 'histogram_quantile(0.9, x)')])).toEqual([
      'histogram_quantile(0.45, x)',
      'histogram_quantile(0.95, x)',
    ]);
  });
});

describe('what stands beside the expression', () => {
  it('for, keep_firing_for, severity and labels', () => {
    const labels = new Map([
      ['severity', 'page'],
      ['owner', 'team'],
    ]);
    const mutants = mutantsOf(suiteOf([alert('x', { for: 300, keepFiringFor: 60, labels })]));
    const rules = mutants.map((mutant) => [mutant.kind, brokenRule(mutant)] as const);
    const times = rules.flatMap(([kind, rule]) =>
      kind === 'for' && rule.kind === 'alert' ? [rule.for] : [],
    );
    expect(times).toEqual([undefined, 150, 600]);
    expect(rules.find(([kind]) => kind === 'keep-firing-for')?.[1]).toMatchObject({
      keepFiringFor: undefined,
    });
    expect(rules.find(([kind]) => kind === 'severity')?.[1].labels.get('severity')).toBe('ticket');
    expect(rules.find(([kind]) => kind === 'label')?.[1].labels.has('owner')).toBe(false);
  });
});

describe('mutants of a suite', () => {
  it('break one rule each, are made once, and never repeat the original', () => {
    const rules = [record('a:b', 'x'), alert('a:b > 2 and a:b > 2', { for: 60 })];
    const mutants = mutantsOf(suiteOf(rules));
    const texts = mutants.map((mutant) => {
      const rule = brokenRule(mutant);
      return `${mutant.place.join()} ${printPromql(rule.expr)} ${rule.kind === 'alert' ? (rule.for ?? 0) : ''}`;
    });
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts).not.toContain('0,1 a:b > 2 and a:b > 2 60');
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
    for (const { groups } of mutants)
      expect(groups[0]?.rules.filter((rule) => rules.includes(rule))).toHaveLength(1);
  });

  it('name a rule by the labels that tell it from others of its name', () => {
    const rules = [record('a:b', 'x', { n: '1', s: 'x' }), record('a:b', 'y', { n: '2', s: 'x' })];
    expect(new Set(mutantsOf(suiteOf(rules)).map(({ rule }) => rule))).toEqual(
      new Set(['a:b{n="1"}', 'a:b{n="2"}']),
    );
  });
});
