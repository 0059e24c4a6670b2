import type { TraceAnalysis } from '../analysis/analyse-trace.js';
import { none, spanAt, type Trace } from '../tree/trace.js';
import type { Repeat } from '../analysis/repeats.js';
import type { Used } from '../analysis/usage.js';

const microsecond = 1e3;
const millisecond = 1e6;
const second = 1e9;

/** A time for people, in three digits: `1.23 s`. @param nanoseconds 0 or more */
export function durationText(nanoseconds: number): string {
  if (nanoseconds === 0) return '0 s';
  if (nanoseconds < microsecond) return `${Math.round(nanoseconds)} ns`;
  if (nanoseconds < 0.9995 * millisecond) return `${digits(nanoseconds / microsecond)} µs`;
  if (nanoseconds < 0.9995 * second) return `${digits(nanoseconds / millisecond)} ms`;
  if (nanoseconds < 99.95 * second) return `${digits(nanoseconds / second)} s`;
  const seconds = Math.round(nanoseconds / second);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function digits(value: number): string {
  return value >= 999.5 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

/** A share for people. @param share from 0 to 1 */
export function shareText(share: number): string {
  if (share > 0 && share < 0.0005) return '<0.1 %';
  return `${(100 * share).toFixed(1)} %`;
}

/** What a span is called where it is named in a sentence. */
export function spanTitle(trace: Trace, span: number): string {
  if (span === none) return 'no span';
  const { name } = spanAt(trace, span);
  return name === '' ? '(no name)' : name;
}

/** The tool, model or agent that a span is of, where its name does not say it: many spans have one name. */
export function spanSubject({ trace, who }: TraceAnalysis, span: number): string | undefined {
  const agent = who.run[span] === span ? who.agent[span] : undefined;
  const subject = who.tool[span] ?? who.model[span] ?? agent;
  return subject === undefined || spanAt(trace, span).name.includes(subject) ? undefined : subject;
}

/** A cost, as exact as it was measured; undefined where it was not. */
export function costText(cost: number | undefined, currency: string | undefined): string {
  if (cost === undefined) return '-';
  const amount = cost === 0 ? '0' : cost >= 1 ? cost.toFixed(2) : String(Number(cost.toPrecision(3)));
  return currency === undefined ? amount : `${amount} ${currency}`;
}

export function tokensText(tokens: number | undefined): string {
  return tokens === undefined ? '-' : Math.round(tokens).toLocaleString('en-US');
}

/** What calls again and again, in words: `search 4 times in a row, with the same arguments`. */
export function repeatText({ calls, times, sameArguments }: Repeat): string {
  const what = calls.length === 1 ? (calls[0] ?? '') : `${calls.join(', ')} in turns,`;
  const how =
    sameArguments === undefined
      ? ''
      : sameArguments
        ? ', with the same arguments'
        : ', with different arguments';
  return `${what} ${times} times in a row${how}`;
}

/** Where costs come from, if not all of them were measured. */
export function costNote(rows: readonly Used[]): string | undefined {
  const estimated = rows.some((row) => row.estimated > 0);
  const unpriced = rows.reduce((sum, row) => sum + row.unpriced, 0);
  const parts = [
    ...(estimated ? ['costs that no span says are worked out from tokens and prices'] : []),
    ...(unpriced > 0
      ? [`${unpriced} ${unpriced === 1 ? 'call has' : 'calls have'} a model without a price`]
      : []),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
}
