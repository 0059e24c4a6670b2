import type { Panel } from '../board.js';
import { colourOf, readable, type Theme } from '../format/colours.js';
import { formattedText } from '../format/units.js';
import type { Load } from '../parts/context.js';
import { h, styleValue, svg } from '../parts/dom.js';
import { seriesOf } from '../query/panel-data.js';
import { emptyText } from './empty.js';
import { fittingSize } from './fit.js';
import { limitsOf, nothing, singleTable, singleValues, type SingleValue } from './single-values.js';

/** Degrees; a dial is open at the bottom. */
const start = -120;
const sweep = 240;

/** A piece of a ring around the middle. @param from and @param to 0 to 1 of the dial */
function ring(from: number, to: number, radius: number, width: number, colour: string): SVGElement {
  const point = (share: number): string => {
    const angle = ((start + share * sweep - 90) * Math.PI) / 180;
    return `${(100 + radius * Math.cos(angle)).toFixed(2)} ${(100 + radius * Math.sin(angle)).toFixed(2)}`;
  };
  const large = (to - from) * sweep > 180 ? 1 : 0;
  return svg('path', {
    d: `M ${point(from)} A ${radius} ${radius} 0 ${large} 1 ${point(to)}`,
    fill: 'none',
    stroke: colour,
    'stroke-width': width,
  });
}

function thresholdRing(
  { field }: SingleValue,
  [min, max]: readonly [number, number],
  theme: Theme,
): readonly SVGElement[] {
  const steps = field.thresholds?.steps ?? [];
  const share = (value: number): number => Math.min(1, Math.max(0, (value - min) / (max - min)));
  return steps.flatMap((step, index) => {
    const from = share(step.value ?? min);
    const to = share(steps[index + 1]?.value ?? max);
    return to - from > 0.001 ? [ring(from, to, 93, 5, colourOf(step.color, theme))] : [];
  });
}

function dial(
  value: SingleValue,
  limits: readonly [number, number],
  room: { width: number; height: number },
  named: boolean,
  theme: Theme,
): HTMLElement {
  const [min, max] = limits;
  const number = value.value;
  const share =
    number === null || !Number.isFinite(number) ? 0 : Math.min(1, Math.max(0, (number - min) / (max - min)));
  const text = formattedText(value.shown);
  const nameHeight = named ? 22 : 0;
  // A dial is 200 wide and 152 high: below it there is nothing.
  const scale = Math.min((room.width - 16) / 200, (room.height - nameHeight - 8) / 152);
  const size = fittingSize(text, 118 * scale, 60 * scale, 40 * scale);
  const drawing = svg(
    'svg',
    {
      viewBox: '0 0 200 152',
      width: Math.max(40, 200 * scale),
      height: Math.max(30, 152 * scale),
      'aria-hidden': 'true',
      class: 'dial',
    },
    ring(0, 1, 76, 24, styleValue('--track')),
    ...(share > 0.002 ? [ring(0, share, 76, 24, value.shown.colour)] : []),
    ...thresholdRing(value, limits, theme),
  );
  const label = h('div', { class: 'gauge-value' }, text);
  label.style.fontSize = `${size}px`;
  label.style.color = readable(value.shown.colour, styleValue('--panel'), 3);
  return h(
    'div',
    {
      class: 'gauge-cell',
      role: 'meter',
      'aria-label': value.name,
      'aria-valuemin': min,
      'aria-valuemax': max,
      'aria-valuenow': number ?? undefined,
      'aria-valuetext': text,
    },
    h('div', { class: 'dial-box' }, drawing, label),
    named ? h('div', { class: 'gauge-name', title: value.name }, value.name) : undefined,
  );
}

/** A dial for each series. */
export const loadGauge: Load = async (panel: Panel, room, context) => {
  const series = await seriesOf(panel, room, context);
  return (host) => {
    const theme = context.theme();
    const values = singleValues(panel, series, theme);
    if (values.length === 0) {
      host.replaceChildren(emptyText(nothing(panel)));
      return { state: 'empty' };
    }
    const limits = limitsOf(values);
    const cell = { width: host.clientWidth / values.length, height: host.clientHeight };
    const named = values.length > 1;
    host.replaceChildren(
      h('div', { class: 'gauge' }, ...values.map((value) => dial(value, limits(value), cell, named, theme))),
    );
    return { state: 'ready', table: () => singleTable(values) };
  };
};
