import uPlot from 'uplot';
import type { Panel } from '../board.js';
import { mixed, type Theme } from '../format/colours.js';
import { formatValue, formattedText } from '../format/units.js';
import type { Context, Load, Render } from '../parts/context.js';
import { h } from '../parts/dom.js';
import { bucketCells, countedCells, type Cells } from '../query/buckets.js';
import { exemplarsOf, seriesOf } from '../query/panel-data.js';
import type { Exemplar } from '../query/prometheus.js';
import { localTime } from '../query/time.js';
import { valueAxis } from './chart-axes.js';
import { chartBox, drawChart } from './chart.js';
import { emptyText } from './empty.js';
import { drawExemplars } from './exemplars.js';
import { nothing } from './single-values.js';

interface Options {
  readonly calculate?: boolean;
  readonly cellGap?: number;
  readonly color?: { readonly exponent?: number };
  readonly legend?: { readonly show?: boolean };
  readonly yAxis?: { readonly unit?: string; readonly decimals?: number };
  readonly cellValues?: { readonly unit?: string; readonly decimals?: number };
}

/** From few to many: away from the background. */
const ramps: Readonly<Record<Theme, readonly string[]>> = {
  dark: ['#4a2208', '#7f3b0b', '#b8500f', '#e8711f', '#fd9d52', '#fdc692', '#fff0dc'],
  light: ['#fee8d3', '#fdc692', '#fd9d52', '#e8711f', '#b8500f', '#7f3b0b', '#4a2208'],
};

function rampColour(share: number, theme: Theme): string {
  const ramp = ramps[theme];
  const place = Math.min(1, Math.max(0, share)) * (ramp.length - 1);
  const low = Math.min(ramp.length - 2, Math.floor(place));
  return mixed(ramp[low + 1] ?? '', ramp[low] ?? '', place - low);
}

/** Counts differ by magnitudes: an exponent below 1 keeps the small ones apart. */
function shareOf(count: number, most: number, exponent: number): number {
  return most <= 0 ? 0 : (count / most) ** exponent;
}

function mostOf({ counts }: Cells): number {
  return counts.reduce(
    (most, row) => row.reduce<number>((each, count) => Math.max(each, count ?? 0), most),
    0,
  );
}

function drawCells(
  chart: uPlot,
  { times, counts }: Cells,
  gap: number,
  colourAt: (count: number) => string,
): void {
  const { ctx, bbox } = chart;
  const step = (times[1] ?? 0) - (times[0] ?? 0) || 60_000;
  const width = chart.valToPos(step, 'x', true) - chart.valToPos(0, 'x', true);
  // A gap between narrow columns would be most of what one sees.
  const space = gap * uPlot.pxRatio;
  const between = width < 5 * uPlot.pxRatio ? -0.5 : space;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  counts.forEach((row, index) => {
    const bottom = chart.valToPos(index, 'y', true);
    const top = chart.valToPos(index + 1, 'y', true);
    row.forEach((count, column) => {
      const time = times[column];
      if (count === null || count <= 1e-9 || time === undefined) return;
      const left = chart.valToPos(time - step, 'x', true);
      const right = chart.valToPos(time, 'x', true);
      ctx.fillStyle = colourAt(count);
      ctx.fillRect(left, top, Math.max(1, right - left - between), Math.max(1, bottom - top - space));
    });
  });
  ctx.restore();
}

/** A bar of the colours with the least and the most that they stand for. */
function scaleBar(most: number, options: Options, theme: Theme): HTMLElement {
  const unit = options.cellValues?.unit ?? 'short';
  const bar = h('div', { class: 'ramp', 'aria-hidden': 'true' });
  bar.style.background = `linear-gradient(to right, ${ramps[theme].join(', ')})`;
  const text = (value: number): string =>
    formattedText(formatValue(value, unit, options.cellValues?.decimals));
  return h('div', { class: 'ramp-legend' }, h('span', {}, text(0)), bar, h('span', {}, text(most)));
}

/** Which rows have a mark: as many as there is room for, always the last that ends somewhere. */
function marksOf(tops: readonly number[], height: number): number[] {
  const every = Math.max(1, Math.ceil(tops.length / Math.max(2, height / 26)));
  return tops.flatMap((_, row) => ((tops.length - 1 - row) % every === 0 ? [row + 1] : []));
}

