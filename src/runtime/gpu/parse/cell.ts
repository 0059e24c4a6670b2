import { hasOwn } from '../../own-property.js';

/** What a figure is of; each is read into its base unit. */
export type Quantity = 'bytes' | 'ratio' | 'celsius' | 'watts' | 'joules' | 'hertz' | 'seconds' | 'count';

interface Kind {
  /** Units as they are written: what to multiply by, and what to divide by. Two steps, so that 57 % is 0.57. */
  readonly units: Readonly<Record<string, readonly [times: number, by: number]>>;
  /** In the base unit. What is out of it was not measured. */
  readonly least: number;
  readonly most: number;
}

const one = [1, 1] as const;
const kibi = [1024, 1] as const;
const mebi = [1024 ** 2, 1] as const;
const gibi = [1024 ** 3, 1] as const;

const kinds: Readonly<Record<Quantity, Kind>> = {
  bytes: {
    // The vendors' programs count in powers of two, also where they write MB.
    units: { B: one, KiB: kibi, kB: kibi, KB: kibi, MiB: mebi, MB: mebi, GiB: gibi, GB: gibi },
    least: 0,
    most: 64 * 1024 ** 4,
  },
  // Shares of time come as a little over 100 % at times; what is more is no share.
  ratio: { units: { '%': [1, 100] }, least: 0, most: 1.05 },
  celsius: { units: { C: one, '°C': one }, least: -50, most: 200 },
  watts: { units: { W: one, mW: [1, 1000], uW: [1, 1e6] }, least: 0, most: 10_000 },
  joules: {
    units: { J: one, kJ: [1000, 1], mJ: [1, 1000], uJ: [1, 1e6] },
    least: 0,
    most: 1e13,
  },
  hertz: {
    // AMD writes Mhz.
    units: { Hz: one, kHz: [1000, 1], MHz: [1e6, 1], Mhz: [1e6, 1], GHz: [1e9, 1], Ghz: [1e9, 1] },
    least: 0,
    most: 20e9,
  },
  seconds: {
    units: { s: one, ms: [1, 1000], us: [1, 1e6], ns: [1, 1e9] },
    least: 0,
    most: 1e10,
  },
  count: { units: { '': one }, least: 0, most: Number.MAX_SAFE_INTEGER },
};

/** What DCGM and AMD's driver write where they know nothing. Those of 64 bits are beyond the integers that are read at all. */
const sentinels: ReadonlySet<number> = new Set([
  ...[2147483632, 2147483633, 2147483634, 2147483635],
  ...[140737488355328, 140737488355329, 140737488355330, 140737488355331],
  4294967295,
]);

const number = /^(-?\d{1,19}(?:\.\d{1,19})?)\s*([^\s\d.,;:=()[\]{}<>"'-]{0,4})$/;

/** Bounds of a quantity other than those that its kind has, in its base unit. */
export interface Bounds {
  readonly least?: number;
  readonly most?: number;
}

/**
 * One cell of a tool's output as a number in its base unit; nothing where it is not, as a whole, a number of that quantity.
 *
 * @param cell text, or a number of JSON
 * @param unit that a number without one has; where it is not given, a number without a unit is none, unless it is a count
 */
export function readNumber(
  cell: unknown,
  quantity: Quantity,
  unit?: string,
  bounds: Bounds = {},
): number | undefined {
  const match = number.exec(typeof cell === 'number' ? String(cell) : textOf(cell).trim());
  const amount = Number(match?.[1]);
  const { units, least, most } = kinds[quantity];
  const written = match?.[2] ?? '';
  const name = written === '' ? (unit ?? '') : written;
  const factor = hasOwn(units, name) ? units[name] : undefined;
  if (factor === undefined || Math.abs(amount) > Number.MAX_SAFE_INTEGER || sentinels.has(amount))
    return undefined;
  const [times, by] = factor;
  // Adding 0 turns a negative zero into zero. What is no number fails both comparisons.
  const value = (amount * times) / by + 0;
  const isWhole = quantity !== 'count' || Number.isInteger(value);
  return isWhole && value >= (bounds.least ?? least) && value <= (bounds.most ?? most) ? value : undefined;
}

/** Fans may run faster than their nominal speed. */
export function readFanSpeed(cell: unknown, unit?: string): number | undefined {
  return readNumber(cell, 'ratio', unit, { most: 2 });
}

/** Degrees left below a limit: negative above it. */
export function readMargin(cell: unknown, unit?: string): number | undefined {
  return readNumber(cell, 'celsius', unit, { least: -200 });
}

const yes: ReadonlySet<string> = new Set(['active', 'yes', 'enabled', 'true', '1']);
const no: ReadonlySet<string> = new Set(['not active', 'inactive', 'no', 'disabled', 'false', '0']);

/** A cell that says that something is so, or that it is not. */
export function readFlag(cell: unknown): boolean | undefined {
  const text = textOf(cell).trim().toLowerCase();
  if (yes.has(text)) return true;
  return no.has(text) ? false : undefined;
}

/** Ways of saying that there is nothing to say; with [N/A], anything else in brackets is one too. */
const absent =
  /^(?:\[.*\]|n\/?a\b.*|none|null|nan|-+|not (?:supported|found|available|applicable)|function not found|no data|unknown(?: error)?|err(?:or)?!?|insufficient permissions?|requested functionality has been deprecated|gpu access blocked.*|gpu is lost|gpu requires reset)?$/i;

/** Longer names are no names. */
const longestName = 200;

/** A cell of text, such as a name; nothing where it says that there is none. */
export function readName(cell: unknown): string | undefined {
  const text = textOf(cell).trim();
  return absent.test(text) || text.length > longestName || /\p{C}/u.test(text) ? undefined : text;
}

const index = /^\d{1,4}$/;

/** The index of a device, as the vendor's tool counts. */
export function readIndex(cell: unknown): string | undefined {
  const text = textOf(cell).trim();
  return index.test(text) ? String(Number(text)) : undefined;
}

/** Whether the cell says that the driver cannot reach the device any more. */
export function saysLost(cell: string): boolean {
  return /^\[?gpu is lost\]?$/i.test(cell.trim());
}

/** Whether the cell says that the device does not answer until it is reset. */
export function saysResetRequired(cell: string): boolean {
  return /^\[?gpu requires reset\]?$/i.test(cell.trim());
}

const recoveryActions: Readonly<Record<string, number>> = {
  none: 0,
  reset: 1,
  'gpu reset': 1,
  'bus reset': 1,
  reboot: 2,
  'node reboot': 2,
  'system reboot': 2,
  'drain p2p': 3,
  'drain and reset': 4,
  'drain p2p + reset': 4,
};

/** What NVIDIA's driver asks for: 0 nothing, 1 reset, 2 reboot, 3 drain, 4 drain and reset. */
export function readRecoveryAction(cell: unknown): number | undefined {
  const text = textOf(cell).trim().toLowerCase();
  return hasOwn(recoveryActions, text) ? recoveryActions[text] : undefined;
}

function textOf(cell: unknown): string {
  return typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '';
}
