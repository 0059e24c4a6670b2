import { describe, expect, it } from 'vitest';
import { queriesOfBoard, queriesOfRules } from '../../../src/inspect/lifecycle/outside.js';
import { unusedJson, unusedPretty } from '../../../src/inspect/lifecycle/render/unused.js';
import { unusedEntries, wordsOfCode, type Uses } from '../../../src/inspect/lifecycle/unused.js';
import { servicesOf } from './services.js';

const nothing: Uses = { queries: [], code: undefined };

function unused(files: string | Readonly<Record<string, string>>, uses: Uses = nothing): string[] {
  const specs = typeof files === 'string' ? { 'observability.yaml': files } : files;
  return unusedEntries(servicesOf(specs), uses).map(({ kind, name }) => `${kind} ${name}`);
}

const head = 'version: 1\nservice: { name: shop }\n';

const spec = `${head}labels:
  kind: { description: K., values: [x, y] }
  region: { description: R., values: [eu, us, ap] }
  shown: { description: S., values: [a, b] }
external:
  others_total: { type: counter }
  read_total: { type: counter }
metrics:
  jobs_total: { type: counter, help: Jobs., labels: [kind, region] }
  idle_total: { type: counter, help: Idle., labels: [kind] }
  shown_total: { type: counter, help: Shown., labels: [shown] }
  ran_seconds: { type: histogram, help: Ran. }
spans:
  shop.run: { kind: internal, record: { duration: ran_seconds } }
  shop.lost: { kind: internal }
logs:
  events:
    started: { message: it began }
slis:
  good: { description: Good., events: { total: jobs_total, bad: 'jobs_total{kind="x"}' } }
  idle: { description: Idle., events: { total: jobs_total, bad: 'jobs_total{kind="y"}' } }
  quantile: { description: Q., quantile: { histogram: ran_seconds, q: 0.9 } }
slos:
  jobs: { sli: good, objective: 99, period: 30d }
alerts:
  Others: { expr: 'sum(rate(read_total[5m])) > 1', severity: info, summary: Others. }
  Shown: { expr: 'rate(shown_total[5m]) > 1', severity: info, summary: Shown. }
`;

