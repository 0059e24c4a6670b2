import uPlot from 'uplot';
import type { Field, Panel } from '../board.js';
import { calculate } from '../format/calcs.js';
import { mixed, withAlpha, type Theme } from '../format/colours.js';
import { fieldColour, shownText } from '../format/display.js';
import { fieldOf, styleOf, type Style } from '../format/field.js';
import type { Context, Load, Render, Rendered, Room } from '../parts/context.js';
import { h, styleValue } from '../parts/dom.js';
import { exemplarsOf, seriesOf } from '../query/panel-data.js';
import { linkOfPoint } from '../query/link-values.js';
import type { Exemplar } from '../query/prometheus.js';
import type { Series } from '../query/series.js';
import { valueAxis } from './chart-axes.js';
import { chartBox, drawChart } from './chart.js';
import { drawExemplars } from './exemplars.js';
import { aligned, type Line } from './lines.js';
import { calcTitles, legend, type LegendOptions } from './legend.js';
import type { LinkedSeries } from './series-links.js';
import { drawable, stacked } from './stacking.js';
import { summaryOf, valuesTable } from './summary.js';
import { drawThresholds } from './threshold-lines.js';
import type { TooltipRow } from './tooltip.js';
import { yScale } from './y-scale.js';

interface Options {
  readonly legend?: LegendOptions;
  readonly tooltip?: { readonly mode?: string; readonly sort?: string };
}

/** The colour below a line. */
function fillOf(
  colour: string,
  { fillOpacity = 0, gradientMode }: Style,
  background: string,
): uPlot.Series.Fill | undefined {
  const share = fillOpacity / 100;
  if (share === 0 && gradientMode !== 'opacity') return undefined;
  if (gradientMode !== 'opacity') return withAlpha(colour, share);
  return (chart) => {
    const { top, height } = chart.bbox;
    if (!Number.isFinite(height) || height <= 0) return background;
    const gradient = chart.ctx.createLinearGradient(0, top, 0, top + height);
    gradient.addColorStop(0, withAlpha(colour, share));
    gradient.addColorStop(1, withAlpha(colour, 0));
    return gradient;
  };
}

function dashOf({ lineStyle }: Style): number[] | undefined {
  if (lineStyle?.fill === 'dash') return [...(lineStyle.dash ?? [10, 10])];
  return lineStyle?.fill === 'dot' ? [1, 4] : undefined;
}

function pathOf(style: Style): uPlot.Series.PathBuilder | undefined {
  if (style.drawStyle === 'bars') return uPlot.paths.bars?.({ size: [0.9, 60], align: 0 });
  if (style.lineInterpolation === 'smooth') return uPlot.paths.spline?.();
  if (style.lineInterpolation === 'stepAfter') return uPlot.paths.stepped?.({ align: 1 });
  if (style.lineInterpolation === 'stepBefore') return uPlot.paths.stepped?.({ align: -1 });
  return undefined;
}

/** Points with nothing on either side, which no line would show. */
function lonely(values: readonly (number | null | undefined)[]): number[] {
  return values.flatMap((value, index) =>
    value != null && values[index - 1] == null && values[index + 1] == null ? [index] : [],
  );
}

function plotSeries({ style, colour, scale, shown, stackedOn }: Line, background: string): uPlot.Series {
  const bars = style.drawStyle === 'bars';
  const fill = fillOf(colour, style, background);
  const paths = pathOf(style);
  const dash = dashOf(style);
  // Bars that stand on each other are drawn from the tallest sum down: they cover each other, so they may not be see-through.
  const solid = bars && stackedOn ? mixed(colour, background, (style.fillOpacity ?? 70) / 100) : fill;
  return {
    scale,
    show: shown,
    stroke: colour,
    width: style.drawStyle === 'points' ? 0 : (style.lineWidth ?? 1),
    ...(solid === undefined ? {} : { fill: solid }),
    ...(paths === undefined ? {} : { paths }),
    ...(dash === undefined ? {} : { dash }),
    spanGaps: style.spanNulls === true,
    points: {
      size: style.pointSize ?? 5,
      ...(bars || style.showPoints === 'never'
        ? { show: false }
        : style.showPoints === 'always'
          ? { show: true }
          : {}),
      stroke: colour,
      fill: colour,
      filter: (chart, index, show) => (show ? null : lonely([...(chart.data[index] ?? [])])),
    },
  };
}

/** Each unit has its axis: the first on the left, the others on the right. */
function axesOf(lines: readonly Line[]): readonly uPlot.Axis[] {
  const scales = [...new Set(lines.map(({ scale }) => scale))];
  return scales.map((scale, index) => {
    const first = lines.find((line) => line.scale === scale);
    const right =
      first?.style.axisPlacement === 'right' || (first?.style.axisPlacement !== 'left' && index > 0);
    return valueAxis({
      scale,
      unit: first?.field.unit,
      decimals: first?.field.decimals,
      right,
      grid: index === 0,
    });
  });
}

