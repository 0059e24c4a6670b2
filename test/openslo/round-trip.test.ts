import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SourceFile } from '../../src/diagnostics/source-file.js';
import { printYaml } from '../../src/encode/yaml.js';
import type { Model, Slo } from '../../src/model/model.js';
import { exportOpenSlo } from '../../src/openslo/export.js';
import { importOpenSlo } from '../../src/openslo/import.js';
import { noteLine } from '../../src/openslo/notes.js';
import { printPromql } from '../../src/promql/print.js';
import { groupsOfSlo } from '../../src/slo/groups.js';
import { arms } from '../../src/slo/windows.js';
import { modelOf } from '../support/model.js';
import { faultsOf } from './shape.js';

const spec = `
version: 1
service: { name: Shop_Front, owner: web }
labels:
  agent: { description: Agent., values: [planner, writer] }
  outcome: { description: Outcome., values: [ok, failed, cancelled] }
metrics:
  runs_total: { type: counter, help: Runs., labels: [agent, outcome] }
  run_seconds: { type: histogram, help: Time., labels: [agent], buckets: [0.5, 2, 10] }
  queue_depth: { type: gauge, help: Depth. }
  sandbox_up: { type: gauge, help: Up., range: [0, 1] }
  built_timestamp_seconds: { type: gauge, help: Built. }
external:
  proxy_seconds: { type: histogram, native: true }
slis:
  run_success: { description: Runs that end well., events: { total: 'runs_total{outcome!="cancelled"}', good: 'runs_total{outcome="ok"}' } }
  failed.runs: { events: { total: runs_total, bad: 'runs_total{outcome="failed"}' } }
  fast: { latency: { histogram: run_seconds, threshold: 2s, matchers: '{agent="planner"}' } }
  near: { latency: { histogram: proxy_seconds, threshold: 250ms } }
  short: { timeSlice: { query: max(queue_depth), op: '<=', value: 500 } }
  exact: { timeSlice: { query: max(queue_depth), op: '!=', value: 0 } }
  up: { boolean: sandbox_up }
  fresh: { freshness: { timestamp: built_timestamp_seconds, maxAge: 1h } }
  raw: { query: 'sum(rate(runs_total{outcome="failed"}[$window])) / (sum(rate(runs_total[$window])) > 0)', unit: ratio }
  p95: { quantile: { histogram: run_seconds, q: 0.95 } }
slos:
  run-success: { sli: run_success, objective: 99.5, period: 30d, description: Why., owner: agents }
  Failed_runs: { sli: failed.runs, objective: 99.95, period: 4w, windows: sloth, alerting: { noData: false } }
  fast: { sli: fast, objective: 95, period: 7d, alerting: { page: false, noData: 20m } }
  near: { sli: near, objective: 99, period: 90d, alerting: { ticket: false } }
  short: { sli: short, objective: 99, period: 36h, windows: pyrra }
  exact: { sli: exact, objective: 99.99, period: 30d, alerting: { page: false, ticket: false } }
  up: { sli: up, objective: 99, period: 30d, windows: [{ severity: page, long: 2h, short: 10m, factor: 8 }, { severity: ticket, long: 3d, short: 6h, factor: 1 }] }
  fresh: { sli: fresh, objective: 99, period: 30d, alerting: { minEvents: 3 } }
  raw: { sli: raw, objective: 99.9, period: 30d }
`;

const model = modelOf(spec);
const { documents, notes } = exportOpenSlo(model);
const text = documents.map((document) => printYaml(document)).join('---\n');

