import { Queue } from './requests.js';
import type { Labels, MatrixRow } from './series.js';

/** Prometheus said no: its own words, with the query. */
export class QueryError extends Error {
  readonly query: string;

  constructor(message: string, query: string) {
    super(message);
    this.query = query;
  }
}

export interface VectorRow {
  readonly metric: Labels;
  /** Seconds since 1970. */
  readonly value: readonly [time: number, value: string];
}

export interface Exemplar {
  readonly labels: Labels;
  readonly value: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
}

interface Answer {
  readonly status?: string;
  readonly data?: unknown;
  readonly error?: string;
  readonly reason?: string;
  readonly help?: string;
}

/** A few at once: a browser allows six to a host, and one is kept for the events. */
const queue = new Queue(4);

async function ask(
  path: string,
  parameters: readonly (readonly [string, string])[],
  signal: AbortSignal,
): Promise<unknown> {
  const query = parameters.find(([name]) => name === 'query')?.[1] ?? path;
  return queue.run(async () => {
    const search = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]));
    const response = await fetch(`/prometheus/api/v1/${path}?${search.toString()}`, { signal });
    const text = await response.text();
    let answer: Answer;
    try {
      answer = JSON.parse(text) as Answer;
    } catch {
      throw new QueryError(text.trim() || `Prometheus answered with status ${response.status}`, query);
    }
    if (!response.ok || answer.status !== 'success') {
      const words = answer.error ?? answer.reason ?? `Prometheus answered with status ${response.status}`;
      throw new QueryError(answer.help === undefined ? words : `${words}. ${answer.help}`, query);
    }
    return answer.data;
  }, signal);
}

/** Seconds as Prometheus reads them. @param time milliseconds since 1970 */
function seconds(time: number): string {
  return String(time / 1000);
}

/** @param grid milliseconds since 1970 */
export async function queryRange(
  query: string,
  grid: { readonly from: number; readonly to: number; readonly step: number },
  signal: AbortSignal,
): Promise<readonly MatrixRow[]> {
  const data = (await ask(
    'query_range',
    [
      ['query', query],
      ['start', seconds(grid.from)],
      ['end', seconds(grid.to)],
      ['step', seconds(grid.step)],
    ],
    signal,
  )) as { readonly result: readonly MatrixRow[] };
  return data.result;
}

/** @param time milliseconds since 1970 */
export async function queryInstant(
  query: string,
  time: number,
  signal: AbortSignal,
): Promise<readonly VectorRow[]> {
  const data = (await ask(
    'query',
    [
      ['query', query],
      ['time', seconds(time)],
    ],
    signal,
  )) as { readonly resultType: string; readonly result: unknown };
  if (data.resultType === 'scalar') return [{ metric: {}, value: data.result as VectorRow['value'] }];
  return data.resultType === 'vector' ? (data.result as readonly VectorRow[]) : [];
}

/** @param range milliseconds since 1970 */
export async function labelValues(
  label: string,
  selector: string | undefined,
  range: { readonly from: number; readonly to: number },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const matched = selector === undefined ? [] : [['match[]', selector] as const];
  return (await ask(
    `label/${encodeURIComponent(label)}/values`,
    [...matched, ['start', seconds(range.from)], ['end', seconds(range.to)]],
    signal,
  )) as readonly string[];
}

/** Single observations; none where the server keeps none. @param range milliseconds since 1970 */
export async function queryExemplars(
  query: string,
  range: { readonly from: number; readonly to: number },
  signal: AbortSignal,
): Promise<readonly Exemplar[]> {
  try {
    const data = (await ask(
      'query_exemplars',
      [
        ['query', query],
        ['start', seconds(range.from)],
        ['end', seconds(range.to)],
      ],
      signal,
    )) as readonly { readonly exemplars: readonly Exemplar[] }[];
    return data.flatMap(({ exemplars }) => exemplars);
  } catch (error) {
    if (signal.aborted) throw error;
    return [];
  }
}
