/** A number as Grafana writes it, in parts: `$` `1.23` `K`. */
export interface Formatted {
  readonly prefix: string;
  readonly text: string;
  readonly suffix: string;
}

type Format = (value: number, decimals: number | undefined) => Formatted;

/** As many digits as it takes to tell the number from its neighbours: 1.50, 12.3, 0.0532. */
function digitsOf(value: number): number {
  if (value === 0 || Number.isInteger(value)) return 0;
  const digits = -Math.floor(Math.log10(Math.abs(value))) + 1;
  const leading = Math.abs(value) * 10 ** digits;
  return Math.min(20, Math.max(0, leading > 2.25 ? digits + 1 : digits));
}

/** @param decimals undefined: as many as the number needs */
export function fixed(value: number, decimals: number | undefined): string {
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : value < 0 ? '-Inf' : 'NaN';
  const text = value.toFixed(decimals ?? digitsOf(value));
  return Number(text) === 0 ? text.replace(/^-/, '') : text;
}

function parts(text: string, suffix = '', prefix = ''): Formatted {
  return { prefix, text, suffix };
}

/** Steps of a thousand or of 1024. @param offset which of the names is for the number as it is */
function scaled(value: number, factor: number, names: readonly string[], offset = 0): [number, string] {
  if (value === 0 || !Number.isFinite(value)) return [value, names[offset] ?? ''];
  // A rounding error must not make 1000 of what is 1 K.
  const power = Math.floor(Math.log(Math.abs(value) * (1 + 1e-12)) / Math.log(factor));
  const index = Math.min(Math.max(offset + power, 0), names.length - 1);
  return [value / factor ** (index - offset), names[index] ?? ''];
}

function plain(suffix: string): Format {
  return (value, decimals) => parts(fixed(value, decimals), suffix === '' ? '' : ` ${suffix}`);
}

function short(value: number, decimals: number | undefined): Formatted {
  const [size, name] = scaled(value, 1000, ['', ' K', ' Mil', ' Bil', ' Tri', ' Quadr', ' Quint']);
  return parts(fixed(size, decimals), name);
}

/** `1.2K req/s` */
function counted(symbol: string): Format {
  return (value, decimals) => {
    const [size, name] = scaled(value, 1000, ['', 'K', 'M', 'B', 'T']);
    return parts(fixed(size, decimals), `${name} ${symbol}`);
  };
}

function currency(symbol: string): Format {
  return (value, decimals) => {
    const [size, name] = scaled(value, 1000, ['', 'K', 'M', 'B', 'T']);
    return parts(fixed(size, decimals), name, symbol);
  };
}

const binaryNames = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const siNames = ['f', 'p', 'n', 'µ', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];

function binary(symbol: string): Format {
  return (value, decimals) => {
    const [size, name] = scaled(value, 1024, binaryNames);
    return parts(fixed(size, decimals), ` ${name}${symbol}`);
  };
}

function si(symbol: string, start = 5): Format {
  return (value, decimals) => {
    const [size, name] = scaled(value, 1000, siNames, start);
    return parts(fixed(size, decimals), ` ${name}${symbol}`);
  };
}

/** Seconds of what a duration is written in, from the long to the short. */
const spans: readonly (readonly [seconds: number, name: string])[] = [
  [31_536_000, 'year'],
  [604_800, 'week'],
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'min'],
];

/** A duration in its own unit: `1.50 ms`, `2 mins`, `3.4 days`. @param value seconds */
function duration(value: number, decimals: number | undefined): Formatted {
  const size = Math.abs(value);
  if (value === 0) return parts('0', ' s');
  if (!Number.isFinite(value)) return parts(fixed(value, decimals), '');
  if (size < 1e-6) return parts(fixed(value * 1e9, decimals), ' ns');
  if (size < 1e-3) return parts(fixed(value * 1e6, decimals), ' µs');
  if (size < 1) return parts(fixed(value * 1e3, decimals), ' ms');
  const span = spans.find(([seconds]) => size >= seconds);
  if (span === undefined) return parts(fixed(value, decimals), ' s');
  const text = fixed(value / span[0], decimals);
  return parts(text, ` ${span[1]}${Number(text) === 1 ? '' : 's'}`);
}

/** `2 hours, 5 minutes`: the two largest parts. @param value seconds */
function longDuration(value: number): Formatted {
  if (!Number.isFinite(value)) return parts(fixed(value, 0));
  const names: readonly (readonly [number, string])[] = [
    ...spans.filter(([, name]) => name !== 'min'),
    [60, 'minute'],
    [1, 'second'],
  ];
  let left = Math.abs(value);
  const words: string[] = [];
  for (const [seconds, name] of names) {
    const count = Math.floor(left / seconds);
    if (count > 0 && words.length < 2) words.push(`${count} ${name}${count === 1 ? '' : 's'}`);
    left -= count * seconds;
  }
  const text = words.length === 0 ? '0 seconds' : words.join(', ');
  return parts(value < 0 ? `${text} ago` : text);
}

/** `2d 3:04:05` as a clock shows it. @param value seconds */
function clock(value: number): Formatted {
  const whole = Math.floor(Math.abs(value));
  const [days, hours, minutes, seconds] = [
    Math.floor(whole / 86_400),
    Math.floor(whole / 3600) % 24,
    Math.floor(whole / 60) % 60,
    whole % 60,
  ].map((each) => String(each).padStart(2, '0'));
  return parts(
    `${Number(days) > 0 ? `${Number(days)} d ` : ''}${hours ?? ''}:${minutes ?? ''}:${seconds ?? ''}`,
  );
}

function share(value: number, decimals: number | undefined, factor: number): Formatted {
  return parts(fixed(value * factor, decimals), '%');
}

