import { describe, expect, it } from 'vitest';
import { datedEntries, daysBetween } from '../../../src/inspect/lifecycle/days.js';
import { daysJson, daysMarkdown, daysPretty } from '../../../src/inspect/lifecycle/render/days.js';
import { testToday } from '../../support/model.js';
import { servicesOf } from './services.js';

const spec = `version: 1
service: { name: shop, owner: shop-team }
metrics:
  jobs_total: { type: counter, help: Jobs. }
  trial_total: { type: counter, help: Trial., owner: growth, expires: 2026-11-20 }
  old_total: { type: counter, help: Old., deprecated: { replacedBy: jobs_total, sunset: 2026-12-01 } }
  new_total: { type: counter, help: New., renamedFrom: { name: former_total, until: 2027-02-18 } }
  never_total: { type: counter, help: Never., expires: 2026-02-30 }
logs:
  events:
    gone: { message: it went, expires: 2026-10-01 }
alerts:
  OldIdle: { expr: 'increase(old_total[1h]) == 0', severity: info, summary: Idle., expires: 2028-01-01 }
suppress:
  - { code: OBS3010, at: metrics.jobs_total, reason: for now, until: 2026-11-21 }
  - { code: OBS3010, at: metrics.old_total, reason: for ever }
changes:
  - { at: metrics.gone_total, allow: [SERIES, QUERY], reason: nobody reads it, until: 2026-11-19 }
`;

const entries = datedEntries(servicesOf({ 'observability.yaml': spec }), testToday);

describe('the days of a spec', () => {
  it('are all found, the nearest first, each with its line, its owner and what to do', () => {
    expect(
      entries.map(({ date, days, kind, at, owner, line }) => [date, days, kind, at, owner, line].join(' ')),
    ).toEqual([
      '2026-10-01 -50 expiry logs.events.gone shop-team 11',
      '2026-11-19 -1 allowance metrics.gone_total shop-team 18',
      '2026-11-20 0 expiry metrics.trial_total growth 5',
      '2026-11-21 1 suppression metrics.jobs_total shop-team 15',
      '2026-12-01 11 sunset metrics.old_total shop-team 6',
      '2027-02-18 90 renaming metrics.new_total shop-team 7',
      '2028-01-01 407 expiry alerts.OldIdle shop-team 13',
    ]);
    expect(entries.find(({ kind }) => kind === 'sunset')?.action).toBe(
      'move alert OldIdle to jobs_total, then remove the metric',
    );
    expect(entries.find(({ kind }) => kind === 'suppression')?.action).toContain('for now');
  });

  it('in a file that two services import is one, of both', () => {
    const shared = 'metrics:\n  a_total: { type: counter, help: A., expires: 2027-01-01 }\n';
    const own = (name: string): string => `version: 1\nservice: { name: ${name} }\nimports: [shared.yaml]\n`;
    const services = servicesOf({ 'a.yaml': own('a'), 'b.yaml': own('b'), 'shared.yaml': shared });
    expect(datedEntries(services, testToday).map((each) => [each.services, each.file])).toEqual([
      [['a', 'b'], 'shared.yaml'],
    ]);
  });

  it('are counted without regard to hours and time zones', () => {
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(daysBetween('2027-01-01', '2026-12-31')).toBe(-1);
  });

  it('are printed for people, for an issue and for programs', () => {
    const shown = { entries, today: testToday, within: undefined };
    const pretty = daysPretty(shown, false);
    expect(pretty).toContain('2026-11-19  1 day ago');
    expect(pretty).toContain('2026-11-20  today');
    expect(pretty).toContain('2026-11-21  in 1 day');
    expect(pretty).toMatch(/\n3 overdue, 4 ahead\n$/);
    const markdown = daysMarkdown({ ...shown, within: 30 });
    expect(markdown).toContain('| 2026-10-01 | **50 days ago** | expiry | `logs.events.gone` |');
    expect(markdown).toContain('3 overdue, 4 within 30 days');
    const json = JSON.parse(daysJson(shown)) as { overdue: number; entries: { days: number }[] };
    expect(json.overdue).toBe(3);
    expect(json.entries.map(({ days }) => days)).toEqual(entries.map(({ days }) => days));
  });
});
