import { readable, withAlpha } from '../format/colours.js';
import { formattedText } from '../format/units.js';
import type { Load } from '../parts/context.js';
import { fontFamily, h, styleValue, textWidth } from '../parts/dom.js';
import { seriesOf } from '../query/panel-data.js';
import { emptyText } from './empty.js';
import { limitsOf, nothing, singleTable, singleValues, type SingleValue } from './single-values.js';

function bar(value: SingleValue, [min, max]: readonly [number, number]): HTMLElement {
  const { value: number, shown, name } = value;
  const share =
    number === null || !Number.isFinite(number) ? 0 : Math.min(1, Math.max(0, (number - min) / (max - min)));
  const text = formattedText(shown);
  const filled = h('div', { class: 'bar-filled' });
  filled.style.width = `${(share * 100).toFixed(2)}%`;
  filled.style.backgroundColor = withAlpha(shown.colour, 0.35);
  filled.style.borderColor = shown.colour;
  const label = h('span', { class: 'bar-value' }, text);
  label.style.color = readable(shown.colour, styleValue('--panel'));
  return h(
    'div',
    {
      class: 'bar-row',
      role: 'meter',
      'aria-label': name,
      'aria-valuemin': min,
      'aria-valuemax': max,
      'aria-valuenow': number ?? undefined,
      'aria-valuetext': text,
    },
    h('span', { class: 'bar-name', title: name }, name),
    h('div', { class: 'bar-track' }, filled),
    label,
  );
}

/** A bar for each series. */
export const loadBarGauge: Load = async (panel, room, context) => {
  const series = await seriesOf(panel, room, context);
  return (host) => {
    const values = singleValues(panel, series, context.theme());
    if (values.length === 0) {
      host.replaceChildren(emptyText(nothing(panel)));
      return { state: 'empty' };
    }
    const limits = limitsOf(values);
    const box = h(
      'div',
      { class: 'bars', tabindex: 0, role: 'group', 'aria-label': panel.title },
      ...values.map((value) => bar(value, limits(value))),
    );
    const font = `13px ${fontFamily()}`;
    const names = Math.max(...values.map(({ name }) => textWidth(name, font)));
    const numbers = Math.max(
      ...values.map(({ shown }) => textWidth(formattedText(shown), `500 15px ${fontFamily()}`)),
    );
    box.style.setProperty('--name-width', `${Math.ceil(Math.min(names + 2, host.clientWidth * 0.45))}px`);
    box.style.setProperty('--number-width', `${Math.ceil(numbers) + 2}px`);
    host.replaceChildren(box);
    return { state: 'ready', table: () => singleTable(values) };
  };
};
