import { describe, expect, it } from 'vitest';
import { ruleFile } from '../../../src/emit/prometheus/rule-file.js';
import { number, selector, binary } from '../../../src/promql/build.js';
import type { RuleGroup } from '../../../src/promql/rule.js';
import type { Scenario } from '../../../src/prove/scenario.js';
import { flat } from '../../../src/prove/series.js';
import { simulate } from '../../../src/prove/simulate.js';
import { expandTemplate } from '../../../src/prove/template/expand.js';
import { testDocument } from '../../../src/prove/test-file.js';
import { describeWithPromtool, promtool } from '../../support/promtool.js';

const templates: readonly string[] = [
  'plain {braces}',
  '{{ $value }}',
  '{{ .Value }} of {{ .Labels.a }}',
  '{{ $labels.a }}-{{ $labels.missing }}-{{ index $labels "b" }}',
  '{{ $labels.__name__ }}',
  '{{ $value | humanize }} {{ humanize1024 $value }} {{ humanizePercentage $value }} {{ $value | humanizeDuration }}',
  '{{ printf "%.2f" $value }} {{ $value | printf "%.0f" }} {{ printf "%8.1f|%-8.1f|%08.2f|%+.1f" $value $value $value $value }}',
  '{{ printf "%g %.3g %e %v %s %q %d%%" $value $value $value $value $labels.a $labels.a 3 }}',
  '{{ if gt $value 1.5 }}high{{ else if eq $value 0.0 }}none{{ else }}low{{ end }}',
  '{{ if and (ge $value 1.0) (ne $labels.a "y") }}yes{{ else }}no{{ end }}',
  '{{ if or (not $labels.missing) false }}missing{{ end }}',
  '{{ with $labels.b }}<{{ . }}>{{ else }}none{{ end }}',
  'a {{- " b " -}} c {{/* comment */}} d',
  '{{ $x := printf "%s!" $labels.a }}{{ $x }}{{ $x | toUpper | len }}',
  '{{ title "two words" }} {{ toLower "ABC" }} {{ reReplaceAll "(.)b" "$1-" "abcb" }} {{ match "^a" $labels.b }}',
  '{{ "{{" }} {{ `raw "text"` }} {{ print "a" "b" }}',
];

const values = [
  0, 1.5, -2.5, 0.125, 0.000012345, 1234567, 99999, 123456.789, 86_399.5, 1e18, 999.95, 12345, 2.5, 1e-7,
  3600,
];

const rule = {
  kind: 'alert' as const,
  alert: 'Shown',
  expr: binary('>', selector('x'), number(-1e9)),
  for: undefined,
  keepFiringFor: undefined,
  labels: new Map([['level', '{{ if gt $value 100.0 }}high{{ else }}low{{ end }}']]),
  annotations: new Map(templates.map((template, index) => [`t${index}`, template])),
};
const groups: readonly RuleGroup[] = [{ name: 'g', interval: 60, rules: [rule] }];

describeWithPromtool('templates of alerts', () => {
  it('are filled in as promtool does', () => {
    const series = values.map((value, index) => ({
      metric: 'x',
      labels: new Map([
        ['a', index % 2 === 0 ? 'x' : 'y'],
        ['b', `a${index}`],
      ]),
      segments: [flat(value, 2)],
    }));
    const run = { interval: 60, evaluationInterval: 60, series };
    const alerts = simulate(groups, run, 60)
      .instances('Shown', 60)
      .map((each) => ({
        labels: new Map([...each.labels].filter(([label]) => label !== 'alertname')),
        annotations: each.annotations(),
      }));
    expect(alerts.length).toBe(values.length);
    const scenario: Scenario = {
      name: 'all',
      ...run,
      checks: [{ kind: 'identity', alert: 'Shown', at: 60, alerts }],
    };
    const { output } = promtool(['test', 'rules', 'test.yaml'], {
      'test.yaml': testDocument(['rules.yaml'], ['g'], 60, [scenario]),
      'rules.yaml': ruleFile(groups),
    });
    expect(output).toContain('SUCCESS');
  });
});

describe('a template', () => {
  const data = { labels: new Map([['a', 'x']]), value: 5 };
  for (const template of [
    '{{ range query "up" }}{{ end }}',
    '{{ $externalLabels.cluster }}',
    '{{ externalURL }}',
    '{{ if gt $value 5 }}{{ end }}',
    '{{ $value | humanizeTimestamp }}',
    '{{ printf "%d" $value }}',
  ]) {
    it(`is refused where it is ${template}`, () => {
      expect(() => expandTemplate(template, data)).toThrow(/fill|types|fit/);
    });
  }
});
