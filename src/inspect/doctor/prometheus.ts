import { serviceJob } from '../../emit/stack/scrape.js';
import { quoteString } from '../../promql/strings.js';
import { member, list, number, text, texts } from './ask/json.js';
import { NoAnswer } from './ask/no-answer.js';
import type { Context } from './check.js';

/** One row of an instant query. */
export interface Sample {
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
  /** Seconds since 1970 on Prometheus's clock. */
  readonly at: number;
}

/**
 * The `data` of an answer of Prometheus's API.
 * @throws NoAnswer
 */
export async function prometheusData(context: Context, path: string): Promise<unknown> {
  const answer = await context.json('prometheus', path);
  if (member(answer, 'status') !== 'success')
    throw new NoAnswer(
      'content',
      `Prometheus does not answer ${path.split('?', 1)[0] ?? path} as Prometheus does`,
    );
  return member(answer, 'data');
}

/**
 * Asks Prometheus for an expression, now.
 * @throws NoAnswer
 */
export async function query(context: Context, expr: string): Promise<readonly Sample[]> {
  const data = await prometheusData(context, `/api/v1/query?query=${encodeURIComponent(expr)}`);
  const result = member(data, 'result');
  if (member(data, 'resultType') === 'scalar') {
    const [at, value] = list(result);
    return [{ labels: new Map(), at: number(at) ?? 0, value: numberOf(value) }];
  }
  return list(result).map((row) => {
    const [at, value] = list(member(row, 'value'));
    return { labels: texts(member(row, 'metric')), at: number(at) ?? 0, value: numberOf(value) };
  });
}

/** Prometheus writes NaN and the infinities as texts. */
function numberOf(value: unknown): number {
  const said = text(value);
  if (said === '+Inf') return Infinity;
  return said === '-Inf' ? -Infinity : Number(said);
}

/** The labels that the scrape gives this service's series. */
export function serviceLabels({ model }: Context): ReadonlyMap<string, string> {
  const { selector } = model.service;
  return selector.size > 0 ? selector : new Map([['job', serviceJob(model)]]);
}

/** A selector of the service's series: `up{job="agent"}`. */
export function ofService(context: Context, metric: string): string {
  const matchers = [...serviceLabels(context)].map(([name, value]) => `${name}=${quoteString(value)}`);
  return `${metric}{${matchers.join(',')}}`;
}

/** Milliseconds since 1970, when Prometheus has loaded its configuration; 0 where it does not tell. */
export async function configLoadedAt(context: Context): Promise<number> {
  try {
    const info = await prometheusData(context, '/api/v1/status/runtimeinfo');
    return Date.parse(text(member(info, 'lastConfigTime'))) || 0;
  } catch (error) {
    if (error instanceof NoAnswer) return 0;
    throw error;
  }
}

/** Milliseconds in which what a configuration names is found: targets, and Alertmanagers. */
const discovery = 30_000;

/** Whether what Prometheus does not know yet may still be found. */
export async function isDiscovering(context: Context): Promise<boolean> {
  return context.now() - (await configLoadedAt(context)) < discovery;
}

/** Why a question to the server itself does not arise: what only speaks Prometheus's language scrapes nothing, and has other flags. */
export function mootWithoutPrometheus({ model }: Context): string | undefined {
  const { dialect } = model.target.prometheus;
  return dialect === 'prometheus' ? undefined : `the metric store is no Prometheus (${dialect})`;
}
