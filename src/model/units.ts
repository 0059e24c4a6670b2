/** Units of Prometheus' and OpenMetrics' naming advice, and those of agent services, as the last word of a metric's name. */
const baseUnits: ReadonlySet<string> = new Set([
  'seconds',
  'bytes',
  'ratio',
  'tokens',
  'usd',
  'eur',
  'gbp',
  'chf',
  'jpy',
  'celsius',
  'joules',
  'watts',
  'volts',
  'amperes',
  'hertz',
  'grams',
  'meters',
]);

/** A unit that is a multiple of a base unit: what to write instead, and how many base units one of it is. */
export interface ScaledUnit {
  readonly base: string;
  readonly factor: number;
}

const scaled = (base: string, factors: Readonly<Record<string, number>>): [string, ScaledUnit][] =>
  Object.entries(factors).map(([word, factor]) => [word, { base, factor }]);

const scaledUnits: ReadonlyMap<string, ScaledUnit> = new Map([
  ...scaled('seconds', {
    ns: 1e-9,
    nanoseconds: 1e-9,
    us: 1e-6,
    microseconds: 1e-6,
    ms: 1e-3,
    millis: 1e-3,
    msec: 1e-3,
    milliseconds: 1e-3,
  }),
  ...scaled('seconds', { sec: 1, secs: 1, second: 1, minutes: 60, mins: 60, hours: 3600, days: 86_400 }),
  ...scaled('bytes', {
    bits: 0.125,
    kb: 1e3,
    kilobytes: 1e3,
    mb: 1e6,
    megabytes: 1e6,
    gb: 1e9,
    gigabytes: 1e9,
  }),
  ...scaled('bytes', {
    kib: 1024,
    kibibytes: 1024,
    mib: 1024 ** 2,
    mebibytes: 1024 ** 2,
    gib: 1024 ** 3,
    gibibytes: 1024 ** 3,
  }),
  ...scaled('ratio', { percent: 0.01, percentage: 0.01, pct: 0.01 }),
  ...scaled('joules', { kwh: 3.6e6, wh: 3600, millijoules: 1e-3 }),
  ...scaled('watts', { milliwatts: 1e-3, kilowatts: 1e3 }),
  ...scaled('hertz', { khz: 1e3, mhz: 1e6, ghz: 1e9, kilohertz: 1e3, megahertz: 1e6 }),
  ...scaled('usd', { cents: 0.01 }),
]);

/** Suffixes that come after the unit and say something else. */
function stem(name: string): string {
  return name.replace(/_(?:total|bucket|sum|count)$/, '');
}

function lastWord(name: string): string {
  return name.slice(name.lastIndexOf('_') + 1);
}

/** The base unit that a metric's name ends in, `_total` aside; undefined where there is none. */
export function unitOf(name: string): string | undefined {
  const word = lastWord(stem(name));
  return baseUnits.has(word) ? word : undefined;
}

/** The unit at the end of a metric's name where it is no base unit. */
export function scaledUnitOf(name: string): { readonly word: string; readonly unit: ScaledUnit } | undefined {
  if (!name.includes('_')) return undefined;
  const word = lastWord(stem(name));
  const unit = scaledUnits.get(word);
  return unit === undefined ? undefined : { word, unit };
}

/** The name with its last unit replaced by the base unit. */
export function withBaseUnit(name: string, word: string, base: string): string {
  const kept = stem(name);
  return `${kept.slice(0, kept.length - word.length)}${base}${name.slice(kept.length)}`;
}

/** Units whose values cannot be negative. */
export function isPositiveUnit(unit: string | undefined): boolean {
  return unit === 'seconds' || unit === 'bytes' || unit === 'tokens' || unit === 'ratio' || unit === 'joules';
}
