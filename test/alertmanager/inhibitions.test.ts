import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { routedAlerts } from '../../src/alertmanager/alerts.js';
import { inhibitionsOf } from '../../src/alertmanager/inhibitions.js';
import { ruleGroupFiles } from '../../src/emit/prometheus/files.js';
import { resultLabels } from '../../src/model/analysis.js';
import type { Model } from '../../src/model/model.js';
import { packageRoot } from '../../src/package-root.js';
import type { AlertingRule } from '../../src/promql/rule.js';
import { foldersIn } from '../support/directory.js';
import { diagnosticsOf, modelOf } from '../support/model.js';

function spec(alerts: string): string {
  return `version: 1
service: { name: shop }
presets: [security]
external:
  up: { type: gauge, labels: [job, instance] }
labels:
  outcome: { description: How it ended., values: [ok, failed] }
  queue: { description: Queue., cap: 5 }
  region: { description: Region., cap: 5 }
  tenant: { description: Service that asked., as: service, cap: 5 }
metrics:
  orders_total: { type: counter, help: Orders., labels: [outcome, queue, region] }
  calls_total: { type: counter, help: Calls., labels: [outcome, tenant] }
  queue_depth: { type: gauge, help: Orders waiting., labels: [queue] }
security:
  events:
    auth.failed: { severity: medium, fields: { source_ip: ip }, alert: { above: 20, per: 5m, by: source_ip } }
slis:
  orders: { events: { total: orders_total, bad: 'orders_total{outcome="failed"}' } }
  calls: { events: { total: calls_total, bad: 'calls_total{outcome="failed"}' } }
slos:
  orders: { sli: orders, objective: 99, period: 30d }
  orders-by-region: { sli: orders, objective: 99, period: 30d, by: [region, queue] }
  calls: { sli: calls, objective: 99, period: 30d, by: [tenant] }
  tickets: { sli: orders, objective: 99, period: 30d, alerting: { page: false } }
alerts:
${alerts}`;
}

const deep = "{ expr: 'max by (queue) (queue_depth) > 100', severity: page, summary: Long.";
const failing =
  '{ ratio: { part: \'orders_total{outcome="failed"}\', whole: orders_total, by: [queue, region], above: 0.1 }, severity: ticket, summary: Fails.';
const gone = '{ absent: { metric: orders_total }, for: 10m, severity: page, summary: Gone.';
const down = "{ expr: 'up == 0', severity: page, summary: Down.";
const calls =
  '{ ratio: { part: \'calls_total{outcome="failed"}\', whole: calls_total, by: [tenant], above: 0.1 }, severity: ticket, summary: Fails.';

/** What one alert silences: its targets by the labels that have to agree. */
function silenced(alerts: string, source: string): Readonly<Record<string, string>> {
  const found = inhibitionsOf(modelOf(spec(alerts))).filter(({ sources }) => sources.includes(source));
  return Object.fromEntries(found.map(({ targets, equal }) => [equal.join(','), targets.join(',')]));
}

function rulesOf(model: Model): ReadonlyMap<string, AlertingRule> {
  const rules = ruleGroupFiles(model).flatMap(({ groups }) => groups.flatMap((group) => group.rules));
  return new Map(rules.flatMap((rule) => (rule.kind === 'alert' ? [[rule.alert, rule]] : [])));
}

/** The specs of the cases that compile, and the reference spec. */
const cases = join(packageRoot, 'test', 'cases');
const texts = [
  ['observability.yaml', readFileSync(join(packageRoot, 'observability.yaml'), 'utf8')] as const,
  ...foldersIn(cases)
    .map((folder) => [folder, readFileSync(join(cases, folder, 'observability.yaml'), 'utf8')] as const)
    .filter(([, text]) => !/^imports:/m.test(text)),
];

describe.each(texts)('the alerts of %s', (_, text) => {
  const model = modelOf(text);
  const rules = rulesOf(model);

  it('are told of as their rules are', () => {
    const alerts = routedAlerts(model);
    const made = [...rules.keys()].filter((name) => !name.endsWith('Heartbeat'));
    expect(alerts.map(({ name }) => name).sort()).toEqual(made.sort());
    for (const { name, severity, set } of alerts) {
      const labels = rules.get(name)?.labels ?? new Map<string, string>();
      expect(labels.get('severity'), name).toBe(severity);
      for (const label of set) expect(labels.has(label), `${label} of ${name}`).toBe(true);
      expect(labels.has('service'), `service of ${name}`).toBe(set.has('service'));
    }
  });

  it('have every label that has to agree, on both sides', () => {
    const has = (name: string, label: string): boolean => {
      const rule = rules.get(name);
      if (rule === undefined) return false;
      const carried = resultLabels(model, rule.expr);
      // Recorded series and those of others: what they carry is known where they are made.
      return rule.labels.has(label) || carried === undefined || carried.labels.has(label) || !carried.closed;
    };
    for (const { sources, targets, equal } of inhibitionsOf(model)) {
      for (const name of [...sources, ...targets]) {
        for (const label of equal) expect(has(name, label), `${label} of ${name}`).toBe(true);
      }
    }
  });
});

