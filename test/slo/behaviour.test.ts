import { expect, it } from 'vitest';
import { describeWithPromtool } from '../support/promtool.js';
import {
  expectBehaviour,
  expectValid,
  firing,
  ruleFiles,
  silent,
  type Expectation,
} from '../emit/prometheus/rules.js';

const head = `
version: 1
service: { name: shop, owner: team-a, runbooks: https://runbooks.example.com/shop }
target: { prometheus: { scrapeInterval: 1m, evaluationInterval: 1m, retention: 40d } }
labels:
  agent: { description: Agent., values: [planner, writer] }
  outcome: { description: Outcome., values: [completed, failed, timeout, cancelled] }
metrics:
  runs_total: { type: counter, help: Runs., labels: [agent, outcome] }
  run_duration_seconds: { type: histogram, help: Time., labels: [agent], buckets: [0.5, 2, 10] }
  queue_depth: { type: gauge, help: Depth. }
  sandbox_up: { type: gauge, help: Up., range: [0, 1] }
  index_built_timestamp_seconds: { type: gauge, help: Built. }
`;

const events = `${head}
slis:
  good: { description: Runs that end well., events: { total: 'runs_total{outcome!="cancelled"}', good: 'runs_total{outcome="completed"}' } }
  bad: { description: The same from the other side., events: { total: 'runs_total{outcome!="cancelled"}', bad: 'runs_total{outcome=~"failed|timeout"}' } }
slos:
  run-success: { sli: good, objective: 99.5, period: 30d, by: [agent], alerting: { noData: 15m } }
  run-failure: { sli: bad, objective: 99.5, period: 30d, by: [agent], alerting: { noData: 15m } }
`;

/** That every recorded value is a number: NaN is not at least minus infinity. */
const noNaN = (at: string): Expectation => ({
  expr: 'count({__name__=~"slo:.+"}) - count({__name__=~"slo:.+"} >= -Inf)',
  at,
  is: { '{}': 0 },
});

const page = (name: string): string => `Run${name}BudgetBurnPage`;
const both = ['Success', 'Failure'] as const;

/** Counters of one agent over six healthy hours at 0.1 % failures, then so many minutes at another share, ten runs a minute. */
function runs(agent: string, share: number, minutes: number): Readonly<Record<string, string>> {
  const [good, bad] = [10 * (1 - share), 10 * share];
  return {
    [`runs_total{agent="${agent}",outcome="completed"}`]: `0+9.99x360 ${3596.4 + good}+${good}x${minutes}`,
    [`runs_total{agent="${agent}",outcome="failed"}`]: `0+0.01x360 ${3.6 + bad}+${bad}x${minutes}`,
    [`runs_total{agent="${agent}",outcome="cancelled"}`]: '0+50x1000',
  };
}

