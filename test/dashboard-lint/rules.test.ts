import { describe, expect, it } from 'vitest';
import { lintDashboard } from '../../src/dashboard-lint/index.js';
import { rules } from '../../src/dashboard-lint/rules/index.js';
import {
  boardNamed,
  panelTitled,
  present,
  shopModel,
  type Spoilt,
  type SpoiltDefaults,
  type SpoiltPanel,
  type SpoiltTarget,
  type SpoiltVariable,
} from './boards.js';

function variable(json: Spoilt, name: string): SpoiltVariable {
  return present(json.templating.list.find((each) => each.name === name));
}

function target(json: Spoilt, title: string): SpoiltTarget {
  return present(panelTitled(json, title).targets[0]);
}

function defaults(json: Spoilt, title: string): SpoiltDefaults {
  return panelTitled(json, title).fieldConfig.defaults;
}

function rowOf(json: Spoilt): SpoiltPanel {
  return present(json.panels.find(({ type }) => type === 'row'));
}

function replaceExpr(json: Spoilt, title: string, from: string | RegExp, to: string): void {
  const found = target(json, title);
  const changed = found.expr.replace(from, to);
  if (changed === found.expr) throw new Error(`${title} has no ${String(from)}: ${found.expr}`);
  found.expr = changed;
}

