import { expect, it } from 'vitest';
import {
  expectBehaviour,
  expectValid,
  ruleFiles,
  type Expectation,
  type Scenario,
} from '../emit/prometheus/rules.js';
import { describeWithPromtool } from '../support/promtool.js';

const spec = `
version: 1
service: { name: shop }
target: { prometheus: { scrapeInterval: 1m, evaluationInterval: 1m } }
labels:
  outcome: { description: Outcome., values: [ok, failed] }
metrics:
  runs_total: { type: counter, help: Runs., labels: [outcome] }
  sandbox_up: { type: gauge, help: Up., range: [0, 1] }
slis:
  runs: { events: { total: runs_total, bad: 'runs_total{outcome="failed"}' } }
  up: { boolean: sandbox_up }
slos:
  runs: { sli: runs, objective: 99, period: 10d }
  up: { sli: up, objective: 99, period: 10d }
`;

const series = (slo: string): string => `slo:time_to_exhaustion:seconds{slo="${slo}"}`;

const absent = (slo: string, at: string): Expectation => ({ expr: series(slo), at });

/** That the budget lasts for so many seconds, give or take. */
const lasts = (slo: string, at: string, from: number, to: number): Expectation => ({
  expr: `count(${series(slo)} >= ${from} <= ${to})`,
  at,
  is: { '{}': 1 },
});

/** Hours of ten runs a minute, of which a share is bad. */
function runs(...hours: readonly (readonly [count: number, bad: number])[]): Scenario['series'] {
  const lines = (share: (bad: number) => number): string => {
    let value = 0;
    return hours
      .map(([count, bad]) => {
        const step = 10 * share(bad);
        const text = `${value}+${step}x${count * 60 - 1}`;
        value += step * count * 60;
        return text;
      })
      .join(' ');
  };
  return {
    'runs_total{outcome="ok"}': lines((bad) => 1 - bad),
    'runs_total{outcome="failed"}': lines((bad) => bad),
  };
}

describeWithPromtool('the time until a budget is gone', () => {
  const files = ruleFiles(spec);
  const run = (scenarios: Readonly<Record<string, Scenario>>): void => {
    expectBehaviour(files, scenarios);
  };

  it('is a rule that Prometheus takes', () => {
    expectValid(files);
    expect(files['shop-slo-runs.yaml']).toContain('slo:time_to_exhaustion:seconds');
  });

  it('follows from what is left and from the burn rate of the last hour', () => {
    // 20 h without a bad run, then 2 h at 4 %: 48 of 13200 runs are bad, which spends 36.4 % of the budget. 0.636 x 10 d / 4 = 1.59 d.
    run({
      burning: {
        series: { ...runs([20, 0], [2, 0.04]), sandbox_up: '1x1319' },
        expect: [lasts('runs', '21h58m', 1.55 * 86_400, 1.65 * 86_400), absent('up', '21h58m')],
      },
    });
  });

  it('is absent while nothing burns, while nothing happens, and while the budget outlasts the period', () => {
    run({
      healthy: { series: runs([3, 0]), expect: [absent('runs', '2h')] },
      idle: {
        series: { 'runs_total{outcome="ok"}': '7x180', 'runs_total{outcome="failed"}': '7x180' },
        expect: [absent('runs', '2h')],
      },
      // A burn rate of a half: after ten days a half of the budget is spent, and the period begins to forget.
      'slow burn': { series: runs([3, 0.005]), expect: [absent('runs', '2h50m')] },
      'burn has ended': { series: runs([20, 0], [1, 0.04], [3, 0]), expect: [absent('runs', '23h50m')] },
    });
  });

  it('is 0 where the budget is gone, whether it burns still or not', () => {
    const zero = (at: string): Expectation => ({
      expr: `${series('runs')} + 0`,
      at,
      is: { '{slo="runs", service="shop"}': 0 },
    });
    run({ gone: { series: runs([1, 0], [2, 0.5], [3, 0]), expect: [zero('2h50m'), zero('5h50m')] } });
  });

  it('is there for shares of time too', () => {
    // One minute of twenty: a burn rate of 5. After 20 good hours an hour of it, 3 of 1260 minutes, spends 24 %. 0.76 x 10 d / 5 = 1.52 d.
    run({
      down: {
        series: { sandbox_up: `1x1199 ${Array.from({ length: 3 }, () => '0 1x18').join(' ')} 1x10` },
        expect: [lasts('up', '20h58m', 1.48 * 86_400, 1.6 * 86_400)],
      },
    });
  });
});
