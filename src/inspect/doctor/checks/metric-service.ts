import { list, member, text } from '../ask/json.js';
import { until } from '../ask/until.js';
import { defineCheck, type Context } from '../check.js';
import type { Journey } from '../journey.js';
import { mootWithoutPrometheus, ofService, prometheusData, query } from '../prometheus.js';
import { countedRequests, requestCounter } from '../send-journey.js';
import { counted, failed, ok, warning, type Outcome } from '../verdict.js';

/** Intervals in which a scrape has to come. */
const intervals = 2;

/** Seconds since 1970, on Prometheus's clock, of the latest scrape of the service that went well. */
async function lastScrape(context: Context): Promise<number | undefined> {
  const up = ofService(context, 'up');
  // Of anything but a selector it would be the time of the query.
  return (await query(context, `max(timestamp(${up}) and ${up} == 1)`))[0]?.value;
}

/** Whether all scrapes fail; where there was none yet, one may come. */
async function isDown(context: Context): Promise<boolean> {
  const up = (await query(context, `max(${ofService(context, 'up')})`))[0]?.value;
  return up === 0;
}

function noScrape(context: Context): Outcome {
  return failed(
    `Prometheus has no good scrape of the service: ${ofService(context, 'up')} is not 1`,
    '`scrape.targets` says why; where it is fine, `service.selector` does not name the labels that the scrape sets',
  );
}

async function run(context: Context): Promise<Outcome> {
  const interval = context.model.target.prometheus.scrapeInterval.seconds;
  const wait = Math.max(context.wait, intervals * interval);
  if (await isDown(context)) return noScrape(context);
  const journey = await context.journey();
  // A scrape before this moment may have come before the request.
  const answered = (await query(context, 'time()'))[0]?.value ?? 0;
  const moved = await until(
    wait,
    async () => {
      const at = await lastScrape(context);
      return at !== undefined && at > answered ? at : undefined;
    },
    context.signal,
  );
  if (moved === undefined && (await lastScrape(context)) === undefined) return noScrape(context);
  if (moved === undefined)
    return failed(
      `no scrape of the service in ${wait} s, and every ${interval} s is asked for`,
      'look whether Prometheus is overloaded: `scrape.targets` has the time that a scrape takes',
    );
  const [own, after] = await Promise.all([ownMetrics(context), countedRequests(context)]);
  if (own === 0)
    return failed(
      'the page that Prometheus scrapes has no obsgen_ metrics',
      'let it be the page of the helpers: telemetry.metricsHandler(), not that of prom-client alone',
    );
  return judged(journey, own, after);
}

/** How many metrics the page has that the helpers count of themselves: they stand there also while there is nothing to count. Undefined where nobody tells. */
async function ownMetrics(context: Context): Promise<number | undefined> {
  // What only speaks Prometheus's language scrapes nothing.
  if (mootWithoutPrometheus(context) !== undefined) return undefined;
  const parameters = new URLSearchParams({ match_target: ofService(context, '') });
  const data = await prometheusData(context, `/api/v1/targets/metadata?${parameters.toString()}`);
  return new Set(
    list(data)
      .map((each) => text(member(each, 'metric')))
      .filter((name) => name.startsWith('obsgen_')),
  ).size;
}

function judged(
  { request, named, countedBefore }: Journey,
  own: number | undefined,
  after: number | undefined,
): Outcome {
  const helpers = own === undefined ? '' : `, with ${counted(own, 'metric')} of the helpers themselves`;
  const base = `scraped after ${request}${helpers}`;
  // A service that has not answered a request yet has no series of it.
  if (after !== undefined && after > (countedBefore ?? 0))
    return ok(`${base}; ${requestCounter} went from ${countedBefore ?? 0} to ${after}`);
  if (!named || after === undefined) return ok(base);
  return warning(
    `${base}; ${requestCounter} has stayed at ${after}`,
    'name a request that goes through the middleware of the helpers, with --request METHOD PATH; scrapes and health checks do not',
  );
}

export const metricServiceCheck = defineCheck({
  id: 'metric.service',
  question: "Do the service's counters move through the scrape?",
  needs: ['service', 'prometheus'],
  run,
});
