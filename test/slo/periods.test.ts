import { describe, expect, it } from 'vitest';
import { durationOf } from '../../src/model/duration.js';
import { arms, budgetLasts, budgetSpent, detectionTime, mostSpent } from '../../src/slo/windows.js';
import { expectBehaviour, expectValid, firing, ruleFiles, silent } from '../emit/prometheus/rules.js';
import { describeWithPromtool } from '../support/promtool.js';

const hour = 3600;
const day = 24 * hour;
const of = (windows: 'workbook' | 'sloth' | 'pyrra', seconds: number): string[] =>
  arms({ windows, period: durationOf(seconds) }).map(
    ({ severity, long, short, factor }) => `${severity} ${long.text}/${short.text} ${factor}`,
  );

describe('windows on other periods than a month', () => {
  it('are cut where they would spend more than a quarter of a short period', () => {
    expect(of('workbook', 7 * day)).toEqual(['page 1h/5m 14.4', 'page 6h/30m 6', 'ticket 1d18h/3h30m 1']);
    expect(of('sloth', day)).toEqual([
      'page 25m/2m 14.4',
      'page 1h/5m 6',
      'ticket 2h/10m 3',
      'ticket 6h/30m 1',
    ]);
  });

  it('are those of a month for every longer period', () => {
    for (const days of [14, 28, 30, 90, 365]) {
      expect(of('workbook', days * day)).toEqual(['page 1h/5m 14.4', 'page 6h/30m 6', 'ticket 3d/6h 1']);
    }
  });

  it('spend of a month what the table of the SRE Workbook says', () => {
    const month = { windows: 'workbook', period: durationOf(30 * day) } as const;
    const spent = arms(month).map((arm) => budgetSpent(arm, month));
    for (const [index, share] of [0.02, 0.05, 0.1].entries()) expect(spent[index]).toBeCloseTo(share, 12);
  });

  it('never wait for more than a quarter of the budget, in whatever period', () => {
    for (let period = 6 * hour; period < 400 * day; period *= 1.3) {
      for (const windows of ['workbook', 'sloth'] as const) {
        const slo = { windows, period: durationOf(period) };
        for (const arm of arms(slo)) {
          expect(budgetSpent(arm, slo)).toBeLessThanOrEqual(mostSpent);
          expect(arm.short.seconds).toBeLessThan(arm.long.seconds);
        }
      }
    }
  });

  it('tell how soon an arm trips, and how long a budget lasts', () => {
    const arm = { factor: 14.4, long: durationOf(hour) };
    expect(detectionTime(arm, '99.9', 1)).toBeCloseTo(51.84, 6);
    expect(detectionTime(arm, '99.9', 0.0144)).toBeUndefined();
    expect(detectionTime(arm, '99.9', 0.0288)).toBeCloseTo(1800, 6);
    expect(budgetLasts({ objective: '99.9', period: durationOf(30 * day) }, 1)).toBeCloseTo(2592, 6);
  });
});

const spec = (period: string, windows = 'workbook'): string => `
version: 1
service: { name: shop }
target: { prometheus: { scrapeInterval: 15s, evaluationInterval: 1m } }
labels:
  outcome: { description: Outcome., values: [ok, failed] }
metrics:
  runs_total: { type: counter, help: Runs., labels: [outcome] }
slis:
  runs: { events: { total: runs_total, bad: 'runs_total{outcome="failed"}' } }
slos:
  runs: { sli: runs, objective: 99, period: ${period}, windows: ${windows} }
`;

/** Healthy for six hours, then so bad. @param bad the share */
const runs = (bad: number): Readonly<Record<string, string>> => ({
  'runs_total{outcome="ok"}': `0+100x360 ${36_000 + 100 * (1 - bad)}+${100 * (1 - bad)}x240`,
  'runs_total{outcome="failed"}': `0x360 ${100 * bad}+${100 * bad}x240`,
});

describeWithPromtool('objectives over a day, a year and an hour', () => {
  it.each(['6h', '1d', '7d', '90d', '365d'])('over %s are taken by Prometheus', (period) => {
    expectValid(ruleFiles(spec(period)));
  });

  it('page within the day that they are about', () => {
    // 25 min x 0.144 / 0.3 = 12 min after the start of the incident at 6h; the 2 h at 3 and 6 h at 1 are tickets.
    expectBehaviour(ruleFiles(spec('1d', 'sloth')), {
      burn: {
        series: runs(0.3),
        expect: [
          silent('RunsBudgetBurnPage', '6h9m'),
          firing('RunsBudgetBurnPage', '6h15m', 'slo=runs'),
          firing('RunsBudgetBurnPage', '8h', 'slo=runs'),
        ],
      },
      slow: {
        series: runs(0.04),
        expect: [
          silent('RunsBudgetBurnPage', '8h'),
          // 2 h x 0.03 / 0.04 = 90 min.
          silent('RunsBudgetBurnTicket', '7h20m'),
          firing('RunsBudgetBurnTicket', '7h40m', 'slo=runs'),
        ],
      },
    });
  });

  it('work over an hour with windows of their own', () => {
    const own = '[{ severity: page, long: 10m, short: 2m, factor: 1.5 }]';
    expectBehaviour(ruleFiles(spec('1h', own)), {
      // 10 min x 0.015 / 0.1 = 1.5 min.
      burn: {
        series: runs(0.1),
        expect: [silent('RunsBudgetBurnPage', '6h'), firing('RunsBudgetBurnPage', '6h5m', 'slo=runs')],
      },
      healthy: { series: runs(0.01), expect: [silent('RunsBudgetBurnPage', '8h')] },
    });
  });
});
