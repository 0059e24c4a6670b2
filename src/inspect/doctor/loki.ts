import { quoteString } from '../../promql/strings.js';
import { list, member } from './ask/json.js';
import type { Context } from './check.js';

/** How far back a line may stand, in milliseconds: clocks differ. */
const leeway = 60_000;

/**
 * How many lines match a query of LogQL.
 * @param since milliseconds since 1970
 * @throws NoAnswer
 */
export async function linesOf(context: Context, logQl: string, since: number): Promise<number> {
  const nanoseconds = (milliseconds: number): string => `${Math.round(milliseconds)}000000`;
  const parameters = new URLSearchParams({
    query: logQl,
    start: nanoseconds(since - leeway),
    end: nanoseconds(context.now() + leeway),
    limit: '10',
  });
  const answer = await context.json('loki', `/loki/api/v1/query_range?${parameters.toString()}`);
  return list(member(answer, 'data', 'result'))
    .map((stream) => list(member(stream, 'values')).length)
    .reduce((sum, lines) => sum + lines, 0);
}

/** The label that Loki makes of `service.name`: https://grafana.com/docs/loki/latest/send-data/otel/ */
export function streamsOf(service: string): string {
  return `{service_name=${quoteString(service)}}`;
}

/** Lines with an id, be it structured metadata, where the record came over OTLP, or in the text of the line. */
export function withId(service: string, key: string, id: string): readonly string[] {
  const streams = streamsOf(service);
  return [`${streams} | ${key}=${quoteString(id)}`, `${streams} |= ${quoteString(id)}`];
}
