import type { GpuDevice } from '../../../../src/runtime/gpu/device.js';

/** Units by what they measure, written anew: what is checked by them has a table of its own. */
const units = {
  bytes: {
    B: 1,
    KiB: 2 ** 10,
    kB: 2 ** 10,
    KB: 2 ** 10,
    MiB: 2 ** 20,
    MB: 2 ** 20,
    GiB: 2 ** 30,
    GB: 2 ** 30,
  },
  ratio: { '%': 0.01 },
  celsius: { C: 1, '°C': 1 },
  watts: { W: 1, mW: 1e-3, uW: 1e-6 },
  joules: { J: 1, mJ: 1e-3, uJ: 1e-6, kJ: 1e3 },
  hertz: { Hz: 1, kHz: 1e3, MHz: 1e6, Mhz: 1e6, GHz: 1e9, Ghz: 1e9 },
  seconds: { s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9 },
  count: {},
} as const;

type Measure = keyof typeof units;

interface Written {
  readonly amount: number;
  readonly unit: string;
}

const written =
  /(?<![\w.])(-?\d+(?:\.\d+)?)(?: ?(KiB|kB|KB|MiB|MB|GiB|GB|B|%|°C|C|mW|uW|W|mJ|uJ|kJ|J|kHz|MHz|Mhz|GHz|Ghz|Hz|ms|us|ns|s)(?![A-Za-z])|(?![\w.]))/g;

/** Numbers that stand in a text by themselves, with the unit that follows. */
function numbersIn(text: string): readonly Written[] {
  return [...text.matchAll(written)].map(([, amount, unit = '']) => ({ amount: Number(amount), unit }));
}

/** Figures of the device of which no number in the text is. */
export function inventedIn(device: GpuDevice, text: string): readonly string[] {
  const numbers = numbersIn(text);
  const invented: string[] = [];
  const check = (path: string, value: number | string | undefined, measure: Measure): void => {
    if (value !== undefined && !numbers.some((number) => isOf(number, Number(value), measure)))
      invented.push(`${path} = ${value}`);
  };
  const group = (path: string, figures: object | undefined, measure: Measure): void => {
    for (const [name, value] of Object.entries(figures ?? {}))
      check(`${path}.${name}`, value as number | undefined, measure);
  };
  group('utilization', device.utilization, 'ratio');
  check('memoryBandwidth', device.memoryBandwidth, 'ratio');
  group('memory', device.memory, 'bytes');
  group('temperature', device.temperature, 'celsius');
  check('temperatureMargin', device.temperatureMargin, 'celsius');
  check('fanSpeed', device.fanSpeed, 'ratio');
  check('power', device.power, 'watts');
  check('powerLimit', device.powerLimit, 'watts');
  check('energy', device.energy, 'joules');
  group('clocks', device.clocks, 'hertz');
  group('throttleSeconds', device.throttleSeconds, 'seconds');
  check('remapped.correctable', device.remapped?.correctable, 'count');
  check('remapped.uncorrectable', device.remapped?.uncorrectable, 'count');
  check('pcieReplays', device.pcieReplays, 'count');
  for (const { id, used, total } of device.instances ?? []) {
    check('instance', id, 'count');
    group('instance', { used, total }, 'bytes');
  }
  for (const { pid, used } of device.processes ?? []) {
    check('pid', pid, 'count');
    check('process', used, 'bytes');
  }
  const counts = new Set(numbers.filter(({ unit }) => unit === '').map(({ amount }) => amount));
  for (const [name, value] of Object.entries(device.ecc ?? {}))
    if (!isSumOf(counts, value)) invented.push(`ecc.${name} = ${value}`);
  return [...invented, ...wordsInvented(device, text)];
}

/** A number without a unit may have any that its quantity has: it stands in the header, in a name, or is known. */
function isOf({ amount, unit }: Written, value: number, measure: Measure): boolean {
  const factors: Readonly<Record<string, number>> = units[measure];
  if (unit === '') return [1, ...Object.values(factors)].some((factor) => isClose(amount * factor, value));
  const factor = factors[unit];
  return factor !== undefined && isClose(amount * factor, value);
}

function isClose(first: number, second: number): boolean {
  return Math.abs(first - second) <= Math.abs(second) * 1e-9;
}

/** Errors are told for each kind of memory: at most three kinds. */
function isSumOf(counts: ReadonlySet<number>, sum: number): boolean {
  if (counts.has(sum)) return true;
  const each = [...counts];
  return each.some(
    (first) => counts.has(sum - first) || each.some((second) => counts.has(sum - first - second)),
  );
}

function wordsInvented(device: GpuDevice, text: string): readonly string[] {
  const said: readonly (readonly [is: boolean, words: RegExp, name: string])[] = [
    [device.remapped?.pending !== undefined, /\b(?:Yes|No|1|0)\b/, 'pending'],
    [device.remapped?.failed !== undefined, /\b(?:Yes|No|1|0)\b/, 'failed'],
    [device.recoveryAction === 0, /\bNone\b/, 'recoveryAction'],
    [(device.recoveryAction ?? 0) > 0, /reset|reboot|drain/i, 'recoveryAction'],
    [
      Object.values(device.throttled ?? {}).includes(true),
      /\bactive|\bthrottled|\byes|\benabled|\b1\b/i,
      'throttled',
    ],
    [device.isPartitioned === true, /Enabled|\bYes\b|\bActive\b|\b1\b/, 'isPartitioned'],
  ];
  return said.filter(([is, words]) => is && !words.test(text)).map(([, , name]) => name);
}

/** Figures that are beyond what such a thing can be. */
export function outOfRange(device: GpuDevice): readonly string[] {
  const out: string[] = [];
  const check = (path: string, value: number | undefined, least: number, most: number): void => {
    if (value !== undefined && !(value >= least && value <= most)) out.push(`${path} = ${value}`);
  };
  const all = (path: string, figures: object | undefined, least: number, most: number): void => {
    for (const [name, value] of Object.entries(figures ?? {}))
      check(`${path}.${name}`, value as number, least, most);
  };
  const total = device.memory?.total ?? Infinity;
  all('utilization', device.utilization, 0, 1.05);
  check('memoryBandwidth', device.memoryBandwidth, 0, 1.05);
  all('memory', device.memory, 0, Math.min(2 ** 46, total + 64 * 2 ** 20));
  all('temperature', device.temperature, -50, 200);
  check('temperatureMargin', device.temperatureMargin, -200, 200);
  check('fanSpeed', device.fanSpeed, 0, 2);
  check('power', device.power, 0, 10_000);
  check('powerLimit', device.powerLimit, 0, 10_000);
  check('energy', device.energy, 0, 1e13);
  all('clocks', device.clocks, 0, 2e10);
  all('throttleSeconds', device.throttleSeconds, 0, 1e10);
  all('ecc', device.ecc, 0, 3 * Number.MAX_SAFE_INTEGER);
  all('remapped', device.remapped, 0, Number.MAX_SAFE_INTEGER);
  check('remapped.pending', device.remapped?.pending, 0, 1);
  check('remapped.failed', device.remapped?.failed, 0, 1);
  check('recoveryAction', device.recoveryAction, 0, 4);
  for (const { used, total: whole = 2 ** 46 } of device.instances ?? [])
    check('instance', used, 0, whole + 64 * 2 ** 20);
  return out;
}
