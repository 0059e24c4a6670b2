import { scaledUnitOf, unitOf } from '../../model/units.js';

/** A name taken apart: two metrics that share the stem measure the same thing, by other units or as other types. */
export interface NameParts {
  readonly stem: string;
  /** The word of the unit; empty where there is none. */
  readonly unit: string;
  readonly isTotal: boolean;
}

/** Takes `x_seconds_total` apart. */
export function partsOfName(name: string): NameParts {
  const isTotal = name.endsWith('_total');
  const rest = isTotal ? name.slice(0, -'_total'.length) : name;
  const unit = unitOf(rest) ?? scaledUnitOf(rest)?.word ?? '';
  const stem = unit === '' ? rest : rest.slice(0, -unit.length).replace(/_$/, '');
  return { stem, unit, isTotal };
}
