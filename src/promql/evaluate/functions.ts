import { larger, smaller } from './sums.js';

/** Functions of one number. */
export const ofNumber: Readonly<Record<string, (value: number) => number>> = {
  abs: Math.abs,
  acos: Math.acos,
  acosh: Math.acosh,
  asin: Math.asin,
  asinh: Math.asinh,
  atan: Math.atan,
  atanh: Math.atanh,
  ceil: Math.ceil,
  cos: Math.cos,
  cosh: Math.cosh,
  deg: (value) => (value * 180) / Math.PI,
  exp: Math.exp,
  floor: Math.floor,
  ln: Math.log,
  log10: Math.log10,
  log2: Math.log2,
  rad: (value) => (value * Math.PI) / 180,
  sgn: (value) => (value < 0 ? -1 : value > 0 ? 1 : value),
  sin: Math.sin,
  sinh: Math.sinh,
  sqrt: Math.sqrt,
  tan: Math.tan,
  tanh: Math.tanh,
};

/** Functions of one number and of further ones; undefined where nothing has a result. */
export const withScalars: Readonly<
  Record<string, (...scalars: number[]) => ((value: number) => number) | undefined>
> = {
  clamp: (low = NaN, high = NaN) => (high < low ? undefined : (value) => larger(low, smaller(high, value))),
  clamp_max:
    (high = NaN) =>
    (value) =>
      smaller(high, value),
  clamp_min:
    (low = NaN) =>
    (value) =>
      larger(low, value),
  round: (nearest = 1) => {
    const inverse = 1 / nearest;
    return (value) => Math.floor(value * inverse + 0.5) / inverse;
  },
};

const dayMilliseconds = 86_400_000;

/** Functions of a time, given in seconds since 1970. */
export const ofDate: Readonly<Record<string, (date: Date) => number>> = {
  day_of_month: (date) => date.getUTCDate(),
  day_of_week: (date) => date.getUTCDay(),
  day_of_year: (date) => {
    const midnight = new Date(date).setUTCHours(0, 0, 0, 0);
    const newYear = new Date(0).setUTCFullYear(date.getUTCFullYear(), 0, 1);
    return Math.round((midnight - newYear) / dayMilliseconds) + 1;
  },
  days_in_month: (date) =>
    new Date(new Date(0).setUTCFullYear(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate(),
  hour: (date) => date.getUTCHours(),
  minute: (date) => date.getUTCMinutes(),
  month: (date) => date.getUTCMonth() + 1,
  year: (date) => date.getUTCFullYear(),
};

/** A time of whole seconds, as the functions of dates cut it. */
export function dateOf(seconds: number): Date {
  return new Date(Math.trunc(seconds) * 1000);
}
