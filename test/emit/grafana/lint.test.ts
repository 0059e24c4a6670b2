import { describe, expect, it } from 'vitest';
import { modelOf } from '../../support/model.js';
import type { Board, Panel, Target, Variable } from './board.js';
import { lint } from './lint.js';
import { boardsOf, everything, present } from './specs.js';

function variable(dashboard: Board, name: string): Variable {
  return present(dashboard.templating.list.find((each) => each.name === name));
}

function target(panel: Panel): Target {
  return present(panel.targets?.[0]);
}

describe('the checks of dashboards', () => {
  const model = modelOf(everything());
  const text = JSON.stringify(boardsOf(model)[0]);

  it.each<[string, (dashboard: Board, panel: Panel) => unknown]>([
    ['a long uid', (dashboard) => (dashboard.uid = 'x'.repeat(41))],
    ['a version', (dashboard) => (dashboard['version'] = 3)],
    ['an editable page', (dashboard) => (dashboard.editable = true)],
    ['another schema', (dashboard) => (dashboard.schemaVersion = 39)],
    ['no tag', (dashboard) => (dashboard.tags = [])],
    [
      'an unused variable',
      (dashboard) => dashboard.templating.list.push({ ...variable(dashboard, 'job'), name: 'spare' }),
    ],
    ['an undeclared variable', (dashboard) => dashboard.templating.list.pop()],
    ['a variable without all', (dashboard) => (variable(dashboard, 'job').allValue = '.*')],
    ['a renamed data source variable', (dashboard) => (variable(dashboard, 'datasource').name = 'ds')],
    ['an id twice', (_, panel) => (panel.id = 1)],
    ['an overlap', (_, panel) => (panel.gridPos = { ...panel.gridPos, y: 0 })],
    ['a panel beyond the grid', (_, panel) => (panel.gridPos = { ...panel.gridPos, x: 20 })],
    ['unequal heights', (_, panel) => (panel.gridPos = { ...panel.gridPos, h: 3 })],
    ['no description', (_, panel) => (panel.description = '')],
    ['no pluginVersion', (_, panel) => delete panel.pluginVersion],
    ['an unknown unit', (_, panel) => (panel.fieldConfig.defaults.unit = 'things')],
    ['a rate below zero', (_, panel) => delete panel.fieldConfig.defaults.min],
    ['a fixed data source', (_, panel) => (target(panel).datasource.uid = 'prometheus')],
    [
      'a fixed range',
      (_, panel) => (target(panel).expr = target(panel).expr.replace('$__rate_interval', '5m')),
    ],
    ['no job', (_, panel) => (target(panel).expr = target(panel).expr.replace('job=~"$job",', ''))],
    [
      'a variable left out',
      (_, panel) => (target(panel).expr = target(panel).expr.replace(',kind=~"$kind"', '')),
    ],
    [
      'a raw counter',
      (_, panel) =>
        (target(panel).expr =
          'sum(things_total{job=~"$job",instance=~"$instance",kind=~"$kind",tenant=~"$tenant"})'),
    ],
    ['broken PromQL', (_, panel) => (target(panel).expr = 'sum(')],
    ['a refId twice', (_, panel) => panel.targets?.push(target(panel))],
    [
      'a threshold that is not drawn',
      (_, panel) => panel.fieldConfig.defaults.thresholds?.steps.push({ color: 'red', value: 1 }),
    ],
  ])('find %s', (_what, spoil) => {
    const dashboard = JSON.parse(text) as Board;
    const panel = present(dashboard.panels.find((each) => each.type === 'timeseries'));
    expect(lint(dashboard, { model })).toEqual([]);
    spoil(dashboard, panel);
    expect(lint(dashboard, { model })).not.toEqual([]);
  });
});
