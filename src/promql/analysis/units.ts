import type { Value } from './value.js';

const perSecond = '/s';

/** The unit of a rate of something. */
export function ratedUnit(unit: string | undefined): string | undefined {
  return unit === undefined ? undefined : `${unit}${perSecond}`;
}

/** Without `/s`. */
export function baseOf(unit: string): string {
  return unit.endsWith(perSecond) ? unit.slice(0, -perSecond.length) : unit;
}

export function isRated(unit: string): boolean {
  return unit.endsWith(perSecond);
}

/** The unit of a product: a number leaves none but the one that is known for it, a hundred times a share. */
export function productUnit(left: Value, right: Value): string | undefined {
  const [number, other] = left.constant === undefined ? [right, left] : [left, right];
  if (number.constant === undefined) return undefined;
  if (number.constant === 1) return other.unit;
  return number.constant === 100 && other.unit === 'ratio' ? 'percent' : undefined;
}

/** The unit of a quotient. */
export function quotientUnit(left: Value, right: Value): string | undefined {
  if (right.constant !== undefined) {
    return right.constant === 100 && left.unit === 'percent'
      ? 'ratio'
      : right.constant === 1
        ? left.unit
        : undefined;
  }
  const [above, below] = [left.unit, right.unit];
  if (above === undefined || below === undefined) return undefined;
  if (above === below) return 'ratio';
  if (isRated(above) !== isRated(below) || baseOf(below) !== 'count') return undefined;
  return baseOf(above);
}
