import type { Panel } from '../board.js';
import { formattedText, formatValue } from '../format/units.js';
import type { Load } from '../parts/context.js';
import { h } from '../parts/dom.js';
import { seriesOf } from '../query/panel-data.js';
import { emptyText } from './empty.js';
import { legend, type LegendOptions } from './legend.js';
import { nothing, singleTable, singleValues, type SingleValue } from './single-values.js';
import { hideTooltip, showTooltip } from './tooltip.js';

interface Options {
  readonly pieType?: string;
  readonly legend?: LegendOptions;
}

interface Slice {
  readonly value: SingleValue;
  readonly share: number;
}

function slicesOf(values: readonly SingleValue[]): readonly Slice[] {
  const amount = ({ value }: SingleValue): number =>
    value === null || !Number.isFinite(value) ? 0 : Math.max(0, value);
  const total = values.reduce((sum, value) => sum + amount(value), 0);
  const slices = values.map((value) => ({ value, share: total === 0 ? 0 : amount(value) / total }));
  return slices.sort((a, b) => b.share - a.share);
}

function percent(share: number): string {
  return formattedText(formatValue(share, 'percentunit', share > 0 && share < 0.1 ? 1 : 0));
}

/** The slices one after the other around the middle, with a hair between them. */
function gradientOf(slices: readonly Slice[]): string {
  let from = 0;
  const hair = slices.filter(({ share }) => share > 0).length > 1 ? 0.4 : 0;
  const pieces = slices.flatMap(({ share, value }) => {
    const start = from;
    from += share * 100;
    if (share === 0) return [];
    const end = Math.max(start, from - hair);
    return [
      `${value.shown.colour} ${start.toFixed(3)}% ${end.toFixed(3)}%`,
      `transparent ${end.toFixed(3)}% ${from.toFixed(3)}%`,
    ];
  });
  return `conic-gradient(${pieces.join(', ')})`;
}

/** The slice under the pointer; undefined in the hole and outside. */
function sliceAt(
  slices: readonly Slice[],
  box: DOMRect,
  x: number,
  y: number,
  donut: boolean,
): Slice | undefined {
  const [left, top] = [x - box.left - box.width / 2, y - box.top - box.height / 2];
  const distance = Math.hypot(left, top) / (box.width / 2);
  if (distance > 1 || (donut && distance < 0.58)) return undefined;
  const turn = (Math.atan2(left, -top) / (2 * Math.PI) + 1) % 1;
  let end = 0;
  return slices.find(({ share }) => (end += share) >= turn);
}

/** Shares of a whole. */
export const loadPiechart: Load = async (panel: Panel, room, context) => {
  const series = await seriesOf(panel, room, context);
  return (host) => {
    const options = (panel.options ?? {}) as Options;
    const values = singleValues(panel, series, context.theme());
    const slices = slicesOf(values);
    if (slices.every(({ share }) => share === 0)) {
      host.replaceChildren(emptyText(nothing(panel)));
      return { state: 'empty' };
    }
    const donut = options.pieType === 'donut';
    const words = slices.map(({ value, share }) => `${value.name} ${percent(share)}`).join(', ');
    const pie = h('div', {
      class: donut ? 'pie donut' : 'pie',
      role: 'img',
      'aria-label': `${panel.title}: ${words}`,
    });
    pie.style.background = gradientOf(slices);
    pie.addEventListener('mousemove', (event) => {
      const found = sliceAt(slices, pie.getBoundingClientRect(), event.clientX, event.clientY, donut);
      if (found === undefined) hideTooltip();
      else {
        const { shown, name } = found.value;
        showTooltip(
          name,
          [{ colour: shown.colour, name: percent(found.share), value: formattedText(shown) }],
          { x: event.clientX, y: event.clientY },
        );
      }
    });
    pie.addEventListener('mouseleave', hideTooltip);
    const wanted = options.legend?.values ?? [];
    const names: Readonly<Record<string, string>> = { percent: 'Percent', value: 'Value' };
    const items = slices.map(({ value, share }) => ({
      name: value.name,
      colour: value.shown.colour,
      hidden: false,
      values: wanted.map((each) => (each === 'percent' ? percent(share) : formattedText(value.shown))),
      numbers: wanted.map((each) => (each === 'percent' ? share : value.value)),
    }));
    const visible = options.legend?.showLegend !== false;
    const side = options.legend?.placement === 'right' ? 'beside' : 'below';
    const list = visible
      ? [
          legend(
            items,
            wanted.map((each) => names[each] ?? each),
            options.legend ?? {},
          ),
        ]
      : [];
    host.replaceChildren(
      h('div', { class: `chart-layout pie-layout ${side}` }, h('div', { class: 'pie-box' }, pie), ...list),
    );
    return { state: 'ready', table: () => singleTable(values) };
  };
};
