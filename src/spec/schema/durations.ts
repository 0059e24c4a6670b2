const milliseconds: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** How people spell the units that Prometheus writes with one letter. */
const spellings: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ms: ['ms', 'msec', 'msecs', 'millis', 'millisecond', 'milliseconds'],
    s: ['s', 'sec', 'secs', 'second', 'seconds'],
    m: ['m', 'min', 'mins', 'minute', 'minutes'],
    h: ['h', 'hr', 'hrs', 'hour', 'hours'],
    d: ['d', 'day', 'days'],
    w: ['w', 'week', 'weeks'],
  }).flatMap(([unit, words]) => words.map((word): [string, string] => [word, unit])),
);

/** The duration that was meant by `5 min`, `1.5h` or `90 seconds`, in the spelling of Prometheus; undefined where that is not clear. */
export function suggestedDuration(written: string): string | undefined {
  const compact = written
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '');
  if (compact.length > 60) return undefined;
  let total = 0;
  let rest = compact;
  while (rest !== '') {
    const match = /^([0-9]{1,9}(?:\.[0-9]{1,6})?)([a-z]+)/.exec(rest);
    const unit = spellings.get(match?.[2] ?? '');
    if (match === null || unit === undefined) return undefined;
    total += Number(match[1]) * (milliseconds[unit] ?? 0);
    rest = rest.slice(match[0].length);
  }
  return total > 0 && Number.isInteger(total) ? prometheusDuration(total) : undefined;
}

/** A length of time in the spelling of Prometheus, larger units first. */
function prometheusDuration(total: number): string {
  let rest = total;
  let text = '';
  for (const unit of ['w', 'd', 'h', 'm', 's', 'ms']) {
    const size = milliseconds[unit] ?? 1;
    // Weeks only where nothing is left over: 30d is what people write, not 4w2d.
    if (unit === 'w' && rest % size !== 0) continue;
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) text += `${count}${unit}`;
  }
  return text;
}