function render(panel: Panel, cells: Cells, exemplars: readonly Exemplar[], context: Context): Render {
  const options = (panel.options ?? {}) as Options;
  const { times, tops, counts } = cells;
  const topText = (row: number): string => {
    const top = tops[row];
    if (top === undefined) return '';
    if (!Number.isFinite(top)) return '+Inf';
    return formattedText(formatValue(top, options.yAxis?.unit, Number.isInteger(top) ? 0 : undefined));
  };
  const rowName = (row: number): string => {
    if (row === 0) return `≤ ${topText(0)}`;
    return Number.isFinite(tops[row] ?? 0)
      ? `${topText(row - 1)} – ${topText(row)}`
      : `> ${topText(row - 1)}`;
  };
  return (host) => {
    const most = mostOf(cells);
    if (tops.length === 0 || most === 0) {
      host.replaceChildren(emptyText(nothing(panel)));
      return { state: 'empty' };
    }
    const theme = context.theme();
    const exponent = options.color?.exponent ?? 0.5;
    const colourAt = (count: number): string => rampColour(shareOf(count, most, exponent), theme);
    const box = chartBox();
    const bar = options.legend?.show === false ? [] : [scaleBar(most, options, theme)];
    host.replaceChildren(h('div', { class: 'chart-layout below' }, box, ...bar));
    const countText = (count: number): string =>
      formattedText(formatValue(count, options.cellValues?.unit, options.cellValues?.decimals));
    const placeOf = (value: number): number => {
      const row = tops.findIndex((top) => value <= top);
      const [low, high] = [row > 0 ? (tops[row - 1] ?? 0) : 0, tops[row] ?? 0];
      return row === -1
        ? tops.length
        : row + (Number.isFinite(high) && high > low ? (value - low) / (high - low) : 0.5);
    };
    const placed = exemplars.map((each) => ({ ...each, value: String(placeOf(Number(each.value))) }));
    const chart = drawChart(
      box,
      {
        data: [[...times], ...counts.map((row) => [...row])],
        series: counts.map(() => ({
          scale: 'counts',
          show: true,
          paths: () => null,
          points: { show: false },
        })),
        scales: { y: { range: [0, tops.length] }, counts: { range: [0, most] } },
        axes: [
          valueAxis({
            scale: 'y',
            unit: undefined,
            decimals: undefined,
            right: false,
            grid: false,
            splits: () => marksOf(tops, box.clientHeight),
            names: (value) => topText(value - 1),
          }),
        ],
        under: (self) => {
          drawCells(self, cells, options.cellGap ?? 1, colourAt);
        },
        over: (self) => {
          drawExemplars(self, 'y', placed);
        },
        summary: `${panel.title}: heatmap of ${tops.length} buckets from ${topText(0)} to ${topText(tops.length - 1)}, at most ${countText(most)} in a cell. The arrow keys move through time.`,
        at: (self, index, top) => {
          const under = top === undefined ? undefined : Math.floor(self.posToVal(top, 'y'));
          const rows = counts.map((row, each) => ({ each, count: row[index] ?? 0 }));
          const shown = rows.filter(({ count, each }) =>
            under === undefined ? count > 0 : Math.abs(each - under) <= 2,
          );
          return shown.reverse().map(({ each, count }) => ({
            colour: count > 0 ? colourAt(count) : 'transparent',
            name: rowName(each),
            value: countText(count),
            near: each === under,
          }));
        },
        points: false,
      },
      context,
    );
    return {
      state: 'ready',
      table: () => ({
        columns: ['Time', ...tops.map((_, row) => rowName(row))],
        rows: times
          .map((time, column) => [localTime(time), ...counts.map((row) => countText(row[column] ?? 0))])
          .reverse(),
      }),
      destroy: () => {
        chart.destroy();
      },
    };
  };
}

/** How values spread over time. */
export const loadHeatmap: Load = async (panel, room, context) => {
  const options = (panel.options ?? {}) as Options;
  const [series, exemplars] = await Promise.all([
    // A cell of less than a few pixels cannot be told from its neighbours.
    seriesOf(panel, { ...room, width: room.width / 6 }, context),
    exemplarsOf(panel, room, context),
  ]);
  const cells = options.calculate === true ? countedCells(series) : bucketCells(series);
  return render(panel, cells, exemplars, context);
};
