import { list, member, text } from '../ask/json.js';
import { defineCheck, type Context } from '../check.js';
import { ofService, prometheusData, query } from '../prometheus.js';
import { storedSpans, storeTitle } from '../traces.js';
import { counted, failed, ok, warning, type Outcome } from '../verdict.js';

/** Seconds that are looked back: exemplars are kept in a ring that new ones push old ones out of. */
const lookback = 3600;
/** Traces that are asked for, newest first. */
const mostTraces = 5;

/** Histograms whose observations carry the id of their trace. */
function histograms({ model }: Context): readonly string[] {
  return [...model.metrics.values()]
    .filter(({ type, exemplars }) => type === 'histogram' && exemplars)
    .map(({ name }) => name);
}

interface Exemplar {
  readonly metric: string;
  readonly traceId: string;
  /** Seconds since 1970. */
  readonly at: number;
}

/** https://prometheus.io/docs/prometheus/latest/querying/api/#querying-exemplars */
async function exemplarsOf(context: Context, metric: string): Promise<readonly Exemplar[]> {
  const now = context.now() / 1000;
  const parameters = new URLSearchParams({
    query: ofService(context, `${metric}_bucket`),
    start: (now - lookback).toFixed(3),
    end: (now + 60).toFixed(3),
  });
  const data = await prometheusData(context, `/api/v1/query_exemplars?${parameters.toString()}`);
  return list(data).flatMap((series) =>
    list(member(series, 'exemplars')).map((each) => ({
      metric,
      traceId: text(member(each, 'labels', 'trace_id')),
      at: Number(member(each, 'timestamp') ?? 0),
    })),
  );
}

/** Whether anything was observed that could have left one. */
async function hasObservations(context: Context, names: readonly string[]): Promise<boolean> {
  const metrics = names.map((name) => `${name}_count`).join('|');
  const selector = ofService(context, '').replace('{', `{__name__=~"${metrics}",`);
  return ((await query(context, `sum(increase(${selector}[1h]))`))[0]?.value ?? 0) > 0;
}

async function without(context: Context, names: readonly string[]): Promise<Outcome> {
  const flags = await prometheusData(context, '/api/v1/status/flags');
  const features = text(member(flags, 'enable-feature'));
  // Flags that are not told, as Mimir's, say nothing.
  if (
    flags !== undefined &&
    Object.hasOwn(flags as object, 'enable-feature') &&
    !features.includes('exemplar-storage')
  )
    return failed(
      'Prometheus keeps no exemplars',
      'start it with --enable-feature=exemplar-storage, as the stack does',
    );
  const seen = `no exemplar of ${counted(names.length, 'histogram')} in the last hour`;
  return (await hasObservations(context, names))
    ? warning(
        `${seen}, and there were observations`,
        'let the service trace what it measures, and let Prometheus ask for OpenMetrics (it does, unless `scrape_protocols` says otherwise)',
      )
    : warning(`${seen}: nothing was observed`, 'send the service a request that is measured, and ask again');
}

async function run(context: Context): Promise<Outcome> {
  const names = histograms(context);
  const found = (await Promise.all(names.map((name) => exemplarsOf(context, name)))).flat();
  const newest = found.filter(({ traceId }) => traceId !== '').toSorted((one, other) => other.at - one.at);
  const [first] = newest;
  if (first === undefined)
    return found.length === 0
      ? without(context, names)
      : failed(
          `${counted(found.length, 'exemplar')}, and none has a trace_id`,
          'let the histograms be recorded by the helpers inside of a span',
        );
  const ids = [...new Set(newest.map(({ traceId }) => traceId))].slice(0, mostTraces);
  const stored = await Promise.all(ids.map((id) => storedSpans(context, id)));
  const store = storeTitle(context);
  const hits = stored.filter((spans) => spans.length > 0).length;
  const seen = `${hits} of the ${counted(ids.length, 'newest trace')} that exemplars name are in ${store}`;
  if (hits === ids.length) return ok(`${seen} (${first.metric})`);
  const drops = (context.stack?.tail?.rest ?? 1) < 1;
  const ids0 = ids.filter((_, index) => stored[index]?.length === 0).map((id) => `not in ${store}: ${id}`);
  if (hits > 0 || drops)
    return drops
      ? ok(`${seen}; tail sampling keeps a part of the traces`, ids0)
      : warning(`${seen} (${first.metric})`, 'ask again in a minute: the newest may be on their way', ids0);
  return failed(
    `${seen} (${first.metric})`,
    `look at \`trace.probe\` and \`trace.service\`, and whether ${store} keeps traces as long as Prometheus keeps exemplars`,
    ids0,
  );
}

export const exemplarsCheck = defineCheck({
  id: 'exemplar.chain',
  question: 'Does an exemplar of a histogram lead to a trace that is there?',
  needs: ['prometheus'],
  needsOneOf: ['tempo', 'jaeger'],
  moot: (context) =>
    histograms(context).length === 0 ? 'the spec has no histogram with exemplars' : undefined,
  run,
});