function scalesOf(lines: readonly Line[]): Readonly<Record<string, uPlot.Scale>> {
  const scales = [...new Set(lines.map(({ scale }) => scale))];
  return Object.fromEntries(
    scales.map((scale) => [
      scale,
      yScale(lines.filter((line) => line.scale === scale).map(({ field }) => field)),
    ]),
  );
}

function linesOf(
  panel: Panel,
  series: readonly Series[],
  hidden: ReadonlySet<number>,
  theme: Theme,
): readonly Line[] {
  return series.map(({ name: plain, refId, labels, values }, index): Line => {
    const field = fieldOf(panel, { name: plain, refId });
    const style = styleOf(field);
    const mean = calculate('lastNotNull', values);
    return {
      name: field.displayName ?? plain,
      labels,
      field,
      style,
      values: style.transform === 'negative-Y' ? values.map((value) => value && -value) : values,
      colour: fieldColour(field, mean, index, theme),
      scale: `y:${field.unit ?? ''}`,
      shown: !hidden.has(index) && style.hideFrom?.viz !== true,
      stackedOn: style.stacking?.mode === 'normal' || style.stacking?.mode === 'percent',
    };
  });
}

interface Point {
  readonly line: Line;
  readonly value: number;
  /** Pixels from the pointer; infinite without one. */
  readonly far: number;
}

/** The lines that have a value at a point. @param top pixels from the top of the plot, where a pointer is */
function pointsAt(
  lines: readonly Line[],
  tops: readonly (readonly (number | null)[])[],
  chart: uPlot,
  index: number,
  top: number | undefined,
): Point[] {
  return lines.flatMap((line, at) => {
    const value = line.values[index] ?? null;
    if (!line.shown || value === null) return [];
    const place = chart.valToPos(tops[at]?.[index] ?? value, line.scale);
    return [{ line, value, far: top === undefined ? Infinity : Math.abs(place - top) }];
  });
}

/** The rows of a tooltip, the largest first. */
function tooltipRows(
  lines: readonly Line[],
  tops: readonly (readonly (number | null)[])[],
  options: Options,
) {
  return (chart: uPlot, index: number, top: number | undefined): readonly TooltipRow[] => {
    const found = pointsAt(lines, tops, chart, index, top);
    const nearest = Math.min(...found.map(({ far }) => far));
    if (options.tooltip?.sort === 'desc') found.sort((a, b) => b.value - a.value || 0);
    if (options.tooltip?.sort === 'asc') found.sort((a, b) => a.value - b.value || 0);
    return found.slice(0, 30).map(({ line, value, far }) => ({
      colour: line.colour,
      name: line.name,
      value: shownText(line.field, value),
      near: far === nearest && far < 40,
    }));
  };
}

/** Where the series at a point lead to: the one that a pointer is near to, else all that have links. */
function linksAt(lines: readonly Line[], tops: readonly (readonly (number | null)[])[], context: Context) {
  return (chart: uPlot, index: number, top: number | undefined): readonly LinkedSeries[] => {
    const found = pointsAt(lines, tops, chart, index, top).filter(
      ({ line }) => (line.field.links ?? []).length > 0,
    );
    const near = found.filter(({ far }) => far < 40).sort((a, b) => a.far - b.far)[0];
    const time = chart.data[0][index] ?? 0;
    return (near === undefined ? found : [near]).map(({ line, value }) => ({
      name: line.name,
      colour: line.colour,
      value: shownText(line.field, value),
      links: (line.field.links ?? []).map(({ title, url }) => ({
        title,
        url: context.href(linkOfPoint(url, { name: line.name, labels: line.labels, value, time })),
      })),
    }));
  };
}

/** An axis with no line on it, so that what has no data yet looks like what it will be. */
function emptyChart(panel: Panel): readonly Line[] {
  const field: Field = panel.fieldConfig?.defaults ?? {};
  const style = styleOf(field);
  return [
    {
      name: '',
      labels: {},
      field,
      style,
      values: [],
      colour: 'transparent',
      scale: 'y',
      shown: true,
      stackedOn: false,
    },
  ];
}

