import { painter, type Paint } from '../../../diagnostics/render/style.js';
import { visible } from '../../../diagnostics/render/visible.js';
import { activities, gaps } from '../facts.js';
import type { Analysis } from '../analysis.js';
import { coverageText, gapWords, lacks, mainReason, shownName, stateOf } from './words.js';

interface TableOptions {
  readonly top: number;
  readonly color: boolean;
  /** Of the terminal; undefined where lines may be as long as they are. */
  readonly columns: number | undefined;
}

/** Files with the most points that are listed. */
const mostFiles = 5;

/** The table for people: the top functions, totals by kind, coverage. */
export function printAnalysisTable(analysis: Analysis, { top, color, columns }: TableOptions): string {
  const paint = painter(color);
  const targets = analysis.functions.filter(({ missing }) => missing.length > 0);
  const listed = targets.slice(0, top);
  const rows = listed.map((each) => [
    each.score.toFixed(1),
    visible(shownName(each)),
    visible(`${each.path}:${each.line}`),
    visible(mainReason(each)),
    stateOf(each),
    lacks(each).join(', '),
  ]);
  const lines = [
    headline(analysis, targets.length, listed.length),
    ...(rows.length === 0
      ? []
      : [
          '',
          ...table(['score', 'function', 'place', 'what it does', 'observed', 'lacks'], rows, columns, paint),
        ]),
    '',
    ...totals(analysis),
    '',
    ...files(analysis),
    paint('strong', coverageText(analysis)),
    ...(analysis.coverage.scored === 0
      ? []
      : ['observed: it opens a span or records a metric itself, or only what does so calls it']),
  ];
  return `${lines.join('\n')}\n`;
}

function headline(
  { totals: { files: read, functions }, functions: scored, minimum }: Analysis,
  targets: number,
  listed: number,
): string {
  const all = `${counted(functions, 'function')} in ${counted(read, 'file')}, ${scored.length} with a score of ${minimum} or more`;
  if (targets === 0) return scored.length === 0 ? all : `${all}; none of them lacks anything`;
  return `${all}; ${targets} of them lack telemetry${listed < targets ? `, the first ${listed}` : ''}:`;
}

function totals({ totals: { activities: calls, missing } }: Analysis): readonly string[] {
  const done = activities.filter((each) => calls[each] > 0).map((each) => `${each} ${calls[each]}`);
  return [
    `calls: ${done.length === 0 ? 'none' : done.join(', ')}`,
    'functions that lack',
    ...gaps.map(
      (gap) => `  ${gap.padEnd('monitoring'.length)}  ${String(missing[gap]).padStart(4)}  ${gapWords[gap]}`,
    ),
  ];
}

function files({ files: all }: Analysis): readonly string[] {
  const first = all.filter(({ scored, observed }) => scored > observed).slice(0, mostFiles);
  if (first.length === 0) return [];
  const width = Math.max(...first.map(({ path }) => visible(path).length));
  return [
    'files with the most points among those that are not wholly observed',
    ...first.map(
      ({ path, score, scored, observed }) =>
        `  ${visible(path).padEnd(width)}  ${score.toFixed(1).padStart(6)}  ${observed} of ${scored} observed`,
    ),
    '',
  ];
}

/** Columns as wide as what they hold; where a terminal is too narrow, the widest give way. */
function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number | undefined,
  paint: Paint,
): readonly string[] {
  const widths = head.map((title, at) =>
    Math.max(title.length, ...rows.map((row) => (row[at] ?? '').length)),
  );
  const least = [5, 16, 24, 14, 8, 8];
  const gap = 2;
  const over = (): number =>
    columns === undefined ? 0 : widths.reduce((sum, width) => sum + width + gap, -gap) - columns;
  for (let excess = over(); excess > 0; excess = over()) {
    const widest = widths.reduce(
      (best, width, at) => (width - (least[at] ?? 0) > (widths[best] ?? 0) - (least[best] ?? 0) ? at : best),
      0,
    );
    if ((widths[widest] ?? 0) <= (least[widest] ?? 0)) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) =>
        at === 0 ? cell.padStart(widths[at] ?? 0) : shortened(cell, widths[at] ?? 0, at === 2),
      )
      .join(' '.repeat(gap))
      .trimEnd();
  return [paint('strong', line(head)), ...rows.map(line)];
}

/** Places lose their beginning, since the end names the file. */
function shortened(text: string, width: number, fromStart: boolean): string {
  if (text.length <= width) return text.padEnd(width);
  return fromStart ? `…${text.slice(text.length - width + 1)}` : `${text.slice(0, width - 1)}…`;
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}
