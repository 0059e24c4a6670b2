/** What stands in the URL: `now-1h`, `now`, milliseconds since 1970, or an ISO date. */
export interface TimeChoice {
  readonly from: string;
  readonly to: string;
}

/** Milliseconds since 1970. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

const second = 1000;
const unitLengths: ReadonlyMap<string, number> = new Map([
  ['s', second],
  ['m', 60 * second],
  ['h', 3600 * second],
  ['d', 86_400 * second],
  ['w', 604_800 * second],
  ['M', 30 * 86_400 * second],
  ['y', 365 * 86_400 * second],
]);

/** The ranges that are offered, from short to long. */
export const quickRanges: readonly { readonly from: string; readonly text: string }[] = [
  { from: 'now-5m', text: 'Last 5 minutes' },
  { from: 'now-15m', text: 'Last 15 minutes' },
  { from: 'now-30m', text: 'Last 30 minutes' },
  { from: 'now-1h', text: 'Last 1 hour' },
  { from: 'now-3h', text: 'Last 3 hours' },
  { from: 'now-6h', text: 'Last 6 hours' },
  { from: 'now-12h', text: 'Last 12 hours' },
  { from: 'now-24h', text: 'Last 24 hours' },
  { from: 'now-2d', text: 'Last 2 days' },
  { from: 'now-7d', text: 'Last 7 days' },
  { from: 'now-30d', text: 'Last 30 days' },
  { from: 'now-90d', text: 'Last 90 days' },
];

/**
 * A point in time as people and URLs write it.
 * @param now milliseconds since 1970
 * @returns milliseconds since 1970, or undefined where it is no time
 */
export function instantOf(text: string, now: number): number | undefined {
  const trimmed = text.trim();
  const relative = /^now(?:([+-])(\d+)([smhdwMy]))?$/.exec(trimmed);
  if (relative !== null) {
    const [, sign, count, unit] = relative;
    if (sign === undefined || count === undefined || unit === undefined) return now;
    const distance = Number(count) * (unitLengths.get(unit) ?? 0);
    return sign === '-' ? now - distance : now + distance;
  }
  if (/^\d{10,}$/.test(trimmed)) return Number(trimmed);
  const date = Date.parse(trimmed.replace(' ', 'T'));
  return Number.isNaN(date) ? undefined : date;
}

/** The range of a choice; the last hour where the choice makes no sense. @param now milliseconds since 1970 */
export function rangeOf({ from, to }: TimeChoice, now: number): TimeRange {
  const start = instantOf(from, now);
  const end = instantOf(to, now);
  if (start === undefined || end === undefined || start >= end) return { from: now - 3600 * second, to: now };
  return { from: start, to: end };
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** `2026-11-21 14:05:00` in the time of the reader's place. @param time milliseconds since 1970 */
export function localTime(time: number): string {
  const date = new Date(time);
  const day = [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join('-');
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
  return `${day} ${clock}`;
}

/** How a choice is called on its button. @param now milliseconds since 1970 */
export function choiceText(choice: TimeChoice, now: number): string {
  const quick = quickRanges.find(({ from }) => from === choice.from && choice.to === 'now');
  if (quick !== undefined) return quick.text;
  const relative = /^now-(\d+)([smhdwMy])$/.exec(choice.from);
  if (relative !== null && choice.to === 'now') return `Last ${relative[1] ?? ''}${relative[2] ?? ''}`;
  const range = rangeOf(choice, now);
  return `${localTime(range.from)} to ${localTime(range.to)}`;
}