describe('what nothing needs', () => {
  it('is metrics without readers, labels that no query names, others’ metrics, and indicators', () => {
    expect(unused(spec)).toEqual([
      'metric idle_total',
      'label region',
      'external others_total',
      'indicator idle',
    ]);
  });

  it('says how many series would go with it', () => {
    const entries = unusedEntries(servicesOf({ 'observability.yaml': spec }), nothing);
    const region = entries.find(({ name }) => name === 'region');
    // Six rows of two labels; without the region two are left.
    expect(region?.series).toBe(4);
    expect(region?.why).toBe('no query of jobs_total selects or groups by it');
    expect(unusedPretty(entries, { queries: 0, code: undefined, faults: ['x.json: no'] }, false)).toMatch(
      /up to 4 series[\s\S]*not read: x\.json: no\n4 unused\n$/,
    );
    const json = JSON.parse(unusedJson(entries, { queries: 0, code: undefined, faults: [] })) as {
      entries: { name: string; line: number }[];
    };
    expect(json.entries.find(({ name }) => name === 'region')?.line).toBe(5);
  });

  it('leaves out what presets bring', () => {
    expect(unused(`${head}presets: [agent, http, node, queue]\n`)).toEqual([]);
  });

  it('is not what a dashboard that somebody keeps by hand reads', () => {
    const board = {
      title: 'By hand',
      templating: {
        list: [{ name: 'region', type: 'query', query: 'label_values(others_total{a="b"}, region)' }],
      },
      panels: [
        {
          title: 'Idle',
          type: 'timeseries',
          datasource: { type: 'prometheus', uid: 'x' },
          targets: [{ refId: 'A', expr: 'sum(rate(idle_total{kind=~"$kind"}[$__rate_interval]))' }],
        },
        {
          title: 'Regions',
          type: 'timeseries',
          datasource: { type: 'prometheus', uid: 'x' },
          targets: [{ refId: 'A', expr: 'sum by (region) (rate(jobs_total[5m]))' }],
        },
      ],
    };
    const { queries, faults } = queriesOfBoard({ path: 'hand.json', text: JSON.stringify(board) });
    expect(faults).toEqual([]);
    expect(queries.map(({ where }) => where)).toEqual([
      'hand.json: panel Idle',
      'hand.json: panel Regions',
      'hand.json: variable region',
    ]);
    expect(unused(spec, { queries, code: undefined })).toEqual(['external others_total', 'indicator idle']);
  });

  it('is not what a rule that somebody keeps by hand reads, by a pattern of names neither', () => {
    const rules = (expr: string): Uses => {
      const { queries, faults } = queriesOfRules({
        path: 'rules.yaml',
        text: `groups:\n  - name: g\n    rules:\n      - { record: a:b, expr: ${JSON.stringify(expr)} }\n      - { record: a:b, expr: "sum(up)" }\n`,
      });
      expect(faults).toEqual([]);
      expect(queries.map(({ where }) => where)).toEqual(['rules.yaml:4', 'rules.yaml:5']);
      return { queries, code: undefined };
    };
    expect(unused(spec, rules('sum(idle_total)'))).not.toContain('metric idle_total');
    expect(unused(spec, rules('sum({__name__=~"idle_.*"})'))).not.toContain('metric idle_total');
    expect(unused(spec, rules('sum({__name__=~"busy_.*"})'))).toContain('metric idle_total');
  });

  it('tells what it could not read', () => {
    expect(queriesOfBoard({ path: 'a.json', text: '{' }).faults[0]).toContain('a.json is no JSON');
    expect(queriesOfBoard({ path: 'a.json', text: '{}' }).faults).toEqual([
      "a.json is no dashboard in Grafana's classic JSON",
    ]);
    expect(queriesOfRules({ path: 'a.yaml', text: 'x: [' }).faults[0]).toContain('a.yaml:1 is no YAML');
    expect(queriesOfRules({ path: 'a.yaml', text: 'x: 1' }).faults).toEqual([
      'a.yaml has no groups of rules',
    ]);
    expect(
      queriesOfRules({ path: 'a.yaml', text: 'groups: [{ rules: [{ alert: A, expr: "sum(" }] }]' }).faults,
    ).toEqual(['a.yaml:1: the query is no PromQL']);
  });

  it('is, where code is looked at, what the code never names', () => {
    const code = wordsOfCode([
      "import { metrics, spans } from './generated/index.js';\nmetrics.jobsTotal.inc({});\nspans.shopRun({}, run);",
    ]);
    expect(unused(spec, { queries: [], code })).toEqual(
      expect.arrayContaining([
        'span shop.lost',
        'metric idle_total',
        'metric shown_total',
        'log event started',
      ]),
    );
    const found = unused(spec, { queries: [], code });
    expect(found).not.toContain('span shop.run');
    expect(found).not.toContain('metric jobs_total');
    // The span records it.
    expect(found).not.toContain('metric ran_seconds');
  });

  it('counts a name that is passed on or taken out of its object as use', () => {
    const code = wordsOfCode([
      'const { shownTotal, idleTotal } = metrics; log(logs.started, spans["shopLost"])',
    ]);
    const found = unused(spec, { queries: [], code });
    expect(found).not.toContain('metric shown_total');
    expect(found).not.toContain('log event started');
    expect(found).not.toContain('span shop.lost');
  });

  it('is not what another service declares as external and reads', () => {
    const other = `version: 1\nservice: { name: other }\nexternal:\n  idle_total: { type: counter }\nalerts:\n  A: { expr: 'sum(rate(idle_total[5m])) > 1', severity: info, summary: A }\n`;
    expect(unused({ 'a.yaml': spec, 'b.yaml': other })).not.toContain('metric idle_total');
  });

  it('is, of a shared file, what none of the services uses', () => {
    const shared = 'external:\n  a_total: { type: counter }\n  b_total: { type: counter }\n';
    const service = (name: string, reads: string): string =>
      `version: 1\nservice: { name: ${name} }\nimports: [shared.yaml]\nalerts:\n  ${name}: { expr: 'sum(rate(${reads}[5m])) > 1', severity: info, summary: A }\n`;
    const first = service('one', 'a_total');
    expect(unused({ 'a.yaml': first, 'b.yaml': service('two', 'a_total'), 'shared.yaml': shared })).toEqual([
      'external b_total',
    ]);
    expect(unused({ 'a.yaml': first, 'b.yaml': service('two', 'b_total'), 'shared.yaml': shared })).toEqual(
      [],
    );
  });

  it('is an import that brings nothing', () => {
    const main = `${head}imports: [parts/shared.yaml]\nmetrics:\n  a_total: { type: counter, help: A. }\n`;
    const with_ = (shared: string): string[] =>
      unused({ 'observability.yaml': main, 'parts/shared.yaml': shared });
    expect(with_('labels:\n  kind: { description: K., values: [x] }\n')).toContain(
      'import parts/shared.yaml',
    );
    expect(with_('metrics:\n  b_total: { type: counter, help: B. }\n')).not.toContain(
      'import parts/shared.yaml',
    );
  });
});
