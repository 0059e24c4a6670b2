import type { Annotation } from '../board.js';
import type { Mark } from '../parts/context.js';
import { filledLegend, numberOf, type MatrixRow } from './series.js';

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/**
 * What an annotation marks on the time axis. The value of a series may itself be the time in milliseconds, as that of a start is; else
 * each time in which the series was there is marked from its beginning to its end.
 * @param step milliseconds between two samples
 */
export function marksOf(
  annotation: Annotation,
  rows: readonly MatrixRow[],
  step: number,
  colour: string,
): readonly Mark[] {
  return rows.flatMap(({ metric, values }): readonly Mark[] => {
    const title = filledLegend(text(annotation.titleFormat), metric) || annotation.name;
    const words = filledLegend(text(annotation.textFormat), metric);
    const mark = (from: number, to: number): Mark => ({ from, to, colour, title, text: words });
    if (annotation.useValueForTime === true) {
      const times = new Set(values.map(([, value]) => Math.round(numberOf(value))));
      return [...times].filter(Number.isFinite).map((time) => mark(time, time));
    }
    const spans: Mark[] = [];
    let start: number | undefined;
    let last = 0;
    for (const [time] of values) {
      const at = time * 1000;
      if (start !== undefined && at - last > step * 1.5) {
        spans.push(mark(start, last));
        start = undefined;
      }
      start ??= at;
      last = at;
    }
    if (start !== undefined) spans.push(mark(start, last));
    return spans;
  });
}
