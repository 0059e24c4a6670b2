import { boardOf } from '../grafana/specs.js';

const spec = `
version: 1
service: { name: s }
labels: { kind: { description: Kind., values: [a, b] } }
metrics:
  things_total: { type: counter, help: Things., labels: [kind] }
  depth: { type: gauge, help: Depth. }
dashboards:
  d:
    title: D
    rows:
      - title: All
        panels:
          - { title: Rate, type: timeseries, metric: things_total, show: rate, by: [kind] }
          - { title: Depth, type: stat, metric: depth, show: max }
          - { title: Share, type: piechart, metric: things_total, show: increase, by: [kind] }
`;

/** A dashboard that may be spoilt. */
export interface Editable {
  [key: string]: unknown;
  panels: Record<string, unknown>[];
}

/** A part of the JSON by its keys. */
function at(board: Editable, ...path: readonly (string | number)[]): Record<string, unknown> {
  return path.reduce<unknown>(
    (value, key) => (value as Record<string | number, unknown>)[key],
    board,
  ) as Record<string, unknown>;
}

/** Panels of the board above: a row, then the three. */
const [rate, depth] = [1, 2];

export const faults: readonly (readonly [name: string, seed: (board: Editable) => void, path: string])[] = [
  ['a title that is a number', (board) => (board['title'] = 5), '/title'],
  ['a key that Grafana does not know', (board) => (board['refres'] = '30s'), ''],
  [
    'a place that is a string',
    (board) => (at(board, 'panels', rate, 'gridPos')['w'] = '12'),
    `/panels/${rate}/gridPos/w`,
  ],
  [
    'a legend of an unknown mode',
    (board) => (at(board, 'panels', rate, 'options', 'legend')['displayMode'] = 'tabel'),
    `/panels/${rate}/options/legend/displayMode`,
  ],
  [
    'lines of an unknown style',
    (board) => (at(board, 'panels', rate, 'fieldConfig', 'defaults', 'custom')['drawStyle'] = 'curve'),
    `/panels/${rate}/fieldConfig/defaults/custom/drawStyle`,
  ],
  [
    'a query without an expression',
    (board) => delete at(board, 'panels', rate, 'targets', 0)['expr'],
    `/panels/${rate}/targets/0`,
  ],
  [
    'a number made of no series',
    (board) => delete at(board, 'panels', depth, 'options', 'reduceOptions')['calcs'],
    `/panels/${depth}/options/reduceOptions`,
  ],
  [
    'a panel of an unknown type',
    (board) => (at(board, 'panels', depth)['type'] = 'singlestat2'),
    `/panels/${depth}/type`,
  ],
];

/** The board, with a fault in it where one is given. */
export function seeded(seed?: (board: Editable) => void): Editable {
  const board = JSON.parse(JSON.stringify(boardOf(spec))) as Editable;
  seed?.(board);
  return board;
}
