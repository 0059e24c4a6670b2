import type { Panel } from '../../model/dashboard.js';
import type { GrafanaPanel, GrafanaRow, PanelContent } from './dashboard.js';
import { brokenIntoLines, type Size } from './lines.js';
import { columns } from './room.js';

/** The release whose panel options are written. */
const pluginVersion = '12.0.0';

/** Draws a panel for a width in columns, which decides where its legend goes. */
export type Draw = (width: number) => PanelContent;

interface DrawnLine {
  readonly height: number;
  readonly panels: readonly { readonly width: number; readonly draw: Draw }[];
}

/** What a panel of the spec becomes: one panel, or lines of panels that belong together, whose widths add up to the whole. */
export type Drawn =
  | { readonly kind: 'panel'; readonly size: Size; readonly draw: Draw }
  | { readonly kind: 'lines'; readonly lines: readonly DrawnLine[] };

/** What has to be placed, and where it comes from. */
export interface Block {
  readonly panel: Panel;
  readonly drawn: Drawn;
}

export interface BlockRow {
  readonly title: string;
  readonly collapsed?: boolean | undefined;
  readonly blocks: readonly Block[];
}

interface Cell {
  readonly panel: Panel;
  readonly width: number;
  readonly draw: Draw;
}

interface CellLine {
  readonly height: number;
  readonly cells: readonly Cell[];
}

type Single = Block & { readonly drawn: Extract<Drawn, { kind: 'panel' }> };

function isSingle(block: Block): block is Single {
  return block.drawn.kind === 'panel';
}

function broken(blocks: readonly Single[]): readonly CellLine[] {
  let next = 0;
  return brokenIntoLines(blocks.map(({ drawn }) => drawn.size)).map(({ widths, height }) => ({
    height,
    cells: widths.flatMap((width) => {
      const block = blocks[next++];
      return block === undefined ? [] : [{ panel: block.panel, width, draw: block.drawn.draw }];
    }),
  }));
}

function linesOf(blocks: readonly Block[]): readonly CellLine[] {
  const lines: CellLine[] = [];
  let beside: Single[] = [];
  for (const block of blocks) {
    if (isSingle(block)) {
      beside.push(block);
      continue;
    }
    lines.push(...broken(beside));
    beside = [];
    const own = block.drawn.kind === 'lines' ? block.drawn.lines : [];
    lines.push(
      ...own.map(({ height, panels }) => ({
        height,
        cells: panels.map((each) => ({ panel: block.panel, ...each })),
      })),
    );
  }
  return [...lines, ...broken(beside)];
}

export interface Placed {
  readonly panels: readonly (GrafanaRow | GrafanaPanel)[];
  /** The panel of the spec that each drawn one was made from, by the id of the drawn one. */
  readonly origins: ReadonlyMap<number, Panel>;
}

/**
 * Gives every row and panel its id, from 1 in the order of reading, and its place: nothing overlaps, lines have one height. A closed row
 * holds its panels itself, placed as they would stand below it, and what follows moves up.
 */
export function place(rows: readonly BlockRow[]): Placed {
  const placed: (GrafanaRow | GrafanaPanel)[] = [];
  const origins = new Map<number, Panel>();
  let id = 0;
  let top = 0;
  for (const row of rows) {
    const rowId = (id += 1);
    const held: GrafanaPanel[] = [];
    let y = top + 1;
    for (const { height, cells } of linesOf(row.blocks)) {
      let x = 0;
      for (const { panel, width, draw } of cells) {
        id += 1;
        origins.set(id, panel);
        held.push({ id, ...draw(width), pluginVersion, gridPos: { h: height, w: width, x, y } });
        x += width;
      }
      y += height;
    }
    const collapsed = row.collapsed === true;
    placed.push({
      id: rowId,
      type: 'row',
      title: row.title,
      collapsed,
      gridPos: { h: 1, w: columns, x: 0, y: top },
      panels: collapsed ? held : [],
    });
    if (!collapsed) placed.push(...held);
    top = collapsed ? top + 1 : y;
  }
  return { panels: placed, origins };
}
