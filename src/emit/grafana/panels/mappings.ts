import type { ValueMapping } from '../dashboard.js';

function special(match: 'nan' | 'null+nan', text: string): ValueMapping {
  return { type: 'special', options: { match, result: { index: 0, text } } };
}

/** Without traffic a ratio or a quantile is no number: that is a fact of its own, not a fault. */
export const noTraffic = special('nan', 'no traffic');

/** An objective that has not been measured yet. */
export const noData = special('null+nan', 'no data');

/** A budget that outlasts its period at the rate at which it is spent. */
export const notInSight = special('null+nan', 'not in sight');