function date(value: number): Formatted {
  const time = new Date(value);
  return parts(
    Number.isNaN(time.getTime()) ? 'Invalid date' : time.toISOString().slice(0, 19).replace('T', ' '),
  );
}

const formats: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['none', plain('')],
  ['short', short],
  ['sishort', (value, decimals) => si('')(value, decimals)],
  ['percent', (value, decimals) => share(value, decimals, 1)],
  ['percentunit', (value, decimals) => share(value, decimals, 100)],
  ['ns', (value, decimals) => duration(value / 1e9, decimals)],
  ['µs', (value, decimals) => duration(value / 1e6, decimals)],
  ['ms', (value, decimals) => duration(value / 1e3, decimals)],
  ['s', duration],
  ['m', (value, decimals) => duration(value * 60, decimals)],
  ['h', (value, decimals) => duration(value * 3600, decimals)],
  ['d', (value, decimals) => duration(value * 86_400, decimals)],
  ['dtdurations', longDuration],
  ['dtdurationms', (value) => longDuration(value / 1e3)],
  ['clocks', clock],
  ['clockms', (value) => clock(value / 1e3)],
  ['dateTimeAsIso', date],
  ['dateTimeAsSystem', date],
  ['dateTimeAsLocal', date],
  ['dateTimeFromNow', date],
  ['bytes', binary('B')],
  ['bits', binary('b')],
  ['decbytes', (value, decimals) => si('B')(value, decimals)],
  ['decbits', (value, decimals) => si('b')(value, decimals)],
  ['kbytes', (value, decimals) => binary('B')(value * 1024, decimals)],
  ['mbytes', (value, decimals) => binary('B')(value * 1024 ** 2, decimals)],
  ['gbytes', (value, decimals) => binary('B')(value * 1024 ** 3, decimals)],
  ['binBps', binary('B/s')],
  ['binbps', binary('b/s')],
  ['Bps', (value, decimals) => si('B/s')(value, decimals)],
  ['bps', (value, decimals) => si('b/s')(value, decimals)],
  ['pps', counted('p/s')],
  ['cps', counted('c/s')],
  ['ops', counted('ops/s')],
  ['reqps', counted('req/s')],
  ['rps', counted('rd/s')],
  ['wps', counted('wr/s')],
  ['iops', counted('io/s')],
  ['eps', counted('events/s')],
  ['mps', counted('msg/s')],
  ['cpm', counted('c/m')],
  ['opm', counted('ops/m')],
  ['reqpm', counted('req/m')],
  ['currencyUSD', currency('$')],
  ['currencyEUR', currency('€')],
  ['currencyGBP', currency('£')],
  ['currencyJPY', currency('¥')],
  ['currencyCHF', currency('CHF')],
  ['celsius', plain('°C')],
  ['fahrenheit', plain('°F')],
  ['kelvin', plain('K')],
  ['humidity', plain('%H')],
  ['watt', si('W')],
  ['kwatt', si('W', 6)],
  ['watth', si('Wh')],
  ['joule', si('J')],
  ['volt', si('V')],
  ['amp', si('A')],
  ['hertz', si('Hz')],
  ['rothz', si('Hz')],
  ['massg', si('g')],
  ['lengthm', si('m')],
  ['string', (value) => parts(String(value))],
]);

/** An own unit of an author's: `suffix:tok/s`, `prefix:v`, `currency:Fr`, or what is no id at all, which Grafana writes behind the number. */
function customFormat(unit: string): Format {
  const [kind, ...rest] = unit.split(':');
  const name = rest.join(':');
  if (rest.length === 0) return plain(unit);
  if (kind === 'suffix') return (value, decimals) => parts(fixed(value, decimals), ` ${name.trim()}`);
  if (kind === 'prefix') return (value, decimals) => parts(fixed(value, decimals), '', name);
  if (kind === 'currency') return currency(name);
  if (kind === 'si') return si(name);
  if (kind === 'count') return counted(name);
  if (kind === 'time') return date;
  return plain(unit);
}

/** @param unit Grafana's id @param decimals digits after the point; undefined: as many as the number needs */
export function formatValue(
  value: number,
  unit: string | undefined,
  decimals: number | undefined,
): Formatted {
  if (Number.isNaN(value)) return parts('NaN');
  const format = unit === undefined || unit === '' ? plain('') : (formats.get(unit) ?? customFormat(unit));
  return format(value, decimals);
}

/** The parts in one. */
export function formattedText({ prefix, text, suffix }: Formatted): string {
  return `${prefix}${text}${suffix}`;
}

/** The labels of an axis: with the digits that tell its marks apart, and no more. */
export function axisTexts(
  values: readonly number[],
  unit: string | undefined,
  decimals: number | undefined,
): readonly string[] {
  const most = decimals ?? 6;
  const at = (digits: number): readonly string[] =>
    values.map((value) => formattedText(formatValue(value, unit, digits)));
  for (let digits = 0; digits < most; digits += 1) {
    const texts = at(digits);
    const exact = values.every(
      (value, index) =>
        texts[index] === formattedText(formatValue(value, unit, digits)) && isExact(value, unit, digits),
    );
    if (exact && new Set(texts).size === texts.length) return texts;
  }
  return at(most);
}

/** Whether rounding to so many digits leaves a mark where it is. */
function isExact(value: number, unit: string | undefined, digits: number): boolean {
  const rounded = Number(formatValue(value, unit, digits).text);
  const precise = Number(formatValue(value, unit, 10).text);
  return Number.isNaN(precise) || Math.abs(rounded - precise) <= Math.abs(precise) * 1e-6 + 1e-9;
}
