import type { Binary } from '../../ast.js';
import { placeOf, type Finding } from '../finding.js';
import { baseOf } from '../units.js';
import type { Value } from '../value.js';

const compatible: ReadonlySet<string> = new Set(['+', '-', '==', '!=', '>', '<', '>=', '<=']);

function inWords(unit: string): string {
  return unit.endsWith('/s') ? `${baseOf(unit)} per second` : unit;
}

/** Busy seconds for each second are a share, and counts are of anything. */
function isComparable(unit: string): boolean {
  return unit !== 'seconds/s' && baseOf(unit) !== 'count';
}

/** OBS3154: what is added or compared has one unit. */
export function differentUnits(expr: Binary, left: Value, right: Value): Finding | undefined {
  const [a, b] = [left.unit, right.unit];
  if (a === undefined || b === undefined || a === b || !compatible.has(expr.op)) return undefined;
  if (!isComparable(a) || !isComparable(b)) return undefined;
  const verb = expr.op === '+' || expr.op === '-' ? (expr.op === '+' ? 'added' : 'subtracted') : 'compared';
  return {
    code: 'OBS3154',
    at: expr.opAt ?? placeOf(expr),
    message: `${inWords(a)} and ${inWords(b)} are ${verb}`,
    help:
      baseOf(a) === baseOf(b)
        ? 'take the rate of both, or of neither'
        : 'bring both to one unit first, or compare each with a number of its own',
  };
}