describeWithPromtool('rules of objectives on events', () => {
  const files = ruleFiles(events);

  it('pass promtool check rules', () => {
    expectValid(files);
    expect(Object.keys(files)).toEqual(['shop-slo-run-success.yaml', 'shop-slo-run-failure.yaml']);
  });

  it('page at the predicted minute, for the burning group alone, and stop within the short window', () => {
    // 60 min * (0.072 - 0.001) / (0.2 - 0.001) = 21.4 min after the start of the incident at 6h.
    const series = { ...runs('planner', 0.2, 40), ...runs('writer', 0.001, 100) };
    const mended = {
      ...series,
      'runs_total{agent="planner",outcome="completed"}': `${series['runs_total{agent="planner",outcome="completed"}'] ?? ''} 3936.4+10x60`,
    };
    expectBehaviour(files, {
      burn: {
        series: mended,
        expect: both.flatMap((each) => [
          silent(page(each), '6h20m'),
          firing(page(each), '6h25m', 'agent=planner'),
          firing(page(each), '6h39m', 'agent=planner'),
          silent(page(each), '6h50m'),
        ]),
      },
    });
  });

  it('stay silent on idle counters, record no NaN, and keep the budget whole afterwards', () => {
    const idle = (outcome: string, then: string): Readonly<Record<string, string>> => ({
      [`runs_total{agent="planner",outcome="${outcome}"}`]: `7x60 ${then}`,
    });
    expectBehaviour(files, {
      idle: {
        series: { ...idle('completed', '8+10x240'), ...idle('failed', '7x240') },
        expect: both.flatMap((each) => [
          silent(page(each), '50m'),
          { expr: `{__name__=~"slo:sli_error:.*",slo="run-${each.toLowerCase()}"}`, at: '50m' },
          noNaN('50m'),
          {
            expr: `slo:period_error_budget_remaining:ratio{slo="run-${each.toLowerCase()}"} == bool 1`,
            at: '4h',
            is: { [`{slo="run-${each.toLowerCase()}",service="shop",agent="planner"}`]: 1 },
          },
        ]),
      },
    });
  });

  it('take an error series that does not exist for no errors, and no good ones for all bad', () => {
    const labels = (slo: string): string => `{slo="${slo}",service="shop",agent="planner"}`;
    expectBehaviour(files, {
      'no errors yet': {
        series: { 'runs_total{agent="planner",outcome="completed"}': '0+10x120' },
        expect: both.flatMap((each) => [
          {
            expr: `slo:sli_error:ratio_rate1h{slo="run-${each.toLowerCase()}"} + 0`,
            at: '1h30m',
            is: { [labels(`run-${each.toLowerCase()}`)]: 0 },
          },
          silent(page(each), '1h30m'),
        ]),
      },
      'nothing good yet': {
        series: { 'runs_total{agent="planner",outcome="failed"}': '0+10x120' },
        expect: both.flatMap((each) => [
          {
            expr: `slo:sli_error:ratio_rate1h{slo="run-${each.toLowerCase()}"} + 0`,
            at: '1h30m',
            is: { [labels(`run-${each.toLowerCase()}`)]: 1 },
          },
          firing(page(each), '1h30m', 'agent=planner'),
        ]),
      },
    });
  });

  it('do not wake anybody for one failure of three', () => {
    const condition = (slo: string): string =>
      `count(slo:sli_error:ratio_rate5m{slo="${slo}"} > 0.072 and slo:sli_error:ratio_rate1h{slo="${slo}"} > 0.072)`;
    expectBehaviour(files, {
      'three runs': {
        series: {
          'runs_total{agent="planner",outcome="completed"}': '0x10 1x10 2x100',
          'runs_total{agent="planner",outcome="failed"}': '0x20 1x100',
        },
        expect: both.flatMap((each) => [
          // Without the gate it would fire: the test is not vacuous.
          { expr: condition(`run-${each.toLowerCase()}`), at: '23m', is: { '{}': 1 } },
          ...['21m', '23m', '30m', '60m'].map((at) => silent(page(each), at)),
        ]),
      },
    });
  });

  it('leave out what the total leaves out, and survive a restart', () => {
    expectBehaviour(files, {
      'all cancelled': {
        series: {
          'runs_total{agent="planner",outcome="cancelled"}': '0+100x200',
          'runs_total{agent="planner",outcome="completed"}': '0+10x200',
        },
        expect: both.map((each) => silent(page(each), '3h')),
      },
      restart: {
        series: {
          'runs_total{agent="planner",outcome="completed"}': '0+100x120 0+100x120',
          'runs_total{agent="planner",outcome="failed"}': '0+0.01x120 0+0.01x120',
        },
        expect: both.flatMap((each) => ['2h', '2h2m', '2h10m'].map((at) => silent(page(each), at))),
      },
    });
  });

  it('say when nothing can be measured, and do not page for it', () => {
    const gone = Object.fromEntries(
      Object.entries(runs('planner', 0.001, 60)).map(([key, values]) => [
        key,
        `${values.replace('x1000', 'x420')} _x120`,
      ]),
    );
    expectBehaviour(files, {
      gone: {
        series: gone,
        expect: both.flatMap((each) => [
          silent(`Run${each}NoData`, '7h5m'),
          firing(`Run${each}NoData`, '7h35m', ''),
          silent(page(each), '7h35m'),
        ]),
      },
      'never started': {
        series: { up: '0x100' },
        expect: both.flatMap((each) => [
          silent(`Run${each}NoData`, '10m'),
          firing(`Run${each}NoData`, '20m', ''),
        ]),
      },
    });
  });

  it('weigh events, not minutes: a bad night with little traffic does not spend the budget of a day', () => {
    // 10 h at 1 run a minute, half of them bad; 10 h at 100 runs a minute, none bad: 300 of 60600 are bad.
    const spent = (slo: string): string => `slo:sli_error:ratio_rate30d{slo="${slo}"} > 0.0045 < 0.0055`;
    expectBehaviour(files, {
      'day and night': {
        series: {
          'runs_total{agent="planner",outcome="completed"}': '0+0.5x600 400+100x600',
          'runs_total{agent="planner",outcome="failed"}': '0+0.5x600 300x600',
        },
        expect: both.map((each) => ({
          expr: `count(${spent(`run-${each.toLowerCase()}`)})`,
          at: '20h',
          is: { '{}': 1 },
        })),
      },
    });
  });
});

