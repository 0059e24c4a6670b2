import { axisOf } from '../axis.js';
import type { FieldOverride, PanelContent } from '../dashboard.js';
import type { Draw } from '../layout.js';
import { panelQueries } from '../panel-queries.js';
import type { PanelQuery } from '../queries.js';
import { targets, type PanelView } from '../view.js';
import { frame, thresholds } from './frame.js';
import { noTraffic } from './single-value.js';

/** What Grafana calls the column of a query's values, and what the page calls it. */
function valueColumns(
  view: PanelView,
  queries: readonly PanelQuery[],
): readonly (readonly [from: string, to: string])[] {
  const { source, title } = view.panel;
  const names =
    source.kind === 'metric'
      ? source.show.map((show) => (show === 'value' ? source.metric.name : show))
      : source.kind === 'queries'
        ? source.queries.map(({ name }) => name ?? title)
        : queries.map(({ legend }, index) => (index === 0 ? title : legend));
  return names.map((name, index) => [
    queries.length === 1 ? 'Value' : `Value #${String.fromCharCode(65 + index)}`,
    name,
  ]);
}

/** One row for each label set. The unit is set on the values alone: on the whole table it would turn a label `200` into `200 req/s`. */
export function drawTable(view: PanelView): Draw {
  const queries = panelQueries(view, { single: false, window: 'whole' });
  const { unit, decimals, min, max } = axisOf(view, queries);
  const columns = valueColumns(view, queries);
  const limited = view.alert?.limit !== undefined;
  const overrides = columns.map(([, name]): FieldOverride => ({
    matcher: { id: 'byName', options: name },
    properties: [
      { id: 'unit', value: unit },
      ...(decimals === undefined ? [] : [{ id: 'decimals', value: decimals }]),
      ...(min === undefined ? [] : [{ id: 'min', value: min }]),
      ...(max === undefined ? [] : [{ id: 'max', value: max }]),
      { id: 'mappings', value: [noTraffic] },
      ...(limited
        ? [
            { id: 'thresholds', value: thresholds(view) },
            { id: 'custom.cellOptions', value: { type: 'color-text' } },
          ]
        : []),
    ],
  }));
  const transformations: NonNullable<PanelContent['transformations']> = [
    ...(queries.length > 1 ? [{ id: 'merge', options: {} }] : []),
    {
      id: 'organize',
      options: {
        excludeByName: { Time: true },
        includeByName: {},
        indexByName: {},
        renameByName: Object.fromEntries(columns),
      },
    },
  ];
  const first = columns[0]?.[1] ?? '';
  return () => ({
    type: 'table',
    ...frame(view, unit),
    datasource: view.sources.ref('metrics'),
    fieldConfig: {
      defaults: {
        custom: { align: 'auto', cellOptions: { type: 'auto' }, filterable: true, inspect: false },
      },
      overrides,
    },
    options: {
      cellHeight: 'sm',
      showHeader: true,
      sortBy: first === '' ? [] : [{ desc: true, displayName: first }],
    },
    targets: targets(view, queries, { instant: true, format: 'table' }),
    transformations,
  });
}
