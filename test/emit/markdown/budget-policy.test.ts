import { describe, expect, it } from 'vitest';
import { budgetPolicy } from '../../../src/emit/markdown/budget-policy.js';
import { detectionTable, roughly } from '../../../src/emit/markdown/detection.js';
import type { Model, Slo } from '../../../src/model/model.js';
import { modelOf } from '../../support/model.js';

function objective(keys: string, owner = ', owner: web'): readonly [Model, Slo] {
  const model = modelOf(`
version: 1
service: { name: shop${owner} }
labels:
  outcome: { description: Outcome., values: [ok, failed] }
metrics:
  runs_total: { type: counter, help: Runs., labels: [outcome] }
slis:
  runs: { events: { total: runs_total, bad: 'runs_total{outcome="failed"}' } }
slos:
  runs: { sli: runs, objective: 99.9, period: 30d${keys} }
`);
  const slo = model.slos.get('runs');
  if (slo === undefined) throw new Error('the objective is missing');
  return [model, slo];
}

const policy = (...of: Parameters<typeof objective>): string => budgetPolicy(...objective(...of));

describe('the policy of an error budget', () => {
  it('has steps at a half, a quarter and nothing, and names who decides', () => {
    const lines = policy('').split('\n');
    expect(lines[0]).toBe('As the error budget of runs runs out, over a rolling 30d:');
    expect(lines.slice(2).map((line) => line.replace(/:.*/, ''))).toEqual([
      '- **50 % left**, web decides',
      '- **25 % left**, web decides',
      '- **None left**, web decides',
    ]);
    expect(policy(', owner: data')).toContain('data decides');
    expect(policy('', '')).not.toContain('decides:');
  });

  it('is what the spec says, the most that is left first', () => {
    const own = policy(
      ', policy: [{ left: 0, do: Stop., who: board }, { left: 12.5, do: "Slow down.\\n\\n- a\\n- b" }]',
    );
    expect(own).toContain(
      '- **12.5 % left**, web decides: Slow down.\n\n  - a\n  - b\n- **None left**, board decides: Stop.',
    );
  });

  it('may be Markdown of its own, in which nothing can break out', () => {
    expect(policy(", policy: 'See the *handbook*.'")).toBe('See the *handbook*.');
    expect(policy(", policy: '<script>'")).not.toContain('<script');
    expect(policy(", policy: [{ left: 0, do: '<script>' }]")).not.toContain('<script');
  });
});

describe('the table of detection times', () => {
  const rows = (keys: string): readonly (readonly string[])[] =>
    (detectionTable(...objective(keys)) ?? '')
      .split('\n')
      .filter((line) => line.startsWith('|') && !line.includes('---'))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );

  it('follows the formula of the workbook', () => {
    // 1h x 14.4 x 0.001 / 1 = 51.84 s; 3d x 1 x 0.001 / 0.002 = 1.5 d.
    expect(rows('')).toEqual([
      ['Bad', 'Burn rate', 'Page after', 'Ticket after', 'Budget gone after'],
      ['100 %', '1000', '52s', '4m19s', '43m'],
      ['10 %', '100', '8m38s', '43m', '7h12m'],
      ['1 %', '10', '3h36m', '7h12m', '3d'],
      ['0.2 %', '2', 'never', '1d12h', '15d'],
    ]);
  });

  it('has a column for each severity that alerts', () => {
    expect(rows(', alerting: { page: false }')[0]).toEqual([
      'Bad',
      'Burn rate',
      'Ticket after',
      'Budget gone after',
    ]);
    expect(detectionTable(...objective(', alerting: { page: false, ticket: false }'))).toBeUndefined();
  });

  it('rounds to what a person reads', () => {
    expect([0.5, 51.84, 600, 4000, 40_000, 1_000_000].map(roughly)).toEqual([
      '1s',
      '52s',
      '10m',
      '1h7m',
      '11h',
      '12d',
    ]);
  });
});
