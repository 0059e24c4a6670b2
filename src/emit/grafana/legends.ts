import type { Label } from '../../model/model.js';
import { pixelsOf } from './room.js';
import { expectedSeries } from './series-count.js';
import type { PanelQuery } from './queries.js';

/** A legend below a graph shows a head and so many rows. */
const fewSeries = 2;
/** Columns from which a graph has room for a legend beside it. */
const widePanel = 10;
/** The share of a panel that a legend beside the graph may have. */
const largestShare = 0.42;

/** Pixels of a letter in a legend, of a line's colour and its margins, and of a column of numbers. */
const letter = 7.5;
const margin = 40;
const numberColumn = 75;

/** Letters to be expected of a value that the spec does not name. */
const usual = { registered: 16, open: 20, instance: 24 } as const;

function longestValue(label: Label | undefined, wire: string): number {
  if (label === undefined) return wire === 'instance' ? usual.instance : usual.open;
  const { bound } = label;
  return bound.kind === 'closed'
    ? Math.max(0, ...bound.values.map((value) => value.length))
    : usual[bound.kind];
}

/** Letters of the longest name that a query's lines may have. */
function longestName({ legend, by = [] }: PanelQuery): number {
  if (legend === '__auto') return 2 * usual.instance;
  const labels = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, wire = '']) => wire);
  const values = labels.map((wire) =>
    longestValue(
      by.find((each) => each.wire === wire),
      wire,
    ),
  );
  const words = legend.replace(/\{\{\w+\}\}/g, '').length;
  return values.reduce((sum, value) => sum + value, words);
}

/** What can be said of each line, most first. */
const calculations = [['mean', 'max', 'lastNotNull'], ['max', 'lastNotNull'], ['lastNotNull']];

/** The most numbers that fit beside the names, within so many pixels; undefined: none. */
function fitting(names: number, room: number): readonly string[] | undefined {
  return calculations.find((calcs) => names + calcs.length * numberColumn <= room);
}

/**
 * The legend of a graph: a table below it for few lines, beside it for many where there is room, and names alone elsewhere.
 * @param width in columns
 */
export function legendOptions(queries: readonly PanelQuery[], width: number): object {
  const names = Math.max(...queries.map(longestName), 0) * letter + margin;
  const list = { calcs: [], displayMode: 'list', placement: 'bottom', showLegend: true };
  const few = expectedSeries(queries) <= fewSeries;
  const room = few ? pixelsOf(width) : pixelsOf(width) * largestShare;
  const calcs = few || width >= widePanel ? fitting(names, room) : undefined;
  if (calcs === undefined) return list;
  const table = { calcs, displayMode: 'table', showLegend: true };
  if (few) return { ...table, placement: 'bottom' };
  return { ...table, placement: 'right', sortBy: 'Last *', sortDesc: true };
}
