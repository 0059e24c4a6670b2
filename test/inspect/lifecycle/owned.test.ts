import { describe, expect, it } from 'vitest';
import { codeowners, handleOf } from '../../../src/inspect/lifecycle/codeowners.js';
import { ownedEntries } from '../../../src/inspect/lifecycle/owned.js';
import { ownedJson, ownedPretty } from '../../../src/inspect/lifecycle/render/owned.js';
import { servicesOf } from './services.js';

const spec = (owner: string): string => `version: 1
service: { name: shop${owner} }
presets: [queue]
metrics:
  jobs_total: { type: counter, help: Jobs., owner: growth }
  runs_total: { type: counter, help: Runs. }
slis:
  ok: { description: Good ones., events: { total: runs_total, bad: jobs_total } }
slos:
  jobs: { sli: ok, objective: 99, period: 30d, owner: growth }
alerts:
  Idle: { expr: 'increase(jobs_total[1h]) == 0', severity: info, summary: Idle. }
  Slow: { expr: 'increase(runs_total[1h]) == 0', severity: info, summary: Slow., owner: web }
dashboards:
  main: { title: Main, owner: web, rows: [{ title: Jobs, panels: [{ title: Jobs, metric: jobs_total, type: timeseries }] }] }
`;

const owned = servicesOf({ 'observability.yaml': spec(', owner: shop-team') });
const orphaned = servicesOf({ 'observability.yaml': spec('') });

describe('owners', () => {
  it('stand at an entry, or are those of the service, or nobody', () => {
    const rows = (services: typeof owned): string[] =>
      ownedEntries(services)
        .filter(({ preset }) => preset === undefined)
        .map(({ kind, name, owner, source }) => `${kind} ${name} ${owner ?? '-'} ${source}`);
    expect(rows(owned)).toEqual([
      'service shop shop-team entry',
      'metric jobs_total growth entry',
      'metric runs_total shop-team service',
      'objective jobs growth entry',
      'alert Idle shop-team service',
      'alert Slow web entry',
      'dashboard main web entry',
    ]);
    expect(rows(orphaned)).toContain('metric runs_total - nobody');
    expect(rows(orphaned)).toContain('service shop - nobody');
  });

  it('of presets are those of the service', () => {
    const ofPresets = ownedEntries(owned).filter(({ preset }) => preset === 'queue');
    expect(ofPresets.length).toBeGreaterThan(0);
    expect(new Set(ofPresets.map(({ owner }) => owner))).toEqual(new Set(['shop-team']));
  });

  it('can be asked for one by one', () => {
    expect(ownedEntries(owned, 'web').map(({ name }) => name)).toEqual(['Slow', 'main']);
    expect(ownedEntries(orphaned, '').map(({ name }) => name)).toContain('Idle');
    expect(ownedEntries(owned, 'nobody-of-that-name')).toEqual([]);
  });

  it('are printed with what they own, what nobody owns last', () => {
    const pretty = ownedPretty(ownedEntries(orphaned), false);
    expect(pretty.indexOf('nobody:')).toBeGreaterThan(pretty.indexOf('web:'));
    expect(pretty).toContain('web: 1 alert, 1 dashboard\n');
    expect(pretty).toMatch(/and \d+ of presets/);
    const json = JSON.parse(ownedJson(ownedEntries(orphaned))) as { unowned: number };
    expect(json.unowned).toBe(ownedEntries(orphaned, '').length);
  });
});

describe('lines for CODEOWNERS', () => {
  const lines = (services: typeof owned, organisation?: string): readonly string[] =>
    codeowners(
      services.map((service) => ({
        service,
        sources: ['services/shop/observability.yaml', 'shared/labels of all.yaml'],
        generated: 'services/shop/generated',
      })),
      organisation,
    )
      .trimEnd()
      .split('\n');

  it('are of the spec and its output, then of files that are others’', () => {
    expect(lines(owned, 'acme')).toEqual([
      '/services/shop/observability.yaml @acme/shop-team',
      '/shared/labels\\ of\\ all.yaml @acme/shop-team',
      '/services/shop/generated/ @acme/shop-team',
      '/services/shop/generated/prometheus/rules/shop-slo-jobs.yaml @acme/growth',
      '/services/shop/generated/docs/runbooks/Slow.md @acme/web',
      '/services/shop/generated/grafana/dashboards/main.json @acme/web',
    ]);
  });

  it('leave out what has no owner', () => {
    expect(lines(orphaned).some((line) => line.startsWith('/services/shop/generated/ '))).toBe(false);
    expect(lines(orphaned)).toContain('/services/shop/generated/docs/runbooks/Slow.md @web');
  });

  it.each([
    ['agents', undefined, '@agents'],
    ['agents', 'acme', '@acme/agents'],
    ['acme/agents', 'other', '@acme/agents'],
    ['a@example.com', 'acme', 'a@example.com'],
    ['Agent Platform', 'acme', '@acme/Agent-Platform'],
  ])('%s of %s is %s', (owner, organisation, handle) => {
    expect(handleOf(owner, organisation)).toBe(handle);
  });
});
