import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { describeWithPromtool } from '../../support/promtool.js';
import { expectValid, ruleFiles } from './rules.js';

interface RuleFile {
  readonly groups: readonly {
    readonly name: string;
    readonly interval: string;
    readonly rules: readonly {
      readonly alert?: string;
      readonly record?: string;
      readonly expr: string;
      readonly for?: string;
      readonly keep_firing_for?: string;
      readonly labels: Readonly<Record<string, string>>;
      readonly annotations?: Readonly<Record<string, string>>;
    }[];
  }[];
}

function read(spec: string, name: string): RuleFile {
  return parse(ruleFiles(spec)[name] ?? '') as RuleFile;
}

const spec = (version: string, more = ''): string => `
version: 1
service: { name: shop, owner: team-a, runbooks: https://runbooks.example.com/shop }
target: { prometheus: { version: "${version}" } }
labels:
  queue: { description: Queue., values: [intake] }
  service: { description: Service that asks., values: [a, b] }
metrics:
  depth: { type: gauge, help: Depth., labels: [queue] }
  asked_total: { type: counter, help: Asked., labels: [service] }
alerts:
  Long: { expr: depth > 5, for: 90s, keepFiringFor: 10m, severity: page, owner: team-b, labels: { tier: 'a {{ b', __proto__: x }, summary: 'Queue {{ $labels.queue }}: "long"', description: 'Look {{ "{{" }}' }
  Asked: { expr: 'sum by (service) (rate(asked_total[5m])) > 5', severity: info, summary: 'x' }
  Total: { expr: 'sum(rate(asked_total[5m])) > 5', severity: info, summary: 'x' }
${more}`;

const alertOf = (text: string, name: string) =>
  read(text, 'shop-alerts.yaml')
    .groups.flatMap((group) => group.rules)
    .find((rule) => rule.alert === name);

describe('the file of alerts', () => {
  it('carries labels and annotations, templates as written, plain text escaped', () => {
    const rule = alertOf(spec('3.5'), 'Long');
    expect(rule).toMatchObject({
      expr: 'depth > 5',
      for: '1m30s',
      keep_firing_for: '10m',
      annotations: {
        summary: 'Queue {{ $labels.queue }}: "long"',
        description: 'Look {{ "{{" }}',
        runbook_url: 'https://runbooks.example.com/shop/Long',
      },
    });
    expect(Object.entries(rule?.labels ?? {})).toEqual([
      ['severity', 'page'],
      ['service', 'shop'],
      ['owner', 'team-b'],
      ['tier', 'a {{ "{{" }} b'],
      ['__proto__', 'x'],
    ]);
  });

  it('writes keep_firing_for, and nothing at all where a server does not know it', () => {
    expect(() => alertOf(spec('2.41'), 'Long')).toThrow('OBS3604');
    expect(alertOf(spec('2.42'), 'Long')).toHaveProperty('keep_firing_for');
  });

  it('leaves a label to the series that carry it, so that no two alerts become one', () => {
    expect(alertOf(spec('3.5'), 'Asked')?.labels).not.toHaveProperty('service');
    expect(alertOf(spec('3.5'), 'Total')?.labels['service']).toBe('shop');
  });

  it('has groups of at most twenty rules with names of their own', () => {
    const many = Array.from(
      { length: 45 },
      (_, index) => `  A${index}: { expr: depth > ${index}, severity: info, summary: x }`,
    ).join('\n');
    const { groups } = read(spec('3.5', many), 'shop-alerts.yaml');
    expect(groups.map((group) => group.rules.length)).toEqual([20, 20, 8]);
    expect(groups.map((group) => group.name)).toEqual(['shop:alerts', 'shop:alerts:2', 'shop:alerts:3']);
  });

  it('is not written where there is nothing to say', () => {
    expect(ruleFiles('version: 1\nservice: { name: shop }\n')).toEqual({});
  });
});

describeWithPromtool('texts of a spec', () => {
  it('reach Prometheus unharmed, whatever they hold', () => {
    const awkward = [
      '"',
      "'",
      '\\',
      ': ',
      '#',
      '- ',
      '{{ "{{" }}',
      '%',
      'é',
      '\u{1F600}',
      '\u2028',
      'null',
      'yes',
      '~',
      '&a',
      '*a',
      '!x',
      '|',
      '>',
      '@',
    ];
    const alerts = awkward
      .map(
        (text, index) =>
          `  A${index}: { expr: depth > 1, severity: info, summary: ${JSON.stringify(`x ${text}`)}, description: ${JSON.stringify(`${text} y\n${text}\n`)}, labels: { l: ${JSON.stringify(`${text}z`)} } }`,
      )
      .join('\n');
    const text = spec('3.5', alerts);
    expectValid(ruleFiles(text));
    awkward.forEach((each, index) => {
      expect(alertOf(text, `A${index}`)?.annotations?.['summary']).toBe(`x ${each}`);
      expect(alertOf(text, `A${index}`)?.annotations?.['description']).toBe(`${each} y\n${each}\n`);
    });
  });
});