describeWithPromtool('the slow ticket', () => {
  const files = ruleFiles(events.replace('evaluationInterval: 1m', 'evaluationInterval: 5m'));

  it('comes from a burn that no page sees', () => {
    // 1 % bad is a burn rate of 2: below both pages (6 and 14.4), above the ticket (1).
    expectBehaviour(
      files,
      {
        slow: {
          series: {
            'runs_total{agent="planner",outcome="completed"}': '0+100x1440 144000+99x2880',
            'runs_total{agent="planner",outcome="failed"}': '0x1440 0+1x2880',
          },
          expect: both.flatMap((each) => [
            // One day healthy; then 1 % for x days: x / (1 + x) * 1 % > 0.5 % from x = 1 on.
            silent(`Run${each}BudgetBurnTicket`, '40h'),
            firing(`Run${each}BudgetBurnTicket`, '50h', 'agent=planner'),
            silent(page(each), '60h'),
          ]),
        },
      },
      '5m',
    );
  });
});

const kinds = `${head}
slis:
  fast: { description: Within 2 s., latency: { histogram: run_duration_seconds, threshold: 2s } }
  short: { description: Short queue., timeSlice: { query: queue_depth, op: '<=', value: 500 } }
  up: { description: Sandbox answers., boolean: sandbox_up }
  fresh: { description: Index is fresh., freshness: { timestamp: index_built_timestamp_seconds, maxAge: 1h } }
  raw: { description: Raw., query: 'sum(rate(runs_total{outcome="failed"}[$window])) / sum(rate(runs_total[$window]))', unit: ratio }
slos:
  fast: { sli: fast, objective: 99, period: 30d, alerting: { noData: 15m } }
  short: { sli: short, objective: 99, period: 30d, alerting: { noData: 15m } }
  up: { sli: up, objective: 99, period: 30d, alerting: { noData: 15m } }
  fresh: { sli: fresh, objective: 99, period: 30d, alerting: { noData: 15m } }
  raw: { sli: raw, objective: 99, period: 30d, alerting: { noData: 15m } }
`;

describeWithPromtool('rules of the other forms of SLIs', () => {
  const files = ruleFiles(kinds);
  const names = ['Fast', 'Short', 'Up', 'Fresh', 'Raw'];

  it('pass promtool check rules', () => {
    expectValid(files);
  });

  /** Good for two hours, then bad for one. The histogram's bound is written as clients of either generation write it. */
  const bad = (le: string): Readonly<Record<string, string>> => ({
    [`run_duration_seconds_bucket{agent="planner",le="${le}"}`]: '0+10x120 1200x60',
    'run_duration_seconds_count{agent="planner"}': '0+10x180',
    queue_depth: '10x120 900x60',
    sandbox_up: '1x120 0x60',
    // The clock of the test starts at 0: built a minute ago until 1h, never again after that.
    index_built_timestamp_seconds: '1+60x60 3600x120',
    'runs_total{agent="planner",outcome="completed"}': '0+10x120 1200x60',
    'runs_total{agent="planner",outcome="failed"}': '0x120 0+10x60',
  });

  it.each(['2', '2.0'])('are silent while all is well and page when it is not, with le="%s"', (le) => {
    expectBehaviour(files, {
      bad: {
        series: bad(le),
        expect: names.flatMap((name) => [
          silent(`${name}BudgetBurnPage`, '1h59m'),
          firing(`${name}BudgetBurnPage`, '2h40m', ''),
          silent(`${name}NoData`, '2h40m'),
        ]),
      },
    });
  });

  it('say when nothing can be measured', () => {
    expectBehaviour(files, {
      nothing: {
        series: { up: '0x60' },
        expect: names.flatMap((name) => [
          silent(`${name}BudgetBurnPage`, '30m'),
          firing(`${name}NoData`, '30m', ''),
        ]),
      },
    });
  });

  it('never record NaN, neither idle nor before the first time stamp', () => {
    expectBehaviour(files, {
      idle: {
        series: {
          'runs_total{agent="planner",outcome="completed"}': '5x120',
          'runs_total{agent="planner",outcome="failed"}': '5x120',
          'run_duration_seconds_bucket{agent="planner",le="2"}': '5x120',
          'run_duration_seconds_count{agent="planner"}': '5x120',
          index_built_timestamp_seconds: '0x120',
        },
        expect: [
          { expr: '{__name__=~"slo:sli_error:.*"}', at: '1h' },
          noNaN('1h'),
          ...names.map((name) => silent(`${name}BudgetBurnPage`, '1h')),
        ],
      },
    });
  });
});
