import { expect, it } from 'vitest';
import { complaintsOf } from '../../../src/prove/run/promtool-output.js';
import { describeWithPromtool, promtool } from '../../support/promtool.js';

const rules = 'groups: [{ name: g, rules: [{ record: "a:b", expr: "x * on () y" }] }]\n';

function testFile(body: string): string {
  return `rule_files: [rules.yaml]\nevaluation_interval: 1m\ntests:\n${body}`;
}

describeWithPromtool('what promtool says', () => {
  it('about assertions, whose test promtool 2 names only where it is about alerts', () => {
    const { output } = promtool(['test', 'rules', 'a.yaml', 'b.yaml'], {
      'rules.yaml': rules,
      'a.yaml': testFile(`- name: 'one, two: "three"'
  interval: 1m
  input_series: [{ series: x, values: 1+1x9 }, { series: y, values: 1+1x9 }]
  promql_expr_test:
  - { expr: "sum(\\n  a:b{c=\\"d\\"})", eval_time: 1h2m, exp_samples: [{ labels: '{}', value: 3 }] }
  - { expr: 'a:b', eval_time: 2m, exp_samples: [] }
`),
      'b.yaml': testFile(`- name: other
  interval: 1m
  alert_rule_test:
  - { alertname: A, eval_time: 90s, exp_alerts: [{ exp_labels: { a: b } }] }
`),
    });
    expect(complaintsOf(output.replace(/^Unit Testing:.*$/gm, ''))).toEqual([
      {
        kind: 'assertion',
        test: '',
        alert: undefined,
        query: 'sum(\n  a:b{c="d"})',
        at: 3720,
        expected: '{} 3E+00',
        got: 'nil',
      },
      {
        kind: 'assertion',
        test: '',
        alert: undefined,
        query: 'a:b',
        at: 120,
        expected: 'nil',
        got: '{__name__="a:b"} 9E+00',
      },
      {
        kind: 'assertion',
        test: 'other',
        alert: 'A',
        query: undefined,
        at: 90,
        expected: '[\n    0:\n      Labels:{a="b", alertname="A"}\n      Annotations:{}\n    ]',
        got: '[]',
      },
    ]);
  });

  it('about rules that cannot be evaluated, and files that cannot be read', () => {
    const { output } = promtool(['test', 'rules', 'a.yaml'], {
      'rules.yaml': rules,
      'a.yaml': testFile(`- interval: 1m
  input_series:
  - { series: 'x{a="1"}', values: 1+1x9 }
  - { series: 'y{a="1"}', values: 1+1x9 }
  - { series: 'y{a="2"}', values: 1+1x9 }
  promql_expr_test: [{ expr: 'a:b', eval_time: 1m, exp_samples: [] }]
`),
    });
    const [first] = complaintsOf(output.replace(/^Unit Testing:.*$/gm, ''));
    expect(first?.kind).toBe('evaluation');
    const broken = promtool(['test', 'rules', 'a.yaml'], {
      'a.yaml': testFile('- { interval: 1m, foo: 2 }\n'),
    });
    const faults = complaintsOf(broken.output.replace(/^Unit Testing:.*$/gm, ''));
    expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(['fault']));
  });

  it('about nothing', () => {
    expect(complaintsOf('')).toEqual([]);
  });
});
