type Attribute = string | number | boolean | undefined;
type Child = Node | string | undefined | false;

const svgNames = new Set(['svg', 'path', 'circle', 'line', 'text', 'g', 'title']);

/**
 * An element with its attributes and children. Text is always text: nothing here reads markup.
 * @param attributes `true` sets an empty attribute; `false` and `undefined` leave it out
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes?: Readonly<Record<string, Attribute>>,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  fill(made, attributes, children);
  return made;
}

/** The same for a drawing. */
export function svg(
  name: string,
  attributes?: Readonly<Record<string, Attribute>>,
  ...children: readonly Child[]
): SVGElement {
  if (!svgNames.has(name)) throw new Error(`${name} is no part of a drawing`);
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  fill(made, attributes, children);
  return made;
}

function fill(
  made: Element,
  attributes: Readonly<Record<string, Attribute>> | undefined,
  children: readonly Child[],
): void {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child): child is Node | string => child !== undefined && child !== false));
}

/** A button that does something. */
export function button(
  attributes: Readonly<Record<string, Attribute>>,
  act: (event: MouseEvent) => void,
  ...children: readonly Child[]
): HTMLButtonElement {
  const made = h('button', { type: 'button', ...attributes }, ...children);
  made.addEventListener('click', act);
  return made;
}

/** Drawings of 24 by 24, of one line each. */
const icons = {
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-4.5v-5M12 8v.1',
  external: 'M18 13v6H5V6h6M14 4h6v6M20 4l-9 9',
  menu: 'M12 5v.1M12 12v.1M12 19v.1',
  down: 'm6 9 6 6 6-6',
  right: 'm9 6 6 6-6 6',
  left: 'm15 6-6 6 6 6',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3 2',
  refresh: 'M20 11a8 8 0 1 0-.6 4.5M20 4v7h-7',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z',
  warning: 'M12 3 2 20h20L12 3Zm0 7v4m0 3v.1',
  zoomOut: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm5-2 5 5M8 11h6',
  check: 'm5 12 5 5L20 7',
  heart: 'M12 20 4.5 12a4.8 4.8 0 0 1 7.5-6 4.8 4.8 0 0 1 7.5 6L12 20Z',
} as const;

export type IconName = keyof typeof icons;

/** A drawing that says nothing that the text beside it does not. */
export function icon(name: IconName): SVGElement {
  return svg(
    'svg',
    { class: 'icon', viewBox: '0 0 24 24', width: 16, height: 16, 'aria-hidden': 'true', focusable: 'false' },
    svg('path', { d: icons[name] }),
  );
}

const canvas = document.createElement('canvas').getContext('2d');

/** The width of a text in pixels. @param font as in a style sheet */
export function textWidth(text: string, font: string): number {
  if (canvas === null) return text.length * 8;
  canvas.font = font;
  return canvas.measureText(text).width;
}

/** The fonts of the page; what the reader's system has. */
export function fontFamily(): string {
  return getComputedStyle(document.body).fontFamily;
}

/** Colours and lengths of the style sheet, by name: `--panel`. */
export function styleValue(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
