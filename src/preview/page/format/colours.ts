export type Theme = 'dark' | 'light';

const hues = ['red', 'orange', 'yellow', 'green', 'blue', 'purple'] as const;
const shades = ['super-light-', 'light-', '', 'semi-dark-', 'dark-'] as const;

/** Grafana's named colours, from super-light to dark. The light theme takes each one shade darker. */
const values: Readonly<Record<(typeof hues)[number], readonly string[]>> = {
  red: ['#FFA6B0', '#FF7383', '#F2495C', '#E02F44', '#C4162A', '#AD0317'],
  orange: ['#FFCB7D', '#FFB357', '#FF9830', '#FF780A', '#FA6400', '#E55400'],
  yellow: ['#FFF899', '#FFEE52', '#FADE2A', '#F2CC0C', '#E0B400', '#CC9D00'],
  green: ['#C8F2C2', '#96D98D', '#73BF69', '#56A64B', '#37872D', '#19730E'],
  blue: ['#C0D8FF', '#8AB8FF', '#5794F2', '#3274D9', '#1F60C4', '#1250B0'],
  purple: ['#DEB6F2', '#CA95E5', '#B877D9', '#A352CC', '#8F3BB8', '#7C2EA3'],
};

function namedOf(theme: Theme): ReadonlyMap<string, string> {
  const shift = theme === 'light' ? 1 : 0;
  const named = hues.flatMap((hue) =>
    shades.map((shade, index) => [`${shade}${hue}`, values[hue][index + shift] ?? ''] as const),
  );
  const text = theme === 'dark' ? '#CCCCDC' : '#24292E';
  return new Map([
    ...named,
    ['text', text],
    ['white', '#FFFFFF'],
    ['black', '#000000'],
    ['transparent', 'rgba(0, 0, 0, 0)'],
  ]);
}

const named = { dark: namedOf('dark'), light: namedOf('light') } as const;

/** A colour that a canvas and a style sheet understand. */
export function colourOf(name: string, theme: Theme): string {
  return named[theme].get(name) ?? name;
}

/** Grafana's classic palette, in the order in which series take from it. */
const palette = [
  'green',
  'semi-dark-yellow',
  'light-blue',
  'semi-dark-orange',
  'red',
  'blue',
  'purple',
  '#705DA0',
  'dark-green',
  'yellow',
  '#447EBC',
  '#C15C17',
  '#890F02',
  '#0A437C',
  '#6D1F62',
  '#584477',
  '#B7DBAB',
  '#F4D598',
  '#70DBED',
  '#F9BA8F',
  '#F29191',
  '#82B5D8',
  '#E5A8E2',
  '#AEA2E0',
  '#629E51',
  '#E5AC0E',
  '#64B0C8',
  '#E0752D',
  '#BF1B00',
  '#0A50A1',
  '#962D82',
  '#614D93',
] as const;

/** The colour of the series with this number, from 0. */
export function paletteColour(index: number, theme: Theme): string {
  return colourOf(palette[index % palette.length] ?? 'green', theme);
}

type Rgb = readonly [red: number, green: number, blue: number, alpha: number];

function rgbOf(colour: string): Rgb {
  const hex = /^#([0-9a-f]{6})$/i.exec(colour)?.[1];
  if (hex !== undefined) {
    const value = Number.parseInt(hex, 16);
    return [value >> 16, (value >> 8) & 255, value & 255, 1];
  }
  const numbers = [...colour.matchAll(/[\d.]+/g)].map(([each]) => Number(each));
  return [numbers[0] ?? 128, numbers[1] ?? 128, numbers[2] ?? 128, numbers[3] ?? 1];
}

/** The same colour, see-through. @param alpha 0 to 1 */
export function withAlpha(colour: string, alpha: number): string {
  const [red, green, blue, own] = rgbOf(colour);
  return `rgba(${red}, ${green}, ${blue}, ${Number((own * alpha).toFixed(3))})`;
}

/** What a see-through colour looks like on a background. @param share of the colour, 0 to 1 */
export function mixed(colour: string, background: string, share: number): string {
  const [front, back] = [rgbOf(colour), rgbOf(background)];
  const [red, green, blue] = [0, 1, 2].map((index) =>
    Math.round((front[index] ?? 0) * share + (back[index] ?? 0) * (1 - share)),
  );
  return `rgb(${red ?? 0}, ${green ?? 0}, ${blue ?? 0})`;
}

function luminance(colour: string): number {
  const [red, green, blue] = rgbOf(colour).map((part, index) => {
    const share = part / 255;
    return index > 2 ? 0 : share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

/** How well two colours can be told apart, 1 to 21 (WCAG). */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** Text that can be read on a colour. */
export function textOn(background: string): string {
  return contrast(background, '#FFFFFF') >= contrast(background, '#000000') ? '#FFFFFF' : '#000000';
}

/** A colour that can be read as text on a background: moved towards the readable end until it has enough contrast. */
export function readable(colour: string, background: string, least = 4.5): string {
  const end = textOn(background);
  for (let share = 1; share > 0; share -= 0.1) {
    const tried = mixed(colour, end, share);
    if (contrast(tried, background) >= least) return tried;
  }
  return end;
}