describe('what is exported', () => {
  it('has the shape of OpenSLO v1', () => {
    expect(documents.flatMap(faultsOf)).toEqual([]);
    expect(
      faultsOf({ apiVersion: 'openslo/v1', kind: 'SLO', metadata: { name: 'A' }, spec: {} }),
    ).not.toEqual([]);
  });

  it('is a service, each SLO with its policies, and whom they tell', () => {
    const kinds = documents.map((document) => (document as { readonly kind: string }).kind);
    const count = (kind: string): number => kinds.filter((each) => each === kind).length;
    const alerted = [...model.slos.values()].flatMap((slo) =>
      arms(slo).filter(({ severity }) => slo.alerting[severity]),
    );
    expect([count('Service'), count('SLO'), count('AlertNotificationTarget')]).toEqual([1, 9, 2]);
    expect(count('AlertPolicy')).toBe(alerted.length);
    expect(text).toContain('query: runs_total{outcome!="cancelled"}');
  });

  it('reads this service alone where others have the same metrics', () => {
    const scoped = modelOf(spec.replace('owner: web', 'owner: web, selector: { job: shop }'));
    expect(JSON.stringify(exportOpenSlo(scoped).documents)).toContain(
      'runs_total{outcome=\\"ok\\",job=\\"shop\\"}',
    );
  });

  it('comes with a list of what it does not say', () => {
    const said = notes.map(noteLine);
    expect(said).toContain('lost: slis.p95: no objective is about it: it is left out');
    expect(said).toContain(
      'lost: slos.run-success: bad events that have to have happened before an alert fires',
    );
    expect(said.filter((line) => line.includes('slos.exact'))).toEqual([
      'lost: slos.exact: the pace of its evaluations: slices of a minute',
    ]);
    const grouped = modelOf(spec.replace('sli: run_success, obj', 'sli: run_success, by: [agent], obj'));
    expect(exportOpenSlo(grouped).notes.map(noteLine)).toContain(
      'lost: slos.run-success: one objective for each agent: it is one over all of them',
    );
  });

  it('is nothing for a spec without objectives', () => {
    expect(exportOpenSlo(modelOf('version: 1\nservice: { name: shop }\n'))).toEqual({
      documents: [],
      notes: [],
    });
  });
});

describe('an import of what was exported', () => {
  const back = importOpenSlo([new SourceFile('openslo.yaml', text)]);
  const again: Model = modelOf(`version: 1\nservice: { name: Shop_Front, owner: web }\n${back.spec ?? ''}`);

  const promise = ({ name, objective, period, owner, description, alerting, ...rest }: Slo): object => ({
    name,
    objective,
    period: period.text,
    owner,
    description,
    page: alerting.page && arms({ ...rest, period }).some(({ severity }) => severity === 'page'),
    ticket: alerting.ticket && arms({ ...rest, period }).some(({ severity }) => severity === 'ticket'),
    arms: arms({ ...rest, period }).filter(({ severity }) => alerting[severity]),
    minEvents: alerting.minEvents,
    noData: alerting.noData?.text,
  });

  it.each([...model.slos.keys()])('promises the same: %s', (name) => {
    const [before, after] = [model.slos.get(name), again.slos.get(name)];
    if (before === undefined || after === undefined) throw new Error(`there is no ${name}`);
    expect(promise(after)).toEqual(promise(before));
  });

  it('names the catalogue of windows again', () => {
    const written = parse(back.spec ?? '') as {
      readonly slos: Readonly<Record<string, { readonly windows?: unknown }>>;
    };
    expect(
      Object.values(written.slos).map(({ windows }) =>
        typeof windows === 'string' ? windows : typeof windows,
      ),
    ).toEqual([
      'workbook',
      'sloth',
      'workbook',
      'workbook',
      'pyrra',
      'undefined',
      'object',
      'workbook',
      'workbook',
    ]);
  });

  it.each(['run-success', 'Failed_runs', 'short', 'raw'])('measures the same: %s', (name) => {
    const rules = (of: Model): readonly string[] => {
      const slo = of.slos.get(name);
      return slo === undefined
        ? []
        : groupsOfSlo(of, slo).flatMap((group) => group.rules.map((rule) => printPromql(rule.expr)));
    };
    expect(rules(again)).toEqual(rules(model));
  });

  it('finds nothing lost on its way that was not lost before', () => {
    expect(back.notes.map(noteLine)).toEqual([
      expect.stringContaining('it has no alert policy, and does not alert'),
    ]);
  });
});
