import { until } from '../ask/until.js';
import { defineCheck, type Context } from '../check.js';
import type { Journey } from '../journey.js';
import { linesOf, streamsOf, withId } from '../loki.js';
import { failed, notAsked, ok, warning, type Outcome } from '../verdict.js';

const hour = 3_600_000;

async function hasLine(context: Context, { sentAt }: Journey, queries: readonly string[]): Promise<boolean> {
  for (const logQl of queries) if ((await linesOf(context, logQl, sentAt)) > 0) return true;
  return false;
}

async function run(context: Context): Promise<Outcome> {
  const { name } = context.model.service;
  const journey = await context.journey();
  const byCorrelation = withId(name, 'correlation_id', journey.correlationId);
  const byTrace = withId(name, 'trace_id', journey.traceId);
  const look = async (): Promise<true | undefined> =>
    (await hasLine(context, journey, byCorrelation)) ? true : undefined;
  const found = (await until(context.wait, look, context.signal)) ?? false;
  const traced = await hasLine(context, journey, byTrace);
  const asked = `${journey.request} (status ${journey.status})`;
  if (found && traced) return ok(`${asked}: its lines are found by correlation id and by trace id`);
  if (found)
    return warning(
      `${asked}: its lines are found by correlation id, and not by trace id`,
      'the trace and the lines cannot be reached from each other: start the telemetry of the service before its server, and keep health checks out of this',
    );
  if (traced)
    return failed(
      `${asked}: its lines are found by trace id, and not by correlation id`,
      'let the middleware of the helpers run around the handler, so that lines have `correlation_id`',
    );
  return nothing(context, journey, asked);
}

async function nothing(context: Context, journey: Journey, asked: string): Promise<Outcome> {
  const probe = await context.outcome('log.probe');
  if (probe.verdict === 'failed')
    return notAsked('because a log record sent straight to the Collector does not arrive either');
  const { name } = context.model.service;
  const others = await linesOf(context, streamsOf(name), context.now() - hour);
  if (others > 0 && !journey.named)
    return warning(
      `${asked}: no line of it in Loki, which has other lines of the service`,
      'health checks are often not logged: name a request that is, with --request METHOD PATH',
    );
  if (others > 0)
    return failed(
      `${asked}: no line of it in Loki after ${context.wait} s, and there are other lines of the service`,
      'look whether the request writes a line at `logs.level`, and name another one with --request METHOD PATH',
    );
  return failed(
    `Loki has no line of ${name} of the last hour`,
    'the half from the service to the Collector is broken: bring `otlp` to `logs.outputs`, or name its files in `stack.collector.logFiles`',
  );
}

export const logServiceCheck = defineCheck({
  id: 'log.service',
  question: 'Is the log line of a request in Loki, by correlation id and by trace id?',
  needs: ['service', 'loki'],
  run,
});
