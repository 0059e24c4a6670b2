import { authored } from '../../encode/authored-markdown.js';
import type { PanelType } from '../../model/model.js';
import type { Size } from './lines.js';
import { panelQueries } from './panel-queries.js';
import { columns, columnsOf, columnsOfTitle, pixelsOf, rowsOf } from './room.js';
import { expectedSeries } from './series-count.js';
import type { PanelView } from './view.js';

/** Height of a graph: its legend gets a third of it, which is a head and three rows. */
const graphHeight = 9;
/** A table's column that is narrower is cut off, and the height of one of its rows, in pixels. */
const cellWidth = 150;

const shapes: Readonly<Record<PanelType, Size>> = {
  timeseries: { least: 8, wanted: 12, height: graphHeight },
  stat: { least: 4, wanted: 6, height: 5 },
  gauge: { least: 4, wanted: 6, height: 6 },
  bargauge: { least: 6, wanted: 8, height: 7 },
  heatmap: { least: 8, wanted: 12, height: graphHeight },
  table: { least: 8, wanted: 12, height: graphHeight },
  piechart: { least: 8, wanted: 8, height: graphHeight },
  'state-timeline': { least: 12, wanted: 24, height: graphHeight },
  logs: { least: columns, wanted: columns, height: 11 },
  traces: { least: columns, wanted: columns, height: 11 },
  text: { least: 6, wanted: 12, height: 4 },
  alertlist: { least: 8, wanted: 12, height: graphHeight },
};

/** Pixels of a line of running text, and of a character in it. */
const lineHeight = 22;
const characterWidth = 7.5;

/** Room for all of a text, as far as that is bearable. */
function ofText(markdown: string): Size {
  const least = markdown.length > 240 ? 12 : shapes.text.least;
  const perLine = pixelsOf(least) / characterWidth;
  const lines = markdown
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / perLine)), 0);
  const height = Math.min(16, Math.max(shapes.text.height, rowsOf(lines * lineHeight)));
  return { least, wanted: Math.max(least, 12), height };
}

/** A column for each label and each query. */
function ofTable(view: PanelView): Size {
  const queries = panelQueries(view, { single: false, window: 'whole' });
  const labels = new Set(queries.flatMap(({ by }) => by?.map(({ wire }) => wire) ?? []));
  const unknown = queries.some(({ by }) => by === undefined);
  const cells = labels.size + queries.length + (unknown ? 3 : 0);
  const least = Math.max(shapes.table.least, columnsOf(cells * cellWidth + 16));
  return { ...shapes.table, least, wanted: Math.max(least, shapes.table.wanted) };
}

/** Numbers that stand beside each other need more room than one. */
function ofNumbers(view: PanelView, one: Size): Size {
  const series = expectedSeries(panelQueries(view, { single: true, window: 'whole' }));
  if (view.panel.type === 'bargauge') return series > 6 ? { ...one, height: graphHeight } : one;
  if (series <= 1) return one;
  return {
    least: Math.max(one.least, series > 3 ? 8 : 6),
    wanted: series > 3 ? 12 : 8,
    height: one.height + 1,
  };
}

function roughSize(view: PanelView): Size {
  const { type, source } = view.panel;
  switch (type) {
    case 'text':
      return ofText(source.kind === 'text' ? authored(source.markdown) : '');
    case 'table':
      return source.kind === 'objectives'
        ? { least: columns, wanted: columns, height: objectivesHeight(source.slos.length) }
        : ofTable(view);
    case 'stat':
    case 'gauge':
    case 'bargauge':
      return ofNumbers(view, shapes[type]);
    default:
      return shapes[type];
  }
}

/** Pixels of a row of a table, its head included. */
const cellHeight = 36;

/** A row for each objective, as many as a page holds. */
function objectivesHeight(count: number): number {
  return Math.min(16, Math.max(5, rowsOf((count + 1) * cellHeight + 8)));
}

/** The room that a panel asks for: by its type, how much there is in it, and how long its title is. */
export function sizeOf(view: PanelView, title: string): Size {
  const size = roughSize(view);
  const least = Math.max(size.least, columnsOfTitle(title));
  return { ...size, least, wanted: Math.max(size.wanted, least) };
}
