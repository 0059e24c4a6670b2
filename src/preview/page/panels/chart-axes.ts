import type uPlot from 'uplot';
import { axisTexts } from '../format/units.js';
import { fontFamily, styleValue, textWidth } from '../parts/dom.js';

/** Pixels. */
const fontSize = 12;
const gap = 6;

export function chartFont(): string {
  return `${fontSize}px ${fontFamily()}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

const day = 86_400_000;

/** A mark of the time axis, as long as the distance to the next asks for. @param range and @param step milliseconds */
function timeText(time: number, range: number, step: number): string {
  const date = new Date(time);
  const [month, dayOfMonth] = [twoDigits(date.getMonth() + 1), twoDigits(date.getDate())];
  const clock = `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
  if (step < 60_000) return `${clock}:${twoDigits(date.getSeconds())}`;
  if (range <= day * 1.1) return clock;
  if (step < day) return `${month}/${dayOfMonth} ${clock}`;
  return range < 365 * day ? `${month}/${dayOfMonth}` : `${date.getFullYear()}-${month}`;
}

function hasDates(range: number): boolean {
  return range > day * 1.1 && range < 8 * day;
}

/** Pixels at the right end of a chart, so that the last mark of the time axis is not cut off. */
export function timePadding({ from, to }: { readonly from: number; readonly to: number }): number {
  return Math.ceil(textWidth(hasDates(to - from) ? '00/00 00:00' : '00:00', chartFont()) / 2) + 2;
}

/** The time axis. */
export function timeAxis(): uPlot.Axis {
  const font = chartFont();
  return {
    scale: 'x',
    font,
    stroke: () => styleValue('--chart-text'),
    grid: { stroke: () => styleValue('--chart-grid'), width: 1 },
    ticks: { stroke: () => styleValue('--chart-grid'), width: 1, size: 4 },
    gap: 5,
    size: 26,
    space: (_, __, min, max) => {
      const range = max - min;
      return hasDates(range) ? textWidth('00/00 00:00', font) + 28 : textWidth('00:00:00', font) + 18;
    },
    values: (self, splits, _, __, step) => {
      const range = (self.scales['x']?.max ?? 0) - (self.scales['x']?.min ?? 0);
      return splits.map((time) => timeText(time, range, step));
    },
  };
}

/** Distances between marks of a duration, seconds: parts of minutes, hours and days. */
const durationSteps = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800,
  604_800, 1_209_600, 2_592_000, 7_776_000, 31_536_000,
];

/** Distances that people can read off an axis with this unit; undefined: any 1, 2 or 5 times a power of ten. */
function stepsFor(unit: string | undefined): number[] | undefined {
  if (unit === 's') {
    const small = [-9, -8, -7, -6, -5, -4, -3, -2, -1].flatMap((power) =>
      [1, 2, 5].map((factor) => factor * 10 ** power),
    );
    return [...small, ...durationSteps, ...durationSteps.map((step) => step * 31_536_000)];
  }
  if (unit === 'bytes' || unit === 'binBps' || unit === 'bits')
    return Array.from({ length: 60 }, (_, power) => 2 ** power);
  return undefined;
}

interface ValueAxis {
  readonly scale: string;
  readonly unit: string | undefined;
  readonly decimals: number | undefined;
  readonly right: boolean;
  readonly grid: boolean;
  /** Names of marks that are no numbers: of buckets or of rows. */
  readonly names?: ((value: number) => string) | undefined;
  readonly splits?: (() => number[]) | undefined;
}

/** An axis of values, as wide as its longest mark. */
export function valueAxis({ scale, unit, decimals, right, grid, names, splits }: ValueAxis): uPlot.Axis {
  const font = chartFont();
  const incrs = stepsFor(unit);
  const axis: uPlot.Axis = {
    scale,
    ...(incrs === undefined ? {} : { incrs }),
    font,
    stroke: () => styleValue('--chart-text'),
    grid: { show: grid, stroke: () => styleValue('--chart-grid'), width: 1 },
    ticks: { show: false },
    gap,
    space: 34,
    ...(splits === undefined ? {} : { splits: () => splits() }),
    values: (_, marks) => (names === undefined ? [...axisTexts(marks, unit, decimals)] : marks.map(names)),
    size: (self, texts: readonly string[] | null) => {
      const widest = Math.max(0, ...(texts ?? []).map((text) => textWidth(text, font)));
      const size = Math.ceil(widest) + gap + 6;
      // Marks that take half of the picture leave none.
      if (size > self.width / 2) self.root.dataset['axisCut'] = (texts ?? []).join(', ');
      return size;
    },
  };
  // uPlot's numbers of the sides are an enum that is only declared: 1 is the right, 3 the left.
  return Object.assign(axis, { side: right ? 1 : 3 });
}
