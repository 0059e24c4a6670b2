import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { printYaml } from '../../../src/encode/yaml.js';
import { grafanaDashboards } from '../../../src/emit/grafana/emitter.js';
import { lintDashboard } from '../../../src/dashboard-lint/index.js';
import { ownBoards } from '../../../src/dashboard-lint/own-boards.js';
import type { Board } from './board.js';
import { modelOf } from '../../support/model.js';
import { missingProgram } from '../../support/program.js';
import { boardOf, boardsOf, cases, everything, panelTitled, present, specOf } from './specs.js';

/** What authors of cases wrote on purpose. */
const accepted: Readonly<Record<string, readonly string[]>> = {
  grafana: ['target-rate-interval-rule 12', 'threshold-of-alert 15'],
};

describe('every dashboard of', () => {
  it.each(cases)('%s is one that a Grafana maintainer would take', (name) => {
    const model = modelOf(specOf(name));
    const boards = ownBoards(model);
    expect(boards.length).toBeGreaterThan(0);
    const findings = boards.flatMap(({ json, context }) => lintDashboard(json, context));
    expect(
      findings.filter(({ rule, panel }) => !(accepted[name] ?? []).includes(`${rule} ${panel ?? ''}`)),
    ).toEqual([]);
  });

  it('all types of panels and metrics is one as well, with rates over $__rate_interval alone', () => {
    const model = modelOf(everything());
    const { json, context } = present(ownBoards(model)[0]);
    expect((json as Board).panels.length).toBeGreaterThan(300);
    // Busy seconds of several cores have no largest share, and nobody has a page of 300 panels.
    const findings = lintDashboard(json, context).filter(
      ({ rule, message }) => rule !== 'dashboard-size' && !/^panel `(?:bar)?gauge rate /.test(message),
    );
    expect(findings).toEqual([]);
  });
});

it.each(cases)('%s gives the same bytes twice', (name) => {
  const text = specOf(name);
  expect(grafanaDashboards.files(modelOf(text))).toEqual(grafanaDashboards.files(modelOf(text)));
});

it('keeps hostile texts inside their strings', () => {
  const hostile = `"}],"x":[{"\\ </script><b>\`{{job}} $job \${job} [[job]] \u2028 😀`;
  const spec = (text: string) => `
version: 1
service: { name: s }
labels: { kind: { description: ${JSON.stringify(text)}, values: [${JSON.stringify(text)}] } }
metrics: { things_total: { type: counter, help: ${JSON.stringify(text)}, labels: [kind] } }
dashboards:
  d:
    title: ${JSON.stringify(text)}
    variables: [kind]
    rows:
      - title: ${JSON.stringify(text)}
        panels:
          - { title: ${JSON.stringify(text)}, type: timeseries, metric: things_total, show: rate, by: [kind], description: ${JSON.stringify(text)} }
          - { title: Q, type: table, queries: { ${JSON.stringify(text)}: 'sum(rate(things_total[5m]))' } }
          - { title: T, type: text, text: ${JSON.stringify(text)} }
`;
  const actual = boardOf(spec(hostile));
  const plain = boardOf(spec('x'.repeat(60)));
  const skeleton = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(skeleton);
    if (typeof value !== 'object' || value === null) return typeof value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, skeleton(item)]));
  };
  expect(skeleton(actual)).toEqual(skeleton(plain));
  expect(actual.title).toBe(hostile);
  expect(actual.panels[1]?.title).toBe(hostile);
  const markdown = [
    ...actual.panels.slice(1).map((panel) => panel.description),
    panelTitled(actual, 'T').options.content,
  ];
  for (const each of markdown) expect(each).not.toMatch(/(?<!\\)<[a-z/]/i);
});

describe.skipIf(missingProgram('promtool'))('promtool', () => {
  it('reads every query', () => {
    const values: Record<string, string> = { $__rate_interval: '5m', $__interval: '1m', $__range: '1h' };
    const models = [...cases.map(specOf), everything()].map(modelOf);
    const exprs = models
      .flatMap(boardsOf)
      .flatMap((dashboard) => dashboard.panels)
      .flatMap((panel) => panel.targets ?? [])
      .filter((target) => target.datasource.type === 'prometheus')
      .map((target) => target.expr.replace(/\$__\w+/g, (name) => values[name] ?? name));
    const rules = exprs.map((expr, index) => ({ record: `q:${index}`, expr }));
    const folder = mkdtempSync(join(tmpdir(), 'obs-gen-grafana-'));
    try {
      writeFileSync(join(folder, 'rules.yaml'), printYaml({ groups: [{ name: 'panels', rules }] }));
      const output = execFileSync('promtool', ['check', 'rules', '--lint=none', 'rules.yaml'], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect(output).toContain(`SUCCESS: ${exprs.length} rules found`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
