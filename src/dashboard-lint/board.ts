import type { Variable } from './variable.js';
import { list, number, record, text, type Json } from './json.js';
import { readTarget, type Target } from './target.js';

export interface Grid {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A panel or a row of a dashboard, as a reader of JSON sees it. */
export interface BoardPanel {
  readonly json: Json;
  /** Where it stands in the file: `panels[3].panels[0]`. */
  readonly path: string;
  readonly id: number | undefined;
  readonly type: string;
  readonly title: string;
  /** Columns and rows of the grid; undefined where a part of it is missing. */
  readonly grid: Grid | undefined;
  /** The row that it is folded into; undefined where it lies on the page itself. */
  readonly foldedInto: BoardPanel | undefined;
  readonly targets: readonly Target[];
}

/** A dashboard in Grafana's classic JSON, whoever wrote it. */
export interface Board {
  readonly json: Json;
  readonly title: string;
  readonly panels: readonly BoardPanel[];
  readonly variables: readonly Variable[];
}

function gridOf(value: unknown): Grid | undefined {
  const { x, y, w, h } = record(value);
  const grid = { x: number(x), y: number(y), w: number(w), h: number(h) };
  if (grid.x === undefined || grid.y === undefined || grid.w === undefined || grid.h === undefined)
    return undefined;
  return { x: grid.x, y: grid.y, w: grid.w, h: grid.h };
}

function variablesOf(board: Json): readonly Variable[] {
  return list(record(board['templating'])['list']).map((value, index) => {
    const json = record(value);
    return {
      json,
      path: `templating.list[${index}]`,
      name: text(json['name']) ?? '',
      type: text(json['type']) ?? '',
      query: text(json['query']) ?? text(record(json['query'])['query']) ?? '',
    };
  });
}

function panelsAt(
  values: readonly unknown[],
  path: string,
  variables: readonly Variable[],
  foldedInto: BoardPanel | undefined,
): readonly BoardPanel[] {
  return values.flatMap((value, index): readonly BoardPanel[] => {
    const json = record(value);
    const own = `${path}[${index}]`;
    const panel: BoardPanel = {
      json,
      path: own,
      id: number(json['id']),
      type: text(json['type']) ?? '',
      title: text(json['title']) ?? '',
      grid: gridOf(json['gridPos']),
      foldedInto,
      targets: list(json['targets']).map((target, at) =>
        readTarget(record(target), json, `${own}.targets[${at}]`, variables),
      ),
    };
    return [panel, ...panelsAt(list(json['panels']), `${own}.panels`, variables, panel)];
  });
}

/** The dashboard itself, out of what Grafana's API and exports wrap around it. */
function unwrapped(json: unknown): Json {
  const outer = record(json);
  const inner = record(outer['dashboard']);
  return outer['panels'] === undefined && Object.keys(inner).length > 0 ? inner : outer;
}

/** What tells a dashboard from others, without reading its panels. */
export function headOf(json: unknown): { readonly uid: unknown; readonly title: unknown } {
  const { uid, title } = unwrapped(json);
  return { uid, title };
}

/** Reads a dashboard; undefined where the JSON is none in Grafana's classic form. */
export function readBoard(json: unknown): Board | undefined {
  const board = unwrapped(json);
  const rows = list(board['rows']);
  if (!Array.isArray(board['panels']) && rows.length === 0) return undefined;
  const variables = variablesOf(board);
  // Before schemaVersion 16 the panels stood in rows.
  const inRows = rows.flatMap((row, index) =>
    panelsAt(list(record(row)['panels']), `rows[${index}].panels`, variables, undefined),
  );
  return {
    json: board,
    title: text(board['title']) ?? '',
    panels: [...panelsAt(list(board['panels']), 'panels', variables, undefined), ...inRows],
    variables,
  };
}

/** The panels that show something: all but rows. */
export function leafPanels(board: Board): readonly BoardPanel[] {
  return board.panels.filter(({ type }) => type !== 'row');
}

/** A panel for the message of a finding. */
export function named({ title, type, id }: BoardPanel): string {
  if (title !== '') return `panel \`${title}\``;
  return id === undefined ? `a panel of type \`${type}\`` : `panel ${id} of type \`${type}\``;
}
