/** Columns of Grafana's grid. */
export const columns = 24;

/** The page of a window of 1280 pixels without its margins, and what lies between two panels. */
const page = 1248;
const gap = 8;

/** Pixels of a panel so many columns wide, in a window of 1280 pixels: the narrowest that a dashboard is made for. */
export function pixelsOf(width: number): number {
  return ((page + gap) / columns) * width - gap;
}

/** The fewest columns that hold so many pixels. */
export function columnsOf(pixels: number): number {
  return Math.min(columns, Math.ceil(((pixels + gap) * columns) / (page + gap)));
}

/** Pixels that a panel's frame takes away on both sides. */
const padding = 16;
/** The sign beside a title that holds its description and links. */
const sign = 28;

/** Pixels of a text in the bold type of titles, rather too many than too few; ideographs are twice as wide. */
export function textPixels(text: string): number {
  let pixels = 0;
  for (const character of text)
    pixels += character > '\u2e80' ? 15 : /[A-Zmw%@—]/.test(character) ? 9.5 : 7.3;
  return pixels;
}

/** The fewest columns in which a title is read to its end. */
export function columnsOfTitle(title: string): number {
  return columnsOf(textPixels(title) + padding + sign);
}

/** Grid rows that hold so many pixels below a panel's title. A row is 30 pixels high. */
export function rowsOf(pixels: number): number {
  const title = 32;
  return Math.ceil((pixels + title + gap + gap) / (30 + gap));
}
