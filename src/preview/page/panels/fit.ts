import { fontFamily, textWidth } from '../parts/dom.js';

/** The largest size in pixels at which a text fits. */
export function fittingSize(text: string, width: number, height: number, most: number, weight = 500): number {
  const perPixel = textWidth(text, `${weight} 100px ${fontFamily()}`) / 100;
  const wide = perPixel === 0 ? most : width / perPixel;
  return Math.max(10, Math.floor(Math.min(wide, height / 1.2, most)));
}