function drawInto(
  box: HTMLElement,
  panel: Panel,
  times: readonly number[],
  lines: readonly Line[],
  exemplars: readonly Exemplar[],
  context: Context,
): uPlot {
  const theme = context.theme();
  const options = (panel.options ?? {}) as Options;
  const background = styleValue('--panel');
  const sums = lines.some(({ stackedOn }) => stackedOn)
    ? stacked(
        lines.map(({ values }) => values),
        lines.map(({ shown }) => shown),
      )
    : lines.map(({ values }) => values);
  const tops = sums.map(drawable);
  // The last is drawn over the others: sums are drawn from the greatest to the least.
  const drawn = lines.map((_, index) => index);
  const bars = lines.some(({ style, stackedOn }) => stackedOn && style.drawStyle === 'bars');
  if (bars) drawn.reverse();
  const areas = lines.some(({ stackedOn }) => stackedOn) && !bars;
  const bands = areas ? areaBands(lines) : [];
  const thresholds = lines.find(({ field }) => field.thresholds !== undefined) ?? lines[0];
  const mode = thresholds?.style.thresholdsStyle?.mode ?? 'off';
  const limits = (chart: uPlot): void => {
    if (thresholds === undefined || mode === 'off') return;
    drawThresholds(chart, thresholds.scale, thresholds.field.thresholds?.steps ?? [], mode, theme);
  };
  return drawChart(
    box,
    {
      data: [[...times], ...drawn.map((index) => [...(tops[index] ?? [])])],
      series: drawn.flatMap((index) => {
        const line = lines[index];
        return line === undefined ? [] : [plotSeries(line, background)];
      }),
      scales: scalesOf(lines),
      axes: axesOf(lines),
      bands,
      under: (chart) => {
        if (mode.includes('area')) limits(chart);
      },
      over: (chart) => {
        if (!mode.includes('area')) limits(chart);
        drawExemplars(chart, lines[0]?.scale ?? 'y', exemplars);
      },
      summary: summaryOf(panel.title, bars ? 'bars over time' : 'lines over time', lines),
      at: tooltipRows(lines, tops, options),
      ...(lines.some(({ field }) => (field.links ?? []).length > 0)
        ? { links: linksAt(lines, tops, context) }
        : {}),
      points: !bars,
    },
    context,
  );
}

/** What fills the room between a sum and the one below it. */
function areaBands(lines: readonly Line[]): readonly uPlot.Band[] {
  const shown = lines.flatMap(({ shown: each }, index) => (each ? [index] : []));
  return shown.slice(1).map((upper, index) => ({
    series: [upper + 1, (shown[index] ?? 0) + 1],
    fill: withAlpha(lines[upper]?.colour ?? '', (lines[upper]?.style.fillOpacity ?? 0) / 100),
  }));
}

function render(
  panel: Panel,
  found: readonly Series[],
  exemplars: readonly Exemplar[],
  context: Context,
): Render {
  const { times, series } = aligned(found);
  const hidden = new Set<number>();
  return (host): Rendered => {
    const options = ((panel.options ?? {}) as Options).legend ?? {};
    const visible = options.showLegend !== false && series.length > 0;
    const calcs = options.calcs ?? [];
    const titles = calcTitles(calcs);
    let chart: uPlot | undefined;
    const draw = (): void => {
      chart?.destroy();
      const theme = context.theme();
      const lines = series.length === 0 ? emptyChart(panel) : linesOf(panel, series, hidden, theme);
      const box = chartBox();
      const items = lines.map((line, index) => {
        const numbers = calcs.map((calc) => calculate(calc, line.values));
        return {
          name: line.name,
          colour: line.colour,
          hidden: hidden.has(index),
          numbers,
          values: numbers.map((value) => (value === null ? '-' : shownText(line.field, value))),
        };
      });
      const names = visible ? [legend(items, titles, options, choose)] : [];
      const side = options.placement === 'right' ? 'beside' : 'below';
      host.replaceChildren(h('div', { class: `chart-layout ${side}` }, box, ...names));
      chart = drawInto(box, panel, times, lines, exemplars, context);
    };
    const choose = (index: number, add: boolean): void => {
      const all = series.map((_, at) => at);
      const alone = all.every((at) => at === index || hidden.has(at)) && !hidden.has(index);
      if (add) {
        if (hidden.has(index)) hidden.delete(index);
        else hidden.add(index);
      } else {
        hidden.clear();
        if (!alone) for (const at of all) if (at !== index) hidden.add(at);
      }
      const name = series[index]?.name;
      draw();
      const again = [...host.querySelectorAll<HTMLElement>('.legend-item')];
      again.find((each) => each.querySelector('.legend-name')?.textContent === name)?.focus();
    };
    draw();
    const lines = linesOf(panel, series, hidden, context.theme());
    return {
      state: series.length === 0 ? 'empty' : 'ready',
      table: () => valuesTable(times, lines),
      destroy: () => {
        chart?.destroy();
      },
    };
  };
}

/** Lines, bars and areas over time. */
export const loadTimeseries: Load = async (panel: Panel, room: Room, context: Context) => {
  const [series, exemplars] = await Promise.all([
    seriesOf(panel, room, context),
    exemplarsOf(panel, room, context),
  ]);
  return render(panel, series, exemplars, context);
};
