import { dateTime, type FieldConfigSource } from '@grafana/data';
import {
  behaviors,
  ConstantVariable,
  CustomVariable,
  dataLayers,
  DataSourceVariable,
  EmbeddedScene,
  QueryVariable,
  SceneControlsSpacer,
  SceneDataLayerControls,
  SceneDataLayerSet,
  SceneDataTransformer,
  SceneGridItem,
  SceneGridLayout,
  SceneGridRow,
  SceneQueryRunner,
  SceneRefreshPicker,
  SceneTimePicker,
  SceneTimeRange,
  SceneVariableSet,
  TextBoxVariable,
  VariableValueSelectors,
  VizPanel,
  type SceneVariable,
} from '@grafana/scenes';
import { DashboardCursorSync } from '@grafana/schema';
import { opened, type Board, type BoardPanel, type BoardVariable } from './board.js';
import { range, type Settings } from './settings.js';

/** Whether a panel asks Prometheus. Other data sources are not here: their panels are drawn, and nothing is asked. */
function asksPrometheus({ targets = [] }: BoardPanel): boolean {
  return targets.some(({ datasource }) => (datasource?.type ?? 'prometheus') === 'prometheus');
}

/** The panel that draws: a table of traces has no traces to draw. */
function drawnBy(panel: BoardPanel): string {
  const foreign = (panel.targets ?? []).length > 0 && !asksPrometheus(panel);
  return foreign && panel.type === 'table' ? 'traces' : panel.type;
}

function variable(each: BoardVariable): SceneVariable {
  const common = { name: each.name, ...(each.label === undefined ? {} : { label: each.label }) };
  const query = typeof each.query === 'string' ? each.query : each.query.query;
  const many = { isMulti: each.multi === true, includeAll: each.includeAll === true };
  switch (each.type) {
    case 'datasource':
      return new DataSourceVariable({ ...common, pluginId: query });
    case 'query':
      return new QueryVariable({
        ...common,
        ...many,
        ...(each.allValue === undefined ? {} : { allValue: each.allValue }),
        ...(each.regex === undefined ? {} : { regex: each.regex }),
        query: { query, refId: each.name },
        datasource: { uid: 'prometheus', type: 'prometheus' },
        defaultToAll: each.includeAll === true,
        sort: each.sort ?? 0,
      });
    case 'custom':
      return new CustomVariable({ ...common, ...many, query });
    case 'textbox':
      return new TextBoxVariable({ ...common, value: query });
    default:
      return new ConstantVariable({ ...common, value: query });
  }
}

/** What a panel asks, and what is done with the answer. */
function dataOf(panel: BoardPanel): Pick<ConstructorParameters<typeof VizPanel>[0], '$data'> {
  if (!asksPrometheus(panel)) return {};
  const runner = new SceneQueryRunner({
    queries: (panel.targets ?? []).map((target) => ({ ...target })),
    datasource: { uid: 'prometheus', type: 'prometheus' },
    ...(panel.interval === undefined ? {} : { minInterval: panel.interval }),
    ...(panel.maxDataPoints === undefined ? {} : { maxDataPoints: panel.maxDataPoints }),
  });
  const transformations = panel.transformations ?? [];
  if (transformations.length === 0) return { $data: runner };
  return { $data: new SceneDataTransformer({ $data: runner, transformations: [...transformations] }) };
}

/** The key by which a panel's element and its numbers are found again. */
export const keyOf = ({ id }: BoardPanel): string => `panel-${id}`;

function item(panel: BoardPanel): SceneGridItem {
  const fieldConfig: FieldConfigSource = panel.fieldConfig ?? { defaults: {}, overrides: [] };
  const { x, y, w, h } = panel.gridPos;
  return new SceneGridItem({
    x,
    y,
    width: w,
    height: h,
    body: new VizPanel({
      key: keyOf(panel),
      pluginId: drawnBy(panel),
      title: panel.title,
      ...(panel.description === undefined ? {} : { description: panel.description }),
      options: panel.options ?? {},
      fieldConfig,
      ...dataOf(panel),
    }),
  });
}

/** The panels in their rows, every row open. */
function grid(board: Board): (SceneGridItem | SceneGridRow)[] {
  const rows: { readonly head: BoardPanel | undefined; readonly items: SceneGridItem[] }[] = [];
  for (const panel of opened(board.panels)) {
    if (panel.type === 'row') rows.push({ head: panel, items: [] });
    else {
      if (rows.length === 0) rows.push({ head: undefined, items: [] });
      rows.at(-1)?.items.push(item(panel));
    }
  }
  return rows.flatMap(({ head, items }): (SceneGridItem | SceneGridRow)[] =>
    head === undefined
      ? items
      : [
          new SceneGridRow({
            title: head.title,
            y: head.gridPos.y,
            x: 0,
            isCollapsed: false,
            children: items,
          }),
        ],
  );
}

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Where the data's clock stands still, `now-1h` means an hour before it stopped. */
function at(text: string, now: number | null): string {
  const match = /^now(?:-(?<count>\d+)(?<unit>[smhdw]))?$/.exec(text);
  if (now === null || match === null) return text;
  const { count = '0', unit = 's' } = match.groups ?? {};
  return dateTime((now - Number(count) * (seconds[unit] ?? 1)) * 1000).toISOString();
}

/** A board as a scene, which asks its queries and draws itself. */
export function sceneOf(board: Board, { now }: Settings): EmbeddedScene {
  const layers = (board.annotations?.list ?? [])
    .filter(({ expr }) => expr !== undefined)
    .map(
      (query) =>
        new dataLayers.AnnotationsDataLayer({
          name: query.name,
          isEnabled: query.enable,
          query: { ...query, datasource: { uid: 'prometheus', type: 'prometheus' } } as never,
        }),
    );
  return new EmbeddedScene({
    $timeRange: new SceneTimeRange({
      from: at(range.from ?? board.time?.from ?? 'now-1h', now),
      to: at(range.to ?? board.time?.to ?? 'now', now),
      timeZone: 'utc',
    }),
    $variables: new SceneVariableSet({ variables: (board.templating?.list ?? []).map(variable) }),
    $data: new SceneDataLayerSet({ layers }),
    $behaviors: [new behaviors.CursorSync({ sync: DashboardCursorSync.Crosshair })],
    controls: [
      new VariableValueSelectors({}),
      new SceneDataLayerControls(),
      new SceneControlsSpacer(),
      new SceneTimePicker({}),
      new SceneRefreshPicker({}),
    ],
    body: new SceneGridLayout({ children: grid(board), isDraggable: false, isResizable: false }),
  });
}

/** The height of a board in pixels: rows of 30 with gaps of 8, and the controls above them. */
export function heightOf(board: Board): number {
  const rows = Math.max(0, ...opened(board.panels).map(({ gridPos }) => gridPos.y + gridPos.h));
  return rows * 38 + 160;
}
