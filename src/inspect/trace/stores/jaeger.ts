import type { Client } from '../../doctor/ask/client.js';
import { list, member } from '../../doctor/ask/json.js';
import type { Place } from '../../doctor/places.js';
import { documentsAt, type StoreQuestion } from './store.js';

/**
 * The documents of the traces that Jaeger finds. https://www.jaegertracing.io/docs/latest/architecture/apis/
 * @throws NoAnswer
 */
export async function fromJaeger(
  client: Client,
  place: Place,
  question: StoreQuestion,
): Promise<readonly unknown[]> {
  const { ids, service, limit, lookBack, now } = question;
  if (ids.length > 0) {
    const documents: unknown[] = [];
    for (const id of ids) documents.push(...(await traceById(client, place, id)));
    return documents;
  }
  const parameters = new URLSearchParams({
    service: service ?? '',
    limit: String(limit),
    start: String(Math.round((now - lookBack * 1000) * 1000)),
    end: String(Math.round(now * 1000)),
  });
  return (await documentsAt(client, place, `/api/traces?${parameters.toString()}`)) ?? [];
}

async function traceById(client: Client, place: Place, id: string): Promise<readonly unknown[]> {
  for (const path of ['/api/v3/traces/', '/api/traces/']) {
    const documents = await documentsAt(client, place, path + encodeURIComponent(id));
    if (documents?.some(hasSpans) === true) return documents;
  }
  return [];
}

function hasSpans(document: unknown): boolean {
  return (
    list(member(document, 'result', 'resourceSpans')).length > 0 || list(member(document, 'data')).length > 0
  );
}
