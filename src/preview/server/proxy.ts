import { NoAnswer } from '../prometheus/ask.js';
import type { Data } from '../prometheus/data.js';
import { apiError, type Answer } from './answer.js';
import { apiRequest } from './parameters.js';

/** Answers a request for Prometheus's API, where it is one of those that are passed on. */
export async function proxyAnswer(
  data: Data,
  path: string,
  parameters: URLSearchParams,
  signal: AbortSignal,
): Promise<Answer> {
  const request = apiRequest(path, parameters);
  if (request === undefined)
    return apiError(404, 'not_found', 'the preview passes on queries and the values of labels alone');
  if (typeof request === 'string') return apiError(400, 'bad_data', request);
  try {
    const { status, body } = await data.ask(request.target, signal);
    return { status, type: 'application/json; charset=utf-8', body };
  } catch (error) {
    if (error instanceof NoAnswer)
      return apiError(error.kind === 'timeout' ? 504 : 502, error.kind, error.message);
    if (signal.aborted) return apiError(499, 'canceled', 'nobody waits for the answer');
    throw error;
  }
}
