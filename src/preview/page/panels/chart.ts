import uPlot from 'uplot';
import { withAlpha } from '../format/colours.js';
import type { Context, Mark } from '../parts/context.js';
import { h } from '../parts/dom.js';
import { localTime } from '../query/time.js';
import { timeAxis, timePadding } from './chart-axes.js';
import { pinLinks, type LinkedSeries } from './series-links.js';
import { hideTooltip, showTooltip, type TooltipRow } from './tooltip.js';

export interface ChartParts {
  readonly data: uPlot.AlignedData;
  readonly series: readonly uPlot.Series[];
  readonly scales: Readonly<Record<string, uPlot.Scale>>;
  readonly axes: readonly uPlot.Axis[];
  readonly bands?: readonly uPlot.Band[] | undefined;
  /** Below the series, above the grid. */
  under?(chart: uPlot): void;
  /** Above the series. */
  over?(chart: uPlot): void;
  /** What the chart shows, in a sentence. */
  readonly summary: string;
  /** What is at a point of the data. @param top pixels from the top of the plot, where a pointer is */
  at(chart: uPlot, index: number, top: number | undefined): readonly TooltipRow[];
  /** Where the series at a point of the data lead to; left out where none leads anywhere. @param top as above */
  links?(chart: uPlot, index: number, top: number | undefined): readonly LinkedSeries[];
  /** Series have a point at the cursor; pictures of cells have not. */
  readonly points: boolean;
}

/** Charts that show their crosshair together. */
const shared = 'obs-gen';

/** Spans of one colour that touch, as one: several alerts at once are no darker than one. */
function joined(marks: readonly Mark[]): readonly Mark[] {
  const done: Mark[] = [];
  for (const mark of [...marks].sort((a, b) => a.from - b.from)) {
    const at = done.findIndex(
      ({ colour, from, to }) => colour === mark.colour && from < to && mark.from <= to,
    );
    const before = done[at];
    if (before === undefined || mark.from === mark.to) done.push(mark);
    else done[at] = { ...before, to: Math.max(before.to, mark.to) };
  }
  return done;
}

interface PlacedMark {
  readonly mark: Mark;
  readonly left: number;
  readonly right: number;
  readonly isSpan: boolean;
}

/** Where the marks are in the picture, in its pixels. */
function placed(chart: uPlot, marks: readonly Mark[]): readonly PlacedMark[] {
  const { left: start, width } = chart.bbox;
  return joined(marks).flatMap((mark) => {
    const left = chart.valToPos(mark.from, 'x', true);
    const right = chart.valToPos(mark.to, 'x', true);
    if (right < start || left > start + width) return [];
    return [{ mark, left, right, isSpan: right - left > uPlot.pxRatio * 2 }];
  });
}

/** The part of a span that is in the picture. */
function visible({ bbox }: uPlot, { left, right }: PlacedMark): readonly [start: number, width: number] {
  const start = Math.max(left, bbox.left);
  return [start, Math.min(right, bbox.left + bbox.width) - start];
}

/** Shades spans, below the series; where they are most of the picture a shade tells nothing from anything. */
function shadeMarks(chart: uPlot, marks: readonly Mark[]): void {
  const { ctx, bbox } = chart;
  const spans = placed(chart, marks).filter(({ isSpan }) => isSpan);
  const whole = spans.reduce((sum, span) => sum + visible(chart, span)[1], 0);
  if (whole > bbox.width * 0.6) return;
  ctx.save();
  for (const span of spans) {
    const [start, width] = visible(chart, span);
    ctx.fillStyle = withAlpha(span.mark.colour, 0.1);
    ctx.fillRect(start, bbox.top, width, bbox.height);
  }
  ctx.restore();
}

