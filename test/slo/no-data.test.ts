import { it } from 'vitest';
import { expectBehaviour, expectValid, firing, ruleFiles, silent } from '../emit/prometheus/rules.js';
import { describeWithPromtool } from '../support/promtool.js';

const spec = (by: string): string => `
version: 1
service: { name: shop }
target: { prometheus: { scrapeInterval: 1m, evaluationInterval: 1m } }
labels:
  agent: { description: Agent., values: [planner, writer] }
  tool: { description: Tool., cap: 10 }
  outcome: { description: Outcome., values: [ok, failed] }
metrics:
  runs_total: { type: counter, help: Runs., labels: [agent, outcome] }
  calls_total: { type: counter, help: Calls., labels: [tool, outcome] }
  run_duration_seconds: { type: histogram, help: Time., labels: [agent], buckets: [0.5, 2, 10] }
slis:
  runs: { events: { total: runs_total, bad: 'runs_total{outcome="failed"}' } }
  calls: { events: { total: calls_total, bad: 'calls_total{outcome="failed"}' } }
  fast: { latency: { histogram: run_duration_seconds, threshold: 2s } }
slos:
  runs: { sli: runs, objective: 99, period: 30d, by: [${by}] }
  calls: { sli: calls, objective: 99, period: 30d, by: [tool] }
  fast: { sli: fast, objective: 99, period: 30d }
`;

const runs = (agent: string, values: string): Readonly<Record<string, string>> => ({
  [`runs_total{agent="${agent}",outcome="ok"}`]: values,
  [`runs_total{agent="${agent}",outcome="failed"}`]: values.replace(/\+\d+x/g, '+0x'),
});

describeWithPromtool('the alert on an objective without data', () => {
  const files = ruleFiles(spec('agent'));

  it('is taken by Prometheus', () => {
    expectValid(files);
  });

  it('fires where the bucket of the threshold is gone, though the histogram is there', () => {
    expectBehaviour(files, {
      'no bucket': {
        series: {
          'run_duration_seconds_bucket{agent="planner",le="0.5"}': '0+10x120',
          'run_duration_seconds_bucket{agent="planner",le="2"}': '0+10x60 _x60',
          'run_duration_seconds_count{agent="planner"}': '0+10x120',
        },
        expect: [
          silent('FastNoData', '1h'),
          silent('FastNoData', '1h10m'),
          firing('FastNoData', '1h20m', ''),
        ],
      },
    });
  });

  it('fires for one group that is gone while others stay, once where all are, and forgets it after a day', () => {
    expectBehaviour(files, {
      'one of two': {
        series: { ...runs('planner', '0+10x60 _x1700'), ...runs('writer', '0+10x1700') },
        expect: [
          silent('RunsNoData', '1h10m'),
          firing('RunsNoData', '1h20m', 'agent=planner'),
          firing('RunsNoData', '24h', 'agent=planner'),
          silent('RunsNoData', '26h'),
        ],
      },
      both: {
        series: { ...runs('planner', '0+10x60 _x120'), ...runs('writer', '0+10x60 _x120') },
        expect: [firing('RunsNoData', '1h30m', '')],
      },
      restart: {
        series: { ...runs('planner', '0+10x60 _x5 0+10x60'), ...runs('writer', '0+10x60 _x5 0+10x60') },
        expect: ['1h5m', '1h15m', '1h30m'].map((at) => silent('RunsNoData', at)),
      },
    });
  });

  it('does not miss a group of an open label, which may come and go', () => {
    const calls = (tool: string, values: string): Readonly<Record<string, string>> => ({
      [`calls_total{tool="${tool}",outcome="ok"}`]: values,
    });
    expectBehaviour(files, {
      'one of two': {
        series: { ...calls('search', '0+10x60 _x200'), ...calls('fetch', '0+10x260') },
        expect: [silent('CallsNoData', '1h20m'), silent('CallsNoData', '3h')],
      },
      all: { series: calls('search', '0+10x60 _x200'), expect: [firing('CallsNoData', '2h', '')] },
    });
  });
});
