import { randomUUID } from 'node:crypto';
import type { Model } from '../../model/model.js';
import { NoAnswer } from './ask/no-answer.js';
import type { Context } from './check.js';
import { journeyHeaders, newTraceId, type Journey, type ServiceRequest } from './journey.js';
import { ofService, query } from './prometheus.js';

/** Counts every request that the middleware of the helpers sees. */
export const requestCounter = 'http_server_requests_total';

/**
 * What Prometheus has counted of the service's requests; undefined where the spec does not count them, or there was none yet.
 * @throws NoAnswer
 */
export async function countedRequests(context: Context): Promise<number | undefined> {
  if (!context.model.metrics.has(requestCounter)) return undefined;
  return (await query(context, `sum(${ofService(context, requestCounter)})`))[0]?.value;
}

/** The header that the service takes the id of a request from. */
function correlationHeader({ sections: { correlation } }: Model): string {
  return correlation?.accept?.[0] ?? correlation?.header ?? 'x-correlation-id';
}

/** Whatever Prometheus does, the request is sent: others want to know of it, too. */
async function countedBefore(context: Context): Promise<number | undefined> {
  if (!(await context.isUp('prometheus'))) return undefined;
  return countedRequests(context).catch((error: unknown) => {
    if (error instanceof NoAnswer) return undefined;
    throw error;
  });
}

/**
 * Sends the request that is followed through the stack.
 * @throws NoAnswer where the service does not answer it
 */
export async function sendJourney(context: Context, request: ServiceRequest): Promise<Journey> {
  const { method, path, body, named } = request;
  const [traceId, correlationId] = [newTraceId(), `obs-gen-doctor-${randomUUID()}`];
  const before = await countedBefore(context);
  const sentAt = context.now();
  const { status } = await context.ask('service', path, {
    method,
    headers: {
      accept: '*/*',
      ...journeyHeaders(traceId, correlationId, correlationHeader(context.model)),
    },
    body,
  });
  return {
    request: `${method} ${path}`,
    ...{ named, traceId, correlationId, sentAt, status, countedBefore: before },
  };
}
