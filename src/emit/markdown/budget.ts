import { durationOf } from '../../model/duration.js';
import type { Slo } from '../../model/model.js';

/** A percentage such as `99.95` as hundredths of its last digit, so that 100 minus it is exact. */
function scaled(objective: string): { readonly digits: bigint; readonly scale: number } {
  const [whole = '0', fraction = ''] = objective.split('.');
  return { digits: BigInt(whole + fraction), scale: fraction.length };
}

/** The share of events or time that may be bad, in percent, exact: `0.05` for an objective of `99.95`. */
export function budgetPercent({ objective }: Pick<Slo, 'objective'>): string {
  const { digits, scale } = scaled(objective);
  const rest = 100n * 10n ** BigInt(scale) - digits;
  const padded = String(rest).padStart(scale + 1, '0');
  const whole = padded.slice(0, padded.length - scale);
  const fraction = padded.slice(padded.length - scale).replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** The same share of the period, in time: what a total outage may take. To the second. */
export function budgetTime(slo: Pick<Slo, 'objective' | 'period'>): string {
  const { digits, scale } = scaled(slo.objective);
  const parts = 100n * 10n ** BigInt(scale);
  const milliseconds = (BigInt(Math.round(slo.period.seconds * 1000)) * (parts - digits)) / parts;
  const seconds = Number(milliseconds) / 1000;
  return durationOf(seconds >= 1 ? Math.round(seconds) : seconds).text;
}
