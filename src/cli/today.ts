import { UsageError } from './usage-error.js';

/** The last second of the year 9999: later dates have no four-digit year. */
const latest = 253_402_300_799;

/**
 * Today as `YYYY-MM-DD` in UTC, from SOURCE_DATE_EPOCH (seconds since 1970, reproducible-builds.org/specs/source-date-epoch) where it is set.
 * Only findings about dates depend on it, never an output.
 * @throws UsageError where SOURCE_DATE_EPOCH is no such number
 */
export function today(env: NodeJS.ProcessEnv, now: Date = new Date()): string {
  const epoch = env['SOURCE_DATE_EPOCH'];
  if (epoch === undefined || epoch === '') return now.toISOString().slice(0, 10);
  if (!/^\d{1,15}$/.test(epoch) || Number(epoch) > latest) {
    throw new UsageError(
      `SOURCE_DATE_EPOCH is ${JSON.stringify(epoch)}, which is no number of seconds since 1970`,
      ['set it to a whole number such as 1767225600 (2026-01-01), or unset it'],
    );
  }
  return new Date(Number(epoch) * 1000).toISOString().slice(0, 10);
}
