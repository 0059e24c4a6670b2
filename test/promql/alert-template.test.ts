import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeTemplate, templateLabels } from '../../src/promql/alert-template.js';
import { describeWithPromtool, promtool } from '../support/promtool.js';
import { runs } from '../support/long.js';

const labelsIn = (text: string): string[] =>
  templateLabels(text).labels.map(({ name, from, to }) => {
    expect(text.slice(from, to)).toBe(name);
    return name;
  });

const good: readonly (readonly [text: string, ...labels: string[]])[] = [
  ['plain'],
  ['Queue {{ $labels.queue }} holds {{ $value }} tasks.', 'queue'],
  ['{{$labels.a}}{{ $labels.b | toUpper }}', 'a', 'b'],
  ['{{- $labels.a -}} x', 'a'],
  ['{{ $value | humanizePercentage }} and {{ printf "%.2f" $value }}'],
  ['{{ if gt $value 5.0 }}{{ $labels.a }}{{ else }}x{{ end }}', 'a'],
  ['{{ with $x := $labels.a }}{{ $x }}{{ end }}', 'a'],
  ['{{ range query "up" }}{{ .Labels.job }} {{ .Value }}{{ end }}', 'job'],
  ['{{ index $labels "a" }}', 'a'],
  ['{{ "}}" }} {{ `{{` }}'],
  ['{{/* $labels.x */}}'],
  ['{{ $externalLabels.cluster }} {{ $externalURL }}'],
  ['}} alone'],
];

const bad: readonly (readonly [text: string, at: string, message: string])[] = [
  ['{{ $labels.a', '{{', 'this action is never closed'],
  ['{{ $label.a }}', '$label', 'the template reads `$label`, which nothing declares'],
  ['{{ labels.a }}', 'labels', 'the template calls `labels`, which is no function of Prometheus'],
  [
    '{{ $value | humanise }}',
    'humanise',
    'the template calls `humanise`, which is no function of Prometheus',
  ],
  ['{{ if $value }}x', 'if', 'this block is never ended'],
  ['x{{ end }}', 'end', '`end` closes nothing'],
  ['{{ }}', '{{ }}', 'an action is empty'],
  ['{{ "x }}', '"', 'a string in the template is never closed'],
];

describe('templates of alerts', () => {
  it.each(good)('%s', (text, ...labels) => {
    expect(labelsIn(text)).toEqual(labels);
    expect(templateLabels(text).errors).toEqual([]);
  });

  it.each(bad)('%s', (text, at, message) => {
    expect(
      templateLabels(text).errors.map(({ from, to, message: found }) => [text.slice(from, to), found]),
    ).toEqual([[at, message]]);
  });

  it('never throws and points into the text', () => {
    const pieces = fc.array(
      fc.constantFrom(
        '{{',
        '}}',
        ' ',
        '$labels',
        '.a',
        '$value',
        '|',
        '"',
        '`',
        'if',
        'end',
        'else',
        '-',
        '/*',
        '*/',
        'humanize',
        ':=',
        '(',
        ')',
        '\n',
        'é',
      ),
    );
    fc.assert(
      fc.property(pieces, (found) => {
        const text = found.join('');
        const { labels, errors } = templateLabels(text);
        for (const { from, to } of [...labels, ...errors]) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeGreaterThanOrEqual(from);
          expect(to).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: runs(2000) },
    );
  });

  it('finds nothing in text that was escaped', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('{{', '{', '}}', ' $labels.a ', 'x')), (found) => {
        const { labels, errors } = templateLabels(escapeTemplate(found.join('')));
        expect([labels, errors]).toEqual([[], []]);
      }),
    );
  });
});

/** Whether Prometheus takes each text as an annotation. */
function taken(texts: readonly string[]): readonly boolean[] {
  const rules = texts.map((summary, index) => ({
    alert: `a${index}`,
    expr: 'up == 0',
    annotations: { summary },
  }));
  const { output } = promtool(['check', 'rules', 'rules.json'], {
    'rules.json': JSON.stringify({ groups: [{ name: 'g', rules }] }),
  });
  const refused = new Set([...output.matchAll(/rule \d+, "(a\d+)"/g)].map(([, name]) => name));
  return texts.map((_, index) => !refused.has(`a${index}`));
}

describeWithPromtool('Prometheus', () => {
  it('takes and refuses the same templates', () => {
    const texts = [...good.map(([text]) => text), ...bad.map(([text]) => text)];
    const found = taken(texts);
    expect(
      texts.filter((text, index) => found[index] !== (templateLabels(text).errors.length === 0)),
    ).toEqual([]);
  });

  it('shows escaped text as it was', () => {
    const texts = ['{{ x }}', '{{', '{{{', '{{{{', 'a {{ "b" }} c', '}}'];
    expect(taken(texts.map(escapeTemplate))).toEqual(texts.map(() => true));
    const rules = texts.map((text, index) => ({
      alert: `a${index}`,
      expr: 'up == 0',
      annotations: { text: escapeTemplate(text) },
    }));
    const result = promtool(['test', 'rules', 'test.json'], {
      'rules.json': JSON.stringify({ groups: [{ name: 'g', rules }] }),
      'test.json': JSON.stringify({
        rule_files: ['rules.json'],
        tests: [
          {
            interval: '1m',
            input_series: [{ series: 'up', values: '0x5' }],
            alert_rule_test: texts.map((text, index) => ({
              eval_time: '2m',
              alertname: `a${index}`,
              exp_alerts: [{ exp_annotations: { text } }],
            })),
          },
        ],
      }),
    });
    expect(result.output).toContain('SUCCESS');
  });
});
