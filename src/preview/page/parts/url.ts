import type { Theme } from '../format/colours.js';
import type { TimeChoice } from '../query/time.js';

/** What the address of the page says, without the variables. */
export interface Address {
  readonly dashboard: string | undefined;
  readonly time: Partial<TimeChoice>;
  readonly theme: Theme | undefined;
  readonly kiosk: boolean;
  /** Whether rows that the dashboard closes are open: for pictures. */
  readonly rows: 'open' | undefined;
  readonly refresh: string | undefined;
}

export function addressOf(search: URLSearchParams): Address {
  const theme = search.get('theme');
  const [from, to] = [search.get('from'), search.get('to')];
  return {
    dashboard: search.get('dashboard') ?? undefined,
    time: { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) },
    theme: theme === 'dark' || theme === 'light' ? theme : undefined,
    kiosk: search.has('kiosk') && search.get('kiosk') !== '0',
    rows: search.get('rows') === 'open' ? 'open' : undefined,
    refresh: search.get('refresh') ?? undefined,
  };
}

interface Shown extends Address {
  readonly dashboard: string;
  readonly time: TimeChoice;
  readonly variables: readonly (readonly [name: string, value: string])[];
}

/** The address under which all this is shown again. */
export function searchOf({ dashboard, time, theme, kiosk, rows, refresh, variables }: Shown): string {
  const search = new URLSearchParams([
    ['dashboard', dashboard],
    ['from', time.from],
    ['to', time.to],
  ]);
  if (theme !== undefined) search.set('theme', theme);
  if (refresh !== undefined) search.set('refresh', refresh);
  if (kiosk) search.set('kiosk', '1');
  if (rows !== undefined) search.set('rows', rows);
  for (const [name, value] of variables) search.append(name, value);
  return `?${search.toString()}`;
}

/**
 * Where a link of Grafana leads to in the preview: to another dashboard that is shown here, with its time and variables; any other stays.
 * @param uids of the dashboards that are known, by the names under which they are shown
 */
export function previewUrl(url: string, uids: ReadonlyMap<string, string>): string {
  const match = /^\/d\/([^/?#]+)(?:\/[^?#]*)?(?:\?([^#]*))?/.exec(url);
  if (match === null) return url;
  const [, uid = '', query = ''] = match;
  const exact = [...uids].find(([, each]) => each === uid)?.[0];
  // Names may end alike, `latency` and `slo-latency`: the longest says the most.
  const byLength = [...uids.keys()].sort((a, b) => b.length - a.length);
  const name = exact ?? byLength.find((each) => uid.endsWith(`-${each}`));
  if (name === undefined) return url;
  return `/?dashboard=${encodeURIComponent(name)}${query === '' ? '' : `&${query}`}`;
}

/** Whether an address is one of Grafana's own pages, which the preview does not have: its Explore, for example. */
export function isGrafanaPage(url: string): boolean {
  return url.startsWith('/') && !url.startsWith('/?');
}
