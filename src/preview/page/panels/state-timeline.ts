import uPlot from 'uplot';
import type { Field, Panel } from '../board.js';
import { mixed, textOn } from '../format/colours.js';
import { shownText, shownValue } from '../format/display.js';
import { fieldOf, styleOf } from '../format/field.js';
import { formattedText } from '../format/units.js';
import type { Context, Load, Render } from '../parts/context.js';
import { h, styleValue, textWidth } from '../parts/dom.js';
import { seriesOf } from '../query/panel-data.js';
import { chartFont, valueAxis } from './chart-axes.js';
import { chartBox, drawChart } from './chart.js';
import { emptyText } from './empty.js';
import { legend, type LegendOptions } from './legend.js';
import { aligned } from './lines.js';
import { nothing } from './single-values.js';
import { summaryOf, valuesTable } from './summary.js';

interface Lane {
  readonly name: string;
  readonly field: Field;
  readonly values: readonly (number | null)[];
}

interface Options {
  readonly rowHeight?: number;
  readonly showValue?: string;
  readonly legend?: LegendOptions;
}

/** A time in which nothing changed: indices of the data, the end not included. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

function spansOf(values: readonly (number | null)[]): readonly Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (let index = 1; index <= values.length; index += 1) {
    const value = values[from] ?? null;
    const next = values[index] ?? null;
    if (index < values.length && (next === value || (Number.isNaN(next) && Number.isNaN(value)))) continue;
    if (value !== null) spans.push({ from, to: index, value });
    from = index;
  }
  return spans;
}

function drawLane(
  chart: uPlot,
  lane: Lane,
  index: number,
  times: readonly number[],
  options: Options,
  context: Context,
): void {
  const { ctx, bbox } = chart;
  const ratio = uPlot.pxRatio;
  const step = (times[1] ?? 0) - (times[0] ?? 0) || 60_000;
  const share = options.rowHeight ?? 0.9;
  const top = chart.valToPos(index + 0.5 - share / 2, 'y', true);
  const bottom = chart.valToPos(index + 0.5 + share / 2, 'y', true);
  const opacity = (styleOf(lane.field).fillOpacity ?? 70) / 100;
  const background = styleValue('--panel');
  const font = chartFont();
  for (const { from, to, value } of spansOf(lane.values)) {
    const left = Math.max(bbox.left, chart.valToPos(times[from] ?? 0, 'x', true));
    const right = Math.min(bbox.left + bbox.width, chart.valToPos((times[to - 1] ?? 0) + step, 'x', true));
    const shown = shownValue(lane.field, value, index, context.theme());
    const fill = mixed(shown.colour, background, opacity);
    ctx.fillStyle = fill;
    ctx.fillRect(left, Math.min(top, bottom), Math.max(ratio, right - left - ratio), Math.abs(bottom - top));
    const text = formattedText(shown);
    if (options.showValue === 'never' || textWidth(text, font) * ratio + 12 * ratio > right - left) continue;
    ctx.fillStyle = textOn(fill);
    ctx.font = font.replace(/^(\d+)px/, (_, size: string) => `${Number(size) * ratio}px`);
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    ctx.fillText(text, left + 6 * ratio, (top + bottom) / 2);
  }
}

/** What each colour stands for. */
function statesOf(lanes: readonly Lane[], context: Context): ReadonlyMap<string, string> {
  const states = new Map<string, string>();
  lanes.forEach(({ field, values }, index) => {
    for (const value of new Set(values)) {
      if (value === null) continue;
      const shown = shownValue(field, value, index, context.theme());
      if (states.size < 12) states.set(formattedText(shown), shown.colour);
    }
  });
  return states;
}

function render(panel: Panel, lanes: readonly Lane[], times: readonly number[], context: Context): Render {
  return (host) => {
    if (lanes.length === 0) {
      host.replaceChildren(emptyText(nothing(panel)));
      return { state: 'empty' };
    }
    const options = (panel.options ?? {}) as Options;
    const box = chartBox();
    const states = [...statesOf(lanes, context)];
    const items = states.map(([name, colour]) => ({ name, colour, hidden: false, values: [], numbers: [] }));
    const names = options.legend?.showLegend === false ? [] : [legend(items, [], { displayMode: 'list' })];
    host.replaceChildren(h('div', { class: 'chart-layout below' }, box, ...names));
    const chart = drawChart(
      box,
      {
        data: [[...times], ...lanes.map(({ values }) => [...values])],
        series: lanes.map(() => ({ scale: 'state', paths: () => null, points: { show: false } })),
        scales: { y: { range: [0, lanes.length], dir: -1 }, state: { range: [0, 1] } },
        axes: [
          valueAxis({
            scale: 'y',
            unit: undefined,
            decimals: undefined,
            right: false,
            grid: false,
            splits: () => lanes.map((_, index) => index + 0.5),
            names: (value) => lanes[Math.floor(value)]?.name ?? '',
          }),
        ],
        under: (self) => {
          // The axes are drawn after this, with what they set before.
          self.ctx.save();
          lanes.forEach((lane, index) => {
            drawLane(self, lane, index, times, options, context);
          });
          self.ctx.restore();
        },
        summary: summaryOf(panel.title, 'states over time', lanes),
        at: (self, index, top) => {
          const under = top === undefined ? undefined : Math.floor(self.posToVal(top, 'y'));
          return lanes.flatMap(({ name, field, values }, each) => {
            const value = values[index] ?? null;
            if (value === null || (under !== undefined && each !== under)) return [];
            return [
              {
                colour: shownValue(field, value, each, context.theme()).colour,
                name,
                value: shownText(field, value),
              },
            ];
          });
        },
        points: false,
      },
      context,
    );
    return {
      state: 'ready',
      table: () => valuesTable(times, lanes),
      destroy: () => {
        chart.destroy();
      },
    };
  };
}

/** Which state each series was in, and for how long. */
export const loadStateTimeline: Load = async (panel, room, context) => {
  const { times, series } = aligned(await seriesOf(panel, room, context));
  const lanes = series.map((each): Lane => {
    const field = fieldOf(panel, each);
    return { name: field.displayName ?? each.name, field, values: each.values };
  });
  return render(panel, lanes, times, context);
};
