/** What the page is asked to show, from its address. */
const parameters = new URLSearchParams(location.search);

/** Facts about the data that the server of this page knows. */
export interface Settings {
  /** Seconds since 1970 where made-up data ends; null: the data is live. */
  readonly now: number | null;
  /** Seconds between two scrapes. */
  readonly scrapeInterval: number;
}

export const boardName = parameters.get('board') ?? '';
export const isLight = parameters.get('theme') === 'light';
/** The time range to show instead of the board's own. */
export const range = { from: parameters.get('from'), to: parameters.get('to') };

/** Reads a JSON file of this page's server. */
export async function readJson<T>(path: string): Promise<T> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} was answered with ${response.status}`);
  return (await response.json()) as T;
}
