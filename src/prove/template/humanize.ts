import { general } from './numbers.js';

const large = ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];
const small = ['m', 'u', 'n', 'p', 'f', 'a', 'z', 'y'];
const binary = ['ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'Zi', 'Yi'];

/** How many digits the humanised numbers of Prometheus have. */
const digits = 4;

function scaled(
  value: number,
  prefixes: readonly string[],
  by: number,
  isDone: (value: number) => boolean,
): string {
  let rest = value;
  let prefix = '';
  for (const next of prefixes) {
    if (isDone(rest)) break;
    prefix = next;
    rest *= by;
  }
  return `${general(rest, digits)}${prefix}`;
}

function divided(value: number, prefixes: readonly string[], by: number): string {
  let rest = value;
  let prefix = '';
  for (const next of prefixes) {
    if (Math.abs(rest) < by) break;
    prefix = next;
    rest /= by;
  }
  return `${general(rest, digits)}${prefix}`;
}

function belowOne(value: number): string {
  return scaled(value, small, 1000, (rest) => Math.abs(rest) >= 1);
}

/** `1.234k` */
export function humanize(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return general(value, digits);
  return Math.abs(value) >= 1 ? divided(value, large, 1000) : belowOne(value);
}

/** `1.5Gi` */
export function humanize1024(value: number): string {
  if (Math.abs(value) <= 1 || !Number.isFinite(value)) return general(value, digits);
  return divided(value, binary, 1024);
}

/** `12.5%` of 0.125 */
export function humanizePercentage(value: number): string {
  return `${general(value * 100, digits)}%`;
}

/** `1h 2m 3s` of a number of seconds; below a minute and a second with digits and a prefix. */
export function humanizeDuration(value: number): string {
  if (!Number.isFinite(value)) return general(value, digits);
  if (value === 0) return `${general(value, digits)}s`;
  if (Math.abs(value) < 1) return `${belowOne(value)}s`;
  const sign = value < 0 ? '-' : '';
  const whole = Math.trunc(Math.abs(value));
  const [days, hours] = [Math.floor(whole / 86_400), Math.floor(whole / 3600) % 24];
  const [minutes, seconds] = [Math.floor(whole / 60) % 60, whole % 60];
  if (days > 0) return `${sign}${days}d ${hours}h ${minutes}m ${seconds}s`;
  if (hours > 0) return `${sign}${hours}h ${minutes}m ${seconds}s`;
  if (minutes > 0) return `${sign}${minutes}m ${seconds}s`;
  return `${sign}${general(Math.abs(value), digits)}s`;
}
