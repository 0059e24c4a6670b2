import { axisOf } from '../axis.js';
import { dataLinks } from '../data-links.js';
import type { FieldOverride, PanelContent, PanelLink } from '../dashboard.js';
import type { Draw } from '../layout.js';
import { panelQueries } from '../panel-queries.js';
import type { PanelQuery } from '../queries.js';
import { targets, type PanelView } from '../view.js';
import { frame, surroundings, thresholds } from './frame.js';
import { noTraffic } from './mappings.js';

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

/** The names in a column lead on. */
function linked(column: string, links: readonly PanelLink[]): FieldOverride {
  return { matcher: { id: 'byName', options: column }, properties: [{ id: 'links', value: links }] };
}

/** One row for each label set. The unit is set on the values alone: on the whole table it would turn a label `200` into `200 req/s`. */
export function drawTable(view: PanelView): Draw {
  const queries = panelQueries(view, { single: false, window: 'whole' });
  const { unit, decimals, min, max } = axisOf(view, queries);
  const columns = valueColumns(view, queries);
  const { noValue } = surroundings(view, queries);
  const links = dataLinks(view, queries, 'row');
  const [key] = queries[0]?.by ?? [];
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
        noValue,
      },
      overrides: [
        ...(key === undefined || links.length === 0 ? [] : [linked(key.wire, links)]),
        ...overrides,
      ],
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