describe('what silences what', () => {
  it('lets the page of an objective silence its ticket, group by group', () => {
    // The groups of `calls` are its services, so that its labels are those of an objective without groups.
    expect(inhibitionsOf(modelOf(spec(`  A: ${deep} }\n`)))).toMatchObject([
      {
        sources: ['OrdersBudgetBurnPage', 'CallsBudgetBurnPage'],
        targets: ['OrdersBudgetBurnTicket', 'CallsBudgetBurnTicket'],
        equal: ['service', 'slo'],
      },
      {
        sources: ['OrdersByRegionBudgetBurnPage'],
        targets: ['OrdersByRegionBudgetBurnTicket'],
        equal: ['service', 'slo', 'region', 'queue'],
      },
    ]);
  });

  it('holds named symptoms back for the same groups', () => {
    expect(silenced(`  A: ${deep}, inhibits: [B] }\n  B: ${failing} }\n`, 'A')).toEqual({
      'service,queue': 'B',
    });
    expect(silenced(`  A: ${gone}, inhibits: [B] }\n  B: ${failing} }\n`, 'A')).toEqual({ service: 'B' });
  });

  it('tells instances apart where both alerts come from scraped series', () => {
    const slow = "{ expr: 'queue_depth > 5', severity: page, summary: Some. }";
    expect(silenced(`  A: ${down}, inhibits: [B] }\n  B: ${slow}\n`, 'A')).toEqual({
      'service,instance': 'B',
    });
  });

  it('leaves the service out where only one of the two takes it from its series', () => {
    const alerts = `  A: ${gone}, inhibits: [B] }\n  B: ${calls} }\n`;
    const found = inhibitionsOf(modelOf(spec(alerts))).filter(({ sources }) => sources.includes('A'));
    expect(found).toEqual([
      { sources: ['A'], targets: ['B'], equal: [], sourceService: 'shop', targetService: undefined },
    ]);
  });

  it('knows the alerts of objectives and security events by name', () => {
    expect(silenced(`  A: ${gone}, inhibits: [OrdersBudgetBurnPage, AuthFailedDetected] }\n`, 'A')).toEqual({
      service: 'OrdersBudgetBurnPage,AuthFailedDetected',
    });
  });

  it('takes all for what is not louder, is no security event, and does not silence the alert itself', () => {
    const alerts = `  A: ${gone}, inhibits: all }\n  B: ${failing} }\n  C: ${gone.replace('page', 'ticket')}, inhibits: all }\n  D: ${deep}, inhibits: [A] }\n`;
    const ofA = Object.values(silenced(alerts, 'A')).join(',').split(',');
    expect(ofA).toEqual(
      expect.arrayContaining([
        'B',
        'OrdersBudgetBurnPage',
        'OrdersBudgetBurnTicket',
        'TicketsBudgetBurnTicket',
      ]),
    );
    for (const name of ['A', 'C', 'D', 'AuthFailedDetected']) expect(ofA).not.toContain(name);
    const ofC = Object.values(silenced(alerts, 'C')).join(',').split(',');
    expect(ofC).toContain('B');
    for (const name of ['A', 'D', 'OrdersBudgetBurnPage']) expect(ofC).not.toContain(name);
  });

  it('refuses circles, also through all', () => {
    const codes = (alerts: string): readonly string[] =>
      diagnosticsOf(spec(alerts)).flatMap(({ code }) => (code.startsWith('OBS333') ? [code] : []));
    expect(codes(`  A: ${deep}, inhibits: [B] }\n  B: ${gone}, inhibits: [A] }\n`)).toEqual(['OBS3334']);
    expect(codes(`  A: ${deep}, inhibits: [A] }\n`)).toEqual(['OBS3334']);
    expect(
      codes(`  A: ${gone}, inhibits: all }\n  B: ${deep}, inhibits: [C] }\n  C: ${deep}, inhibits: [A] }\n`),
    ).toEqual(['OBS3334']);
    expect(codes(`  A: ${gone}, inhibits: all }\n  B: ${gone}, inhibits: all }\n`)).toEqual([]);
  });
});
