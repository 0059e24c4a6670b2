import { seriesNamed } from '../../../src/model/series.js';
import type { Model } from '../../../src/model/model.js';
import type { Expr } from '../../../src/promql/ast.js';
import { parsePromql } from '../../../src/promql/parse.js';
import { selectors, walk } from '../../../src/promql/walk.js';
import type { Board, Panel, Target } from './board.js';
import { allPanels } from './specs.js';

/** Units of Grafana that the emitter may write or the tests' specs ask for. */
const knownUnits = new Set([
  ...[
    'short',
    's',
    'bytes',
    'binBps',
    'percentunit',
    'percent',
    'cps',
    'currencyUSD',
    'celsius',
    'watt',
    'joule',
    'hertz',
    'none',
    'reqps',
  ],
]);

const builtIn = /^(?:__rate_interval|__interval|__range|__range_s|__from|__to|__all)$/;

interface Options {
  readonly model: Model;
  /** Whether windows of alerts and authors are shown: these keep their own ranges. */
  readonly ownWindows?: boolean;
}

function namesUsed(value: unknown): Set<string> {
  const text = JSON.stringify(value);
  return new Set([...text.matchAll(/\$\{?(\w+)/g)].map(([, name]) => name ?? ''));
}

function promTargets(dashboard: Board): { panel: Panel; target: Target }[] {
  return allPanels(dashboard).flatMap((panel) =>
    (panel.targets ?? [])
      .filter((target) => target.datasource.type === 'prometheus')
      .map((target) => ({ panel, target })),
  );
}

function* identity(dashboard: Board): Iterable<string> {
  if (!/^[A-Za-z0-9_-]{1,40}$/.test(dashboard.uid)) yield `uid ${dashboard.uid}`;
  for (const key of ['id', 'version', 'iteration', 'gnetId'])
    if (key in dashboard) yield `volatile key ${key}`;
  if (dashboard.editable) yield 'editable';
  if (dashboard.schemaVersion !== 42) yield 'schemaVersion';
  if (!dashboard.tags.includes('obs-gen')) yield 'tag obs-gen is missing';
  if (dashboard.timezone !== 'browser') yield 'timezone';
  if (dashboard.graphTooltip !== 1) yield 'crosshair is not shared';
  if (!/^now-\d+[smhdwMy]$/.test(dashboard.time.from) || dashboard.time.to !== 'now') yield 'time';
  if (!/^\d+[smh]$/.test(dashboard.refresh)) yield 'refresh';
  if (dashboard.title === '' || dashboard.description === '') yield 'title or description is empty';
}

function* variables(dashboard: Board): Iterable<string> {
  const list = dashboard.templating.list;
  const names = list.map((variable) => variable.name);
  if (new Set(names).size !== names.length) yield 'two variables share a name';
  const sources = list.filter((variable) => variable.type === 'datasource');
  for (const source of sources) {
    const expected = sources.length === 1 ? 'datasource' : `${source.query}_datasource`;
    if (source.name !== expected) yield `data source variable ${source.name}`;
    if (!/ata source$/.test(source.label)) yield `label of ${source.name}`;
  }
  if (sources.length === 0) yield 'no data source variable';
  for (const variable of list.filter((each) => each.type === 'query')) {
    const name = variable.name;
    if (!variable.multi || !variable.includeAll || variable.allValue !== '.+') yield `choices of ${name}`;
    if (variable.refresh !== 2 || variable.sort !== 1) yield `refresh or sort of ${name}`;
    const [, selector = '', label] = /^label_values\((.+), (\w+)\)$/.exec(variable.query) ?? [];
    if (label === undefined || parsePromql(selector).errors.length > 0) yield `query of ${name}`;
    if (name === 'instance' && !selector.includes('job=~"$job"')) yield 'instance is not narrowed by job';
  }
  const used = namesUsed([
    dashboard.panels,
    dashboard.annotations,
    list.map((each) => each.query),
    list.map((each) => each.datasource),
  ]);
  for (const name of names) if (!used.has(name)) yield `variable ${name} is not used`;
  const inQueries = promTargets(dashboard).map(({ target }) => [target.expr, target.datasource.uid]);
  for (const name of namesUsed([inQueries, list.map((each) => [each.query, each.datasource ?? ''])])) {
    if (!builtIn.test(name) && !names.includes(name)) yield `variable ${name} is not declared`;
  }
}

function* grid(dashboard: Board): Iterable<string> {
  const ids = [...dashboard.panels, ...dashboard.panels.flatMap((panel) => panel.panels ?? [])].map(
    (panel) => panel.id,
  );
  if (new Set(ids).size !== ids.length) yield 'two panels share an id';
  if (ids.some((id: unknown) => !Number.isInteger(id) || (id as number) < 1)) yield 'id below 1';
  const taken = new Set<string>();
  const heights = new Map<number, number>();
  for (const { title, gridPos } of dashboard.panels) {
    const { x, y, w, h } = gridPos;
    if (![x, y, w, h].every(Number.isInteger) || x < 0 || w < 1 || h < 1 || x + w > 24)
      yield `place of ${title}`;
    if ((heights.get(y) ?? h) !== h) yield `height of ${title}`;
    heights.set(y, h);
    for (let column = x; column < x + w; column += 1) {
      for (let line = y; line < y + h; line += 1) {
        if (taken.has(`${column},${line}`)) yield `${title} overlaps another panel`;
        taken.add(`${column},${line}`);
      }
    }
  }
}

function* panels(dashboard: Board): Iterable<string> {
  for (const panel of allPanels(dashboard)) {
    const { title, type } = panel;
    const { defaults, overrides } = panel.fieldConfig;
    if (!title || !panel.description) yield `${type} ${title}: no title or description`;
    if (!panel.pluginVersion) yield `${title}: no pluginVersion`;
    const shows = ['stat', 'timeseries', 'gauge', 'bargauge', 'piechart'].includes(type);
    if (shows && !knownUnits.has(defaults.unit ?? '')) yield `${title}: unit ${defaults.unit}`;
    if (shows && defaults.unit === 'cps' && defaults.min !== 0) yield `${title}: min`;
    // A budget may be overspent without end.
    const isBudget = (panel.targets ?? []).some((each) => /budget_remaining/.test(JSON.stringify(each)));
    if (shows && defaults.unit === 'percentunit' && defaults.min === undefined && !isBudget)
      yield `${title}: min`;
    if (
      ['stat', 'gauge', 'bargauge', 'piechart'].includes(type) &&
      panel.options.reduceOptions?.calcs.length !== 1
    ) {
      yield `${title}: reduceOptions`;
    }
    if (type === 'table' && 'unit' in defaults) yield `${title}: unit of the whole table`;
    const targets = panel.targets ?? [];
    if (shows && targets.length === 0) yield `${title}: no targets`;
    if (new Set(targets.map((target) => target.refId)).size !== targets.length) yield `${title}: refIds`;
    for (const target of targets) {
      if (!/^\$\{\w+\}$/.test(target.datasource.uid)) yield `${title}: data source is not a variable`;
      if (/\{\{(?:instance|job)\}\} \{\{(?:instance|job)\}\}/.test(target.legendFormat ?? ''))
        yield `${title}: legend`;
      if (type === 'table' && target.datasource.type === 'prometheus') {
        if (target.format !== 'table' || target.instant !== true || target.range !== false)
          yield `${title}: table query`;
        if (!overrides.some((each) => each.properties.some((property) => property.id === 'unit')))
          yield `${title}: no unit`;
      }
      if (target.datasource.type === 'prometheus' && target.instant === target.range)
        yield `${title}: instant and range`;
    }
    for (const link of panel.links)
      if (!/^(?:\/d\/|\/alerting\/|https:)/.test(link.url)) yield `${title}: link`;
    const style = defaults.custom?.thresholdsStyle?.mode;
    if (type === 'timeseries' && (style !== 'off') !== (defaults.thresholds?.steps.length ?? 0) > 1)
      yield `${title}: threshold is not drawn`;
    const values = (defaults.thresholds?.steps ?? [{ value: null }]).map((step) => step.value);
    if (values[0] !== null || values.slice(1).some((value: unknown) => typeof value !== 'number'))
      yield `${title}: steps`;
  }
}

function* rates(expr: Expr, title: string, options: Options): Iterable<string> {
  const found: string[] = [];
  walk(expr, (each, parents) => {
    if (each.kind !== 'selector') return;
    const call = parents.findLast((parent) => parent.kind === 'call');
    if (parents.some((parent) => parent.kind === 'aggregation' && parent.op === 'count')) return;
    const range = each.range;
    if (call?.func === 'rate' && options.ownWindows !== true) {
      if (range?.kind !== 'variable' || range.name !== '$__rate_interval')
        found.push(`${title}: range of rate`);
    }
    const series = seriesNamed(options.model, each.metric ?? '');
    const counts = series?.metric.type === 'counter' || series?.part === 'bucket' || series?.part === 'count';
    if (
      counts &&
      !['rate', 'increase', 'count', 'present_over_time', 'absent_over_time'].includes(call?.func ?? '')
    )
      found.push(`${title}: raw counter ${each.metric}`);
  });
  yield* found;
}

function* queries(dashboard: Board, options: Options): Iterable<string> {
  const { model } = options;
  const chosen = dashboard.templating.list.filter((each) => each.type === 'query').map((each) => each.name);
  for (const { panel, target } of promTargets(dashboard)) {
    const title = `${panel.title} ${target.refId}`;
    const { expr, errors } = parsePromql(target.expr);
    if (expr === undefined || errors.length > 0) {
      yield `${title}: ${errors.map((error) => error.message).join('; ')}`;
      continue;
    }
    yield* rates(expr, title, options);
    if (/\$__interval/.test(target.expr) && panel.interval === undefined)
      yield `${title}: $__interval without a least step`;
    for (const selector of selectors(expr)) {
      const metric = model.metrics.get(seriesNamed(model, selector.metric ?? '')?.metric.name ?? '');
      if (metric === undefined) continue;
      const has = (label: string, name: string) =>
        selector.matchers.some(
          (each) => each.label === label && each.operator === '=~' && each.value === `$${name}`,
        );
      if (!has('job', 'job') || !has('instance', 'instance'))
        yield `${title}: not narrowed by job and instance`;
      for (const label of metric.labels) {
        if (chosen.includes(label.key) && !has(label.wire, label.key))
          yield `${title}: not narrowed by ${label.key}`;
      }
      const drawn = ['timeseries', 'heatmap'].includes(panel.type) && selector.metric?.endsWith('_bucket');
      if (drawn === true && metric.exemplars && target.exemplar !== true && options.ownWindows !== true)
        yield `${title}: no exemplars`;
    }
  }
}

/** What a Grafana maintainer would send back, one line a fault. */
export function lint(dashboard: Board, options: Options): readonly string[] {
  return [
    ...identity(dashboard),
    ...variables(dashboard),
    ...grid(dashboard),
    ...panels(dashboard),
    ...queries(dashboard, options),
  ];
}