/** What is broken, and the rule that has to notice. */
const faults: readonly (readonly [string, string, (json: Spoilt) => unknown])[] = [
  [
    'template-datasource-rule',
    'another name',
    (json) => (variable(json, 'prometheus_datasource').name = 'ds'),
  ],
  ['template-datasource-rule', 'no label', (json) => delete variable(json, 'prometheus_datasource').label],
  ['template-job-rule', 'one job at a time', (json) => (variable(json, 'job').multi = false)],
  ['template-job-rule', 'all of them', (json) => (variable(json, 'job').allValue = '.*')],
  ['template-instance-rule', 'no instance', (json) => (variable(json, 'instance').name = 'pod')],
  [
    'template-label-promql-rule',
    'broken query',
    (json) => (variable(json, 'queue').query = 'label_values(x{, queue)'),
  ],
  ['template-label-promql-rule', 'no function', (json) => (variable(json, 'queue').query = 'queue_depth')],
  ['template-on-time-change-reload-rule', 'read once', (json) => (variable(json, 'queue').refresh = 1)],
  ['panel-datasource-rule', 'fixed source', (json) => (target(json, 'Calls').datasource.uid = 'prometheus')],
  [
    'panel-datasource-rule',
    'old fixed source',
    (json) => (panelTitled(json, 'Calls').datasource = 'Prometheus'),
  ],
  [
    'panel-title-description-rule',
    'no description',
    (json) => (panelTitled(json, 'Spread').description = ' '),
  ],
  ['panel-title-description-rule', 'no title', (json) => (panelTitled(json, 'Calls').title = '')],
  ['panel-units-rule', 'no unit', (json) => delete defaults(json, 'Calls').unit],
  ['panel-units-rule', 'unknown unit', (json) => (defaults(json, 'Calls').unit = 'calls')],
  ['panel-no-targets-rule', 'no query', (json) => (panelTitled(json, 'Busy').targets = [])],
  ['target-logql-rule', 'no LogQL', (json) => (target(json, 'Failures').expr += ' | jsn | x')],
  [
    'target-logql-auto-rule',
    'fixed range',
    (json) => (target(json, 'Failures').expr = 'rate({app="x"}[5m])'),
  ],
  ['target-promql-rule', 'no PromQL', (json) => (target(json, 'Calls').expr += ')')],
  [
    'target-rate-interval-rule',
    'fixed range',
    (json) => {
      replaceExpr(json, 'Calls', '$__rate_interval', '5m');
    },
  ],
  [
    'target-rate-interval-rule',
    'own variable',
    (json) => {
      replaceExpr(json, 'Calls', '$__rate_interval', '$queue');
    },
  ],
  [
    'target-job-rule',
    'no job',
    (json) => {
      replaceExpr(json, 'Calls', 'job=~"$job",', '');
    },
  ],
  [
    'target-job-rule',
    'equal job',
    (json) => {
      replaceExpr(json, 'Calls', 'job=~', 'job=');
    },
  ],
  [
    'target-instance-rule',
    'no instance',
    (json) => {
      replaceExpr(json, 'Calls', ',instance=~"$instance"', '');
    },
  ],
  [
    'target-counter-agg-rule',
    'raw counter',
    (json) =>
      (target(json, 'Calls').expr = 'sum by (outcome) (calls_total{job=~"$job",instance=~"$instance"})'),
  ],
  ['uneditable-dashboard', 'editable', (json) => (json.editable = true)],
  ['shape', 'a misspelt key', (json) => Object.assign(json, { refres: '30s' })],
  ['shape', 'a title that is no string', (json) => (json.title = 5)],
  ['dashboard-uid', '41 characters', (json) => (json.uid = 'x'.repeat(41))],
  ['dashboard-uid', 'other characters', (json) => (json.uid = 'a b')],
  ['dashboard-uid', 'none', (json) => delete json.uid],
  ['dashboard-title', 'none', (json) => (json.title = '')],
  ['dashboard-title', 'no tag of the service', (json) => (json.tags = ['shop'])],
  [
    'dashboard-provenance',
    'none',
    (json) => {
      json.description = '';
      json.links = [];
    },
  ],
  ['volatile-keys', 'a version', (json) => Object.assign(json, { version: 3 })],
  ['volatile-keys', 'inputs', (json) => Object.assign(json, { __inputs: [] })],
  ['schema-version', 'old', (json) => (json.schemaVersion = 39)],
  ['schema-version', 'no pluginVersion', (json) => delete panelTitled(json, 'Calls').pluginVersion],
  ['time-range', 'fixed days', (json) => (json.time = { from: '2026-01-01', to: '2026-01-02' })],
  ['time-range', 'UTC', (json) => (json.timezone = 'utc')],
  ['refresh', 'never', (json) => (json.refresh = '')],
  ['refresh', 'too often', (json) => (json.refresh = '5s')],
  ['shared-crosshair', 'none', (json) => (json.graphTooltip = 0)],
  [
    'variable-declared',
    'a removed one',
    (json) => json.templating.list.splice(json.templating.list.indexOf(variable(json, 'queue')), 1),
  ],
  [
    'variable-declared',
    'old form',
    (json) => {
      replaceExpr(json, 'Tasks', '"$queue"', '"[[line]]"');
    },
  ],
  ['variable-declared', 'twice', (json) => json.templating.list.push(variable(json, 'queue'))],
  [
    'variable-used',
    'a spare one',
    (json) => json.templating.list.push({ ...variable(json, 'queue'), name: 'spare' }),
  ],
  ['variable-choices', 'not sorted', (json) => (variable(json, 'queue').sort = 0)],
  ['variable-choices', 'one at a time', (json) => (variable(json, 'queue').includeAll = false)],
  ['foreign-datasources', 'fixed Loki', (json) => (target(json, 'Failures').datasource.uid = 'loki')],
  ['target-traceql', 'no TraceQL', (json) => (target(json, 'Slow calls').query = '{ name == "call" }')],
  ['ref-ids', 'twice', (json) => (present(panelTitled(json, 'Call time').targets[1]).refId = 'A')],
  ['ref-ids', 'none', (json) => delete target(json, 'Calls').refId],
  ['legend-format', 'all labels', (json) => (target(json, 'Calls').legendFormat = '')],
  [
    'legend-format',
    'job and instance',
    (json) => (target(json, 'Calls').legendFormat = '{{job}} {{instance}}'),
  ],
  ['legend-labels', 'a label that is gone', (json) => (target(json, 'Calls').legendFormat = '{{tenant}}')],
  [
    'table-instant',
    'samples',
    (json) => {
      target(json, 'Outcomes').instant = false;
      target(json, 'Outcomes').range = true;
    },
  ],
  [
    'costly-range',
    'a week for each point',
    (json) =>
      (target(json, 'Calls').expr =
        'sum by (outcome) (increase(calls_total{job=~"$job",instance=~"$instance"}[7d]))'),
  ],
  [
    'open-labels',
    'all tenants',
    (json) => {
      replaceExpr(json, 'By tenant', /topk\(10, (.*)\)$/, '$1');
    },
  ],
  [
    'ratio-matchers',
    'narrowed above only',
    (json) => {
      replaceExpr(
        json,
        'Failing',
        /instance=~"\$instance",outcome/,
        'tenant=~"$queue",instance=~"$instance",outcome',
      );
    },
  ],
  [
    'no-traffic',
    'nothing said',
    (json) => {
      delete defaults(json, 'Failing').noValue;
      delete defaults(json, 'Failing').mappings;
    },
  ],
  [
    'histogram-quantile',
    'bounds dropped',
    (json) => {
      replaceExpr(json, 'Call time', 'by (le)', 'by (outcome)');
    },
  ],
  [
    'stale-metric',
    'renamed metric',
    (json) => {
      replaceExpr(json, 'Tasks', 'queue_depth', 'queue_length');
    },
  ],
  [
    'unknown-label',
    'unknown matcher',
    (json) => {
      replaceExpr(json, 'Calls', 'job=~"$job"', 'job=~"$job",kind="x"');
    },
  ],
  [
    'unknown-label',
    'unknown group',
    (json) => {
      replaceExpr(json, 'Calls', 'by (outcome)', 'by (kind)');
    },
  ],
  ['unit-of-metric', 'bytes for seconds', (json) => (defaults(json, 'Call time').unit = 'bytes')],
  ['unit-of-metric', 'seconds without a unit', (json) => (defaults(json, 'Call time').unit = 'short')],
  ['table-unit', 'of all columns', (json) => (defaults(json, 'Outcomes').unit = 'cps')],
  ['threshold-drawn', 'hidden', (json) => (defaults(json, 'Tasks').custom.thresholdsStyle.mode = 'off')],
  [
    'threshold-drawn',
    'out of order',
    (json) => defaults(json, 'Tasks').thresholds.steps.push({ color: 'blue', value: 5 }),
  ],
  [
    'threshold-of-alert',
    'another number',
    (json) => (present(defaults(json, 'Tasks').thresholds.steps.at(-1)).value = 50),
  ],
  ['axis-bounds', 'a rate from anywhere', (json) => delete defaults(json, 'Calls').min],
  ['axis-bounds', 'a gauge without an end', (json) => delete defaults(json, 'Busy').max],
  ['decimals', 'left open', (json) => delete defaults(json, 'Busy').decimals],
  [
    'legend-room',
    'cut table',
    (json) => {
      panelTitled(json, 'Calls').options.legend = {
        displayMode: 'table',
        placement: 'bottom',
        calcs: ['max'],
      };
      present(panelTitled(json, 'Calls').gridPos).h = 8;
    },
  ],
  [
    'legend-room',
    'table without numbers',
    (json) =>
      (panelTitled(json, 'Calls').options.legend = { displayMode: 'table', placement: 'right', calcs: [] }),
  ],
  ['stable-colours', 'no overrides', (json) => (panelTitled(json, 'Calls').fieldConfig.overrides = [])],
  ['reduce-options', 'no calcs', (json) => (panelTitled(json, 'Busy').options.reduceOptions.calcs = [])],
  [
    'row-structure',
    'an empty row',
    (json) =>
      json.panels.push({ ...rowOf(json), id: 99, title: 'Empty', gridPos: { x: 0, y: 99, w: 24, h: 1 } }),
  ],
  ['row-structure', 'no rows', (json) => (json.panels = json.panels.filter((each) => each.type !== 'row'))],
  [
    'grid-bounds',
    '30 columns',
    (json) => (panelTitled(json, 'Calls').gridPos = { x: 18, y: 200, w: 12, h: 9 }),
  ],
  ['grid-bounds', 'no place', (json) => delete panelTitled(json, 'Calls').gridPos],
  ['grid-overlap', 'overlap', (json) => (present(panelTitled(json, 'Call time').gridPos).x = 1)],
  ['grid-heights', 'a step', (json) => (present(panelTitled(json, 'Call time').gridPos).h = 5)],
  ['panel-ids', 'twice', (json) => (panelTitled(json, 'Call time').id = 1)],
  ['panel-ids', 'a row with 0', (json) => (present(json.panels[0]).id = 0)],
  [
    'panel-ids',
    'twice, folded',
    (json) =>
      (json.panels[0] = {
        ...rowOf(json),
        collapsed: true,
        panels: [{ ...panelTitled(json, 'Calls'), id: 2 }],
      }),
  ],
  ['panel-titles', 'twice in a row', (json) => (panelTitled(json, 'Call time').title = 'Calls')],
  ['exemplars', 'not asked for', (json) => (target(json, 'Spread').exemplar = false)],
  ['data-links', 'none', (json) => (defaults(json, 'Calls').links = [])],
  [
    'data-links',
    'another time',
    (json) => (defaults(json, 'Calls').links = [{ title: 'Logs', url: '/explore?left=x' }]),
  ],
  ['dashboard-links', 'none', (json) => (json.links = [])],
  ['annotations', 'cannot be switched off', (json) => (present(json.annotations.list.at(-1)).hide = true)],
  ['runbook-links', 'none', (json) => (panelTitled(json, 'Tasks').links = [])],
  ['slo-panels', 'no time left', (json) => (panelTitled(json, 'Time left').targets = [])],
  ['slo-budget', 'colours the wrong way', (json) => defaults(json, 'Budget left').thresholds.steps.reverse()],
  ['slo-budget', 'never below zero', (json) => (defaults(json, 'Budget left').min = 0)],
  [
    'slo-overview',
    'half a table',
    (json) => (target(json, 'Outcomes').expr = 'slo:objective:ratio * slo:time_to_exhaustion:seconds'),
  ],
  ['dashboard-size', 'large', (json) => (present(json.panels[0]).title = 'x'.repeat(300_000))],
  [
    'variable-cardinality',
    'an open label',
    (json) => (variable(json, 'queue').query = 'label_values(calls_total, crowd)'),
  ],
];