/** A triangle on the axis and a dashed line for each moment; a bar on the axis and a line at its ends for each span. */
function drawMarks(chart: uPlot, marks: readonly Mark[]): void {
  const { ctx, bbox } = chart;
  const ratio = uPlot.pxRatio;
  const [edge, bottom] = [bbox.left + bbox.width, bbox.top + bbox.height];
  ctx.save();
  for (const each of placed(chart, marks)) {
    const { mark, left, right, isSpan } = each;
    ctx.fillStyle = mark.colour;
    if (isSpan) {
      const [start, width] = visible(chart, each);
      ctx.fillRect(start, bottom, width, 3 * ratio);
    } else if (left >= bbox.left) {
      ctx.beginPath();
      ctx.moveTo(left, bottom);
      ctx.lineTo(left - 4 * ratio, bottom + 6 * ratio);
      ctx.lineTo(left + 4 * ratio, bottom + 6 * ratio);
      ctx.fill();
    }
    ctx.strokeStyle = withAlpha(mark.colour, isSpan ? 0.4 : 0.9);
    ctx.lineWidth = ratio;
    ctx.setLineDash([4 * ratio, 4 * ratio]);
    for (const x of isSpan ? [left, right] : [left]) {
      // At the ends of the picture nothing begins or ends.
      if (x <= bbox.left + ratio || x >= edge - ratio) continue;
      ctx.beginPath();
      ctx.moveTo(Math.round(x) + 0.5, bbox.top);
      ctx.lineTo(Math.round(x) + 0.5, bottom);
      ctx.stroke();
    }
  }
  ctx.restore();
}

/** Pixels above the time axis in which the pointer asks what a span is. */
const axisReach = 14;

/** Moments that are marked near the pointer; near the axis, spans as well. */
function marksNear(
  chart: uPlot,
  marks: readonly Mark[],
  { left, top }: { readonly left: number; readonly top: number },
): readonly TooltipRow[] {
  const at = chart.posToVal(left, 'x');
  const near = Math.abs(chart.posToVal(left + 4, 'x') - at);
  const onAxis = top > chart.over.clientHeight - axisReach;
  const found = marks.filter(
    ({ from, to }) => at >= from - near && at <= to + near && (onAxis || from === to),
  );
  const rows = found.map(({ colour, title, text }) => ({ colour, name: title, value: text }));
  const known = new Map(rows.map((row) => [`${row.name} ${row.value}`, row]));
  return [...known.values()].slice(0, 12);
}

/** Shows the links of what is at a point, until somebody closes them. */
function pin(
  box: HTMLElement,
  chart: uPlot,
  parts: ChartParts,
  index: number,
  top: number | undefined,
  at: { readonly x: number; readonly y: number },
): void {
  const found = parts.links?.(chart, index, top) ?? [];
  if (found.length === 0) return;
  hideTooltip();
  pinLinks(box, chart.data[0][index] ?? 0, found, at);
}

/** A click, which is no drag, shows the links of the series that it is near to. */
function withLinks(box: HTMLElement, chart: uPlot, parts: ChartParts): void {
  let start: number | undefined;
  box.classList.add('has-links');
  chart.over.addEventListener('mousedown', (event) => {
    start = event.clientX;
  });
  chart.over.addEventListener('click', (event) => {
    const { idx, top } = chart.cursor;
    if (idx === null || idx === undefined || start === undefined || Math.abs(event.clientX - start) >= 4)
      return;
    pin(box, chart, parts, idx, top, { x: event.clientX, y: event.clientY });
  });
}

/** Left and right move the crosshair, Home and End jump; what is there is said. */
function withKeys(box: HTMLElement, chart: uPlot, parts: ChartParts, context: Context): void {
  box.addEventListener('keydown', (event) => {
    const last = chart.data[0].length - 1;
    const at = chart.cursor.idx ?? last + 1;
    const far = event.shiftKey ? 10 : 1;
    const next = { ArrowLeft: at - far, ArrowRight: at + far, Home: 0, End: last }[event.key];
    if (event.key === 'Escape') {
      chart.setCursor({ left: -10, top: -10 });
      hideTooltip();
    }
    if (event.key === 'Enter' && parts.links !== undefined && last >= 0) {
      event.preventDefault();
      const index = chart.cursor.idx ?? last;
      const place = chart.over.getBoundingClientRect();
      const left = chart.valToPos(chart.data[0][index] ?? 0, 'x');
      pin(box, chart, parts, index, undefined, { x: place.left + left, y: place.top + place.height / 2 });
    }
    if (next === undefined) return;
    event.preventDefault();
    const index = Math.min(Math.max(next, 0), last);
    const time = chart.data[0][index] ?? 0;
    const left = chart.valToPos(time, 'x');
    chart.setCursor({ left, top: chart.over.clientHeight / 2 });
    const rows = parts.at(chart, index, undefined);
    const place = chart.over.getBoundingClientRect();
    showTooltip(time, rows, { x: place.left + left, y: place.top + place.height / 2 });
    context.announce([localTime(time), ...rows.map(({ name, value }) => `${name}: ${value}`)].join(', '));
  });
  box.addEventListener('blur', () => {
    hideTooltip();
    chart.setCursor({ left: -10, top: -10 });
  });
}

