import { durationOf } from '../../model/duration.js';
import type { Slo } from '../../model/model.js';
import { decimal, multiply, printDecimal, subtract, decimalOf } from '../../slo/decimal.js';
import { budgetOf } from '../../slo/windows.js';

/** The share of events or time that may be bad, in percent, exact: `0.05` for an objective of `99.95`. */
export function budgetPercent({ objective }: Pick<Slo, 'objective'>): string {
  return printDecimal(subtract(decimal('100'), decimal(objective)));
}

/** The same share of the period, in time: what a total outage may take. To the second, or finer below one. */
export function budgetTime({ objective, period }: Pick<Slo, 'objective' | 'period'>): string {
  const seconds = Number(printDecimal(multiply(decimalOf(period.seconds), budgetOf(objective))));
  return durationOf(seconds >= 1 ? Math.round(seconds) : seconds).text;
}
