import type { GrafanaPanel, GrafanaRow, PanelContent } from './dashboard.js';

/** Columns of Grafana's grid; a row of it is about 38 pixels high. */
const columns = 24;

/** The release whose panel options are written. */
const pluginVersion = '12.0.0';

/** How much room a panel asks for. `page` is for long lines of text, which are read over the whole width. */
export type Shape = 'text' | 'number' | 'bar' | 'graph' | 'page';

/** Heights that show what a shape has to show; a graph's legend needs room of its own. */
const heights: Readonly<Record<Shape, number>> = { text: 4, number: 5, bar: 7, graph: 9, page: 11 };

/** Draws a panel for a width in columns, which decides where its legend goes. */
export type Draw = (width: number) => PanelContent;

/** What has to be placed: a panel on its own, or a line of panels that belong together, whose widths add up to the whole. */
export type Block =
  | { readonly kind: 'panel'; readonly shape: Shape; readonly draw: Draw }
  | {
      readonly kind: 'line';
      readonly height: number;
      readonly panels: readonly { readonly width: number; readonly draw: Draw }[];
    };

export interface BlockRow {
  readonly title: string;
  readonly collapsed?: boolean | undefined;
  readonly blocks: readonly Block[];
}

type Line = Omit<Extract<Block, { kind: 'line' }>, 'kind'>;
type Single = Extract<Block, { kind: 'panel' }>;

function lineOf(panels: readonly Single[]): Line {
  return {
    height: Math.max(...panels.map(({ shape }) => heights[shape])),
    panels: panels.map(({ draw }) => ({ width: columns / panels.length, draw })),
  };
}

/** Panels side by side, four at the most; more of them are broken into lines of nearly equal length. */
function balanced(panels: readonly Single[]): readonly Line[] {
  const lineCount = Math.ceil(panels.length / 4);
  const lines: Line[] = [];
  let start = 0;
  for (let index = 0; index < lineCount; index += 1) {
    const size = Math.ceil((panels.length - start) / (lineCount - index));
    lines.push(lineOf(panels.slice(start, start + size)));
    start += size;
  }
  return lines;
}

function linesOf(blocks: readonly Block[]): readonly Line[] {
  const lines: Line[] = [];
  let beside: Single[] = [];
  const flush = (): void => {
    lines.push(...balanced(beside));
    beside = [];
  };
  for (const block of blocks) {
    if (block.kind === 'panel' && block.shape !== 'page') {
      beside.push(block);
      continue;
    }
    flush();
    lines.push(block.kind === 'line' ? block : lineOf([block]));
  }
  flush();
  return lines;
}

/** Gives every row and panel its id, from 1 in the order of reading, and its place: nothing overlaps, lines have one height. */
export function place(rows: readonly BlockRow[]): readonly (GrafanaRow | GrafanaPanel)[] {
  const placed: (GrafanaRow | GrafanaPanel)[] = [];
  let y = 0;
  for (const row of rows) {
    placed.push({
      id: placed.length + 1,
      type: 'row',
      title: row.title,
      collapsed: false,
      gridPos: { h: 1, w: columns, x: 0, y },
      panels: [],
    });
    y += 1;
    for (const line of linesOf(row.blocks)) {
      let x = 0;
      for (const { width, draw } of line.panels) {
        const gridPos = { h: line.height, w: width, x, y };
        placed.push({ id: placed.length + 1, ...draw(width), pluginVersion, gridPos });
        x += width;
      }
      y += line.height;
    }
  }
  return placed;
}
