import { expect, it } from 'vitest';
import { rulesBehind } from '../../../src/prove/dependencies.js';
import { sloSuite } from '../../../src/prove/slo/index.js';
import { quantileSuites } from '../../../src/prove/slo/quantiles.js';
import { modelOf } from '../../support/model.js';
import { isLong } from '../../support/long.js';
import { describeWithPromtool } from '../../support/promtool.js';
import { runSuite, simulated } from './run.js';

const head = `
version: 1
service: { name: shop, owner: team-a, runbooks: 'https://runbooks.example.com/{{x}}' }
target: { prometheus: { retention: 120d } }
labels:
  agent: { description: Agent., values: [planner, writer] }
  tenant: { description: Tenant., cap: 5 }
  outcome: { description: Outcome., values: [completed, failed, timeout, cancelled] }
metrics:
  runs_total: { type: counter, help: Runs., labels: [agent, outcome] }
  tasks_total: { type: counter, help: Tasks., labels: [tenant] }
  task_errors_total: { type: counter, help: Errors., labels: [tenant] }
  run_duration_seconds: { type: histogram, help: Time., labels: [agent, outcome], buckets: [0.5, 2, 10] }
  queue_depth: { type: gauge, help: Depth., labels: [agent], range: [0, 10000] }
  sandbox_up: { type: gauge, help: Up., labels: [agent], range: [0, 1] }
  index_built_timestamp_seconds: { type: gauge, help: Built. }
slis:
  good: { events: { total: 'runs_total{outcome!="cancelled"}', good: 'runs_total{outcome="completed"}' } }
  bad: { events: { total: 'runs_total{outcome!="cancelled"}', bad: 'runs_total{outcome=~"failed|timeout"}' } }
  two: { events: { total: tasks_total, bad: task_errors_total } }
  regex: { events: { total: runs_total, good: 'runs_total{outcome!~"fail.*|timeout"}' } }
  fast: { latency: { histogram: run_duration_seconds, matchers: '{outcome="completed"}', threshold: 2s } }
  short: { timeSlice: { query: 'max by (agent) (queue_depth)', op: '<=', value: 500 } }
  never: { timeSlice: { query: queue_depth, op: '!=', value: 0 } }
  up: { boolean: sandbox_up }
  fresh: { freshness: { timestamp: index_built_timestamp_seconds, maxAge: 1h } }
  raw: { query: 'sum by (agent) (rate(runs_total{outcome="failed"}[$window])) / sum by (agent) (rate(runs_total[$window]))', unit: ratio }
  p95: { quantile: { histogram: run_duration_seconds, q: 0.95, by: [agent] } }
  p50: { quantile: { histogram: run_duration_seconds, q: 0.5 } }
`;

/** One objective a line: every form, and whatever else an objective can say. */
const objectives = [
  'good: { sli: good, objective: 99.5, period: 30d, by: [agent], alerting: { noData: 15m } }',
  'bad: { sli: bad, objective: 99.95, period: 28d, windows: sloth, alerting: { minEvents: 3 } }',
  'two: { sli: two, objective: 99, period: 30d, by: [tenant], windows: pyrra }',
  'regex: { sli: regex, objective: 98, period: 30d }',
  'fast: { sli: fast, objective: 95, period: 90d, windows: pyrra, by: [agent] }',
  'short: { sli: short, objective: 99, period: 7d, by: [agent], alerting: { minEvents: 4, noData: 1h } }',
  'never: { sli: never, objective: 97, period: 30d, by: [agent], windows: [{ severity: ticket, long: 2h, short: 10m, factor: 4 }] }',
  'up: { sli: up, objective: 99.9, period: 30d }',
  'fresh: { sli: fresh, objective: 99, period: 28d, alerting: { page: false } }',
  'raw: { sli: raw, objective: 99, period: 30d, by: [agent] }',
  'list: { sli: bad, objective: 99, period: 14d, windows: [{ severity: page, long: 12h, short: 1h, factor: 5 }, { severity: page, long: 40m, short: 3m, factor: 20 }, { severity: ticket, long: 5d, short: 8h, factor: 1 }] }',
  'quiet: { sli: bad, objective: 99, period: 30d, alerting: { page: false, ticket: false } }',
] as const;

/** Those that promtool runs whatever the time: a form of each kind. With the others it takes minutes, and they are simulated. */
const short = /^(?:good|short|never|fresh|raw|quiet):/;

describeWithPromtool('the tests of an objective', () => {
  it.each(objectives)('pass on its rules: %s', (objective) => {
    const model = modelOf(`${head}slos:\n  ${objective}\n`);
    for (const slo of model.slos.values()) {
      const suite = sloSuite(model, slo);
      if (isLong || short.test(objective)) {
        const { passed, output } = runSuite(model, suite);
        expect(passed, output).toBe(true);
      } else {
        expect(simulated(suite)).toEqual([]);
      }
      expect(suite.untested).toEqual([]);
      // Every rule decides about something that is asserted.
      const behind = new Set(
        suite.scenarios.flatMap(({ checks }) =>
          checks.flatMap((check) => [...rulesBehind(check, suite.groups)]),
        ),
      );
      const idle = suite.groups.flatMap(({ rules }) => rules.filter((rule) => !behind.has(rule)));
      expect(idle.map((rule) => (rule.kind === 'record' ? rule.record : rule.alert))).toEqual([]);
    }
  });

  it('pass on the series of one service among others', () => {
    const model = modelOf(
      `${head.replace('owner: team-a', 'owner: team-a, selector: { job: shop, cluster: one }')}slos:\n  ${objectives[6]}\n  ${objectives[8]}\n`,
    );
    for (const slo of model.slos.values()) {
      const { passed, output } = runSuite(model, sloSuite(model, slo));
      expect(passed, output).toBe(true);
    }
  });

  it('of the quantiles that are only shown pass too', () => {
    const model = modelOf(head);
    const [suite] = quantileSuites(model);
    if (suite === undefined) throw new Error('no quantile is tested');
    const { passed, output } = runSuite(model, suite);
    expect(passed, output).toBe(true);
  });
});