/** A chart over time with its crosshair, tooltip, marks and keys, in an element that has its size. */
export function drawChart(host: HTMLElement, parts: ChartParts, context: Context): uPlot {
  const { range } = context;
  let marks: readonly Mark[] = [];
  const hint = parts.links === undefined ? undefined : 'Click for links';
  const chart = new uPlot(
    {
      width: Math.max(host.clientWidth, 40),
      height: Math.max(host.clientHeight, 40),
      ms: 1,
      padding: [8, timePadding(range), 0, 4],
      legend: { show: false },
      scales: { x: { time: true, range: () => [range.from, range.to] }, ...parts.scales },
      series: [{}, ...parts.series],
      axes: [timeAxis(), ...parts.axes],
      bands: [...(parts.bands ?? [])],
      focus: { alpha: 1 },
      cursor: {
        sync: { key: shared, setSeries: false, scales: ['x', null] },
        drag: { x: true, y: false, setScale: false },
        points: { show: parts.points, size: 7, width: 1 },
        focus: { prox: -1 },
      },
      hooks: {
        drawAxes: [
          (self) => {
            shadeMarks(self, marks);
            parts.under?.(self);
          },
        ],
        draw: [
          (self) => {
            parts.over?.(self);
            drawMarks(self, marks);
          },
        ],
        setSelect: [
          (self) => {
            const { left, width } = self.select;
            if (width < 4) return;
            const [from, to] = [self.posToVal(left, 'x'), self.posToVal(left + width, 'x')];
            self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
            hideTooltip();
            context.zoom({ from: Math.round(from), to: Math.round(to) });
          },
        ],
        setCursor: [
          (self) => {
            // A chart that only follows another one's pointer shows the crosshair alone.
            const event = self.cursor.event as MouseEvent | undefined | null;
            const { left = -1, top = -1, idx } = self.cursor;
            if (event == null || !self.over.matches(':hover')) return;
            if (left < 0 || idx === null || idx === undefined) {
              hideTooltip();
              return;
            }
            const time = self.data[0][idx] ?? 0;
            const rows = [...parts.at(self, idx, top), ...marksNear(self, marks, { left, top })];
            if (rows.length === 0) hideTooltip();
            else showTooltip(time, rows, { x: event.clientX, y: event.clientY }, hint);
          },
        ],
      },
    },
    parts.data,
    host,
  );
  chart.over.addEventListener('mouseleave', hideTooltip);
  host.tabIndex = 0;
  host.setAttribute('role', 'img');
  host.setAttribute('aria-roledescription', 'chart');
  host.setAttribute('aria-label', parts.summary);
  host.classList.add('chart');
  host.setAttribute(
    'aria-description',
    parts.links === undefined
      ? 'The arrow keys read the values'
      : 'The arrow keys read the values, Enter shows the links',
  );
  withKeys(host, chart, parts, context);
  if (parts.links !== undefined) withLinks(host, chart, parts);
  void context.marks.then((found) => {
    marks = found;
    if (chart.root.isConnected && found.length > 0) chart.redraw(false);
  });
  return chart;
}

/** An element for a chart. */
export function chartBox(): HTMLElement {
  return h('div', { class: 'chart-box' });
}
