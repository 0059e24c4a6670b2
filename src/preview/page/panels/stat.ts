import uPlot from 'uplot';
import type { Panel } from '../board.js';
import { mixed, readable, textOn, withAlpha } from '../format/colours.js';
import { formattedText } from '../format/units.js';
import type { Context, Load, Render } from '../parts/context.js';
import { h, styleValue } from '../parts/dom.js';
import { seriesOf } from '../query/panel-data.js';
import type { Series } from '../query/series.js';
import { emptyText } from './empty.js';
import { fittingSize } from './fit.js';
import { nothing, singleTable, singleValues, type SingleValue } from './single-values.js';
import { drawable } from './stacking.js';

interface Options {
  readonly colorMode?: string;
  readonly graphMode?: string;
  readonly textMode?: string;
  readonly justifyMode?: string;
}

/** The course of a value, without axes. */
function sparkline(
  box: HTMLElement,
  series: Series,
  colour: string,
  value: SingleValue,
  context: Context,
): uPlot {
  const { min, max } = value.field;
  return new uPlot(
    {
      width: Math.max(box.clientWidth, 20),
      height: Math.max(box.clientHeight, 10),
      ms: 1,
      padding: [2, 0, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: true, range: () => [context.range.from, context.range.to] },
        y: {
          range: (_, low: number | null, high: number | null) => {
            const bottom = min ?? low ?? 0;
            const top = Math.max(high ?? 1, bottom);
            return [
              Math.min(bottom, low ?? bottom),
              top > bottom ? (max === undefined ? top : Math.min(max, top * 1.2)) : bottom + 1,
            ];
          },
        },
      },
      series: [{}, { stroke: colour, width: 1, fill: withAlpha(colour, 0.22), points: { show: false } }],
      axes: [{ show: false }, { show: false }],
    },
    [[...series.times], drawable(series.values)],
    box,
  );
}

function tile(panel: Panel, value: SingleValue, count: number, options: Options): HTMLElement {
  const named =
    options.textMode === 'value_and_name' ||
    options.textMode === 'name' ||
    (count > 1 && options.textMode !== 'value');
  const background = options.colorMode?.startsWith('background') === true;
  const { colour } = value.shown;
  const made = h('div', { class: 'stat-tile' });
  const text = formattedText(value.shown);
  const panelColour = styleValue('--panel');
  if (background) {
    const darker = mixed(colour, '#000000', 0.85);
    made.style.background = `linear-gradient(120deg, ${darker}, ${colour})`;
    made.style.color = textOn(colour);
  } else if (options.colorMode !== 'none') made.style.color = readable(colour, panelColour, 3);
  const name = named
    ? [h('span', { class: 'stat-name', title: value.name }, value.name)]
    : [h('span', { class: 'visually-hidden' }, `${value.name || panel.title}: `)];
  const number = h('span', { class: 'stat-value' }, value.shown.prefix + value.shown.text);
  if (value.shown.suffix !== '') number.append(h('span', { class: 'stat-unit' }, value.shown.suffix));
  made.append(h('div', { class: 'stat-text', 'data-value': text }, ...name, number));
  return made;
}

/** The unit is written smaller than the number. */
const unitShare = 0.65;

function sizeTexts(tiles: readonly HTMLElement[], values: readonly SingleValue[], chart: boolean): void {
  const sizes = tiles.map((each, index) => {
    const { shown } = values[index] ?? {};
    const named = each.querySelector('.stat-name') !== null;
    const height = each.clientHeight * (chart ? 0.66 : 0.8) - (named ? 20 : 0);
    const unit = ' '.repeat(Math.ceil((shown?.suffix.length ?? 0) * 0)) + (shown?.suffix ?? '');
    const text = `${shown?.prefix ?? ''}${shown?.text ?? ''}`;
    const width = each.clientWidth - 24;
    // The unit counts for what it takes at its own size.
    const whole = fittingSize(text + unit, width, height, 64);
    const alone = fittingSize(text, width * 0.99, height, 64);
    const share = unit.length / Math.max(1, text.length + unit.length);
    return Math.min(alone, Math.floor(whole * (1 + share * (1 - unitShare))));
  });
  const least = Math.min(...sizes);
  for (const each of tiles) each.style.setProperty('--value-size', `${least}px`);
}

function render(panel: Panel, series: readonly Series[], context: Context): Render {
  return (host) => {
    const options = (panel.options ?? {}) as Options;
    const values = singleValues(panel, series, context.theme());
    if (values.length === 0) {
      host.replaceChildren(emptyText(nothing(panel)));
      return { state: 'empty' };
    }
    const across = host.clientWidth >= host.clientHeight || values.length === 1;
    const tiles = values.map((value) => tile(panel, value, values.length, options));
    host.replaceChildren(h('div', { class: `stat ${across ? 'across' : 'down'}` }, ...tiles));
    const charts = options.graphMode === 'area';
    sizeTexts(tiles, values, charts);
    const drawn = values.flatMap((value, index) => {
      const found = value.series;
      const parent = tiles[index];
      if (!charts || found === undefined || parent === undefined || found.times.length < 2) return [];
      const box = h('div', { class: 'sparkline', 'aria-hidden': 'true' });
      parent.prepend(box);
      const onColour = options.colorMode?.startsWith('background') === true;
      return [
        sparkline(box, found, onColour ? textOn(value.shown.colour) : value.shown.colour, value, context),
      ];
    });
    return {
      state: 'ready',
      table: () => singleTable(values),
      destroy: () => {
        for (const chart of drawn) chart.destroy();
      },
    };
  };
}

/** One large number for each series. */
export const loadStat: Load = async (panel, room, context) =>
  render(panel, await seriesOf(panel, room, context), context);