describe('a dashboard of the spec', () => {
  it('has no findings', () => {
    const { json, context } = boardNamed(shopModel, 'shop');
    expect(lintDashboard(json, context)).toEqual([]);
  });

  it.each(faults)('%s notices: %s', (rule, _what, spoil) => {
    const { json, context } = boardNamed(shopModel, 'shop');
    spoil(json);
    const { model } = context;
    const crowd = [...shopModel.labels.values()][0];
    const withCrowd = model &&
      crowd && {
        ...model,
        labels: new Map([
          ...model.labels,
          ['crowd', { ...crowd, wire: 'crowd', bound: { kind: 'open' as const, cap: 5000 } }],
        ]),
      };
    const found = lintDashboard(
      json,
      rule === 'variable-cardinality' ? { ...context, model: withCrowd } : context,
    );
    expect(found.map((each) => each.rule)).toContain(rule);
  });

  it('shows a fault for each rule', () => {
    const shown = new Set(faults.map(([rule]) => rule));
    expect(rules.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
  });
});

describe('findings', () => {
  it('name the panel, the place in the file and the way out', () => {
    const { json, context } = boardNamed(shopModel, 'shop');
    target(json, 'Calls').expr += ')';
    const [finding] = lintDashboard(json, context);
    const id = panelTitled(json, 'Calls').id;
    expect(finding).toMatchObject({ rule: 'target-promql-rule', panel: id });
    expect(finding?.path).toBe(`panels[${json.panels.findIndex((each) => each.id === id)}].targets[0].expr`);
    expect(finding?.message).toMatch(/^query A of panel `Calls` is no PromQL: /);
    expect(finding?.help).not.toBe('');
  });

  it('tell two dashboards with one uid or title', () => {
    const { json, context } = boardNamed(shopModel, 'shop');
    const found = lintDashboard(json, { ...context, beside: [json] });
    expect(found.map(({ rule }) => rule)).toEqual(['dashboard-uid', 'dashboard-title']);
  });
});
