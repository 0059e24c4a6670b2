import { it } from 'vitest';
import { expectBehaviour, expectValid, firing, ruleFiles, silent } from '../emit/prometheus/rules.js';
import { describeWithPromtool } from '../support/promtool.js';

const spec = `
version: 1
service: { name: shop }
target: { prometheus: { scrapeInterval: 1m, evaluationInterval: 1m } }
labels:
  queue: { description: Queue., values: [mail, sync] }
  outcome: { description: Outcome., values: [ok, failed] }
metrics:
  queue_depth: { type: gauge, help: Depth., labels: [queue] }
  sandbox_up: { type: gauge, help: Up., range: [0, 1] }
  runs_total: { type: counter, help: Runs., labels: [queue, outcome] }
  built_timestamp_seconds: { type: gauge, help: Built., labels: [queue] }
slis:
  short: { timeSlice: { query: queue_depth, op: '<=', value: 500 } }
  up: { boolean: sandbox_up }
  fresh: { freshness: { timestamp: built_timestamp_seconds, maxAge: 1h } }
  runs: { events: { total: runs_total, bad: 'runs_total{outcome="failed"}' } }
slos:
  short: { sli: short, objective: 99, period: 30d, by: [queue] }
  up: { sli: up, objective: 99, period: 30d }
  fresh: { sli: fresh, objective: 99, period: 30d, by: [queue] }
  strict: { sli: runs, objective: 99.999, period: 30d, by: [queue] }
  tickets: { sli: runs, objective: 99, period: 28d, alerting: { page: false } }
`;

describeWithPromtool('objectives of several series', () => {
  const files = ruleFiles(spec);

  it('are taken by Prometheus', () => {
    expectValid(files);
  });

  it('on time are bad for a group as soon as one of its instances is, and for no other group', () => {
    const depth = (queue: string, instance: string, values: string) => ({
      [`queue_depth{queue="${queue}",instance="${instance}"}`]: values,
      [`built_timestamp_seconds{queue="${queue}",instance="${instance}"}`]: '1+60x200',
    });
    expectBehaviour(files, {
      'one instance of one queue': {
        series: {
          ...depth('mail', 'a', '10x200'),
          ...depth('mail', 'b', '10x120 900x80'),
          ...depth('sync', 'a', '10x200'),
          'sandbox_up{instance="a"}': '1x200',
          'sandbox_up{instance="b"}': '1x120 0x80',
        },
        expect: [
          silent('ShortBudgetBurnPage', '2h'),
          firing('ShortBudgetBurnPage', '2h30m', 'queue=mail'),
          firing('UpBudgetBurnPage', '2h30m', 'slo=up'),
          silent('FreshBudgetBurnPage', '2h30m'),
        ],
      },
    });
  });

  it('take the newest time stamp of a group, and are bad for the group that is stale alone', () => {
    const built = (queue: string, instance: string, values: string) => ({
      [`built_timestamp_seconds{queue="${queue}",instance="${instance}"}`]: values,
    });
    expectBehaviour(files, {
      stale: {
        series: {
          // One instance has never built anything, which the other makes up for.
          ...built('mail', 'a', '0x300'),
          ...built('mail', 'b', '1+60x300'),
          ...built('sync', 'a', '1+60x60 3600x240'),
        },
        expect: [silent('FreshBudgetBurnPage', '2h'), firing('FreshBudgetBurnPage', '2h40m', 'queue=sync')],
      },
    });
  });

  it('of five nines page for a handful of failures, and not for fewer', () => {
    const runs = (queue: string, failed: string) => ({
      [`runs_total{queue="${queue}",outcome="ok"}`]: '0+100x300',
      [`runs_total{queue="${queue}",outcome="failed"}`]: failed,
    });
    expectBehaviour(files, {
      // 4 bad events in an hour are the least; of 6000 they are a burn rate of 66.
      'three and five': {
        series: { ...runs('mail', '0x120 1 2 3x180'), ...runs('sync', '0x120 1 2 3 4 5x180') },
        expect: [silent('StrictBudgetBurnPage', '2h'), firing('StrictBudgetBurnPage', '2h6m', 'queue=sync')],
      },
    });
  });

  it('without pages still file tickets', () => {
    expectBehaviour(files, {
      outage: {
        series: {
          'runs_total{queue="mail",outcome="ok"}': '0+100x200 20000x200',
          'runs_total{queue="mail",outcome="failed"}': '0x200 0+100x200',
        },
        expect: [
          silent('TicketsBudgetBurnTicket', '3h20m'),
          firing('TicketsBudgetBurnTicket', '5h', 'slo=tickets'),
          silent('TicketsBudgetBurnPage', '5h'),
        ],
      },
    });
  });
});
