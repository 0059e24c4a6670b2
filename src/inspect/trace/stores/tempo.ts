import type { Client } from '../../doctor/ask/client.js';
import { list, member, text } from '../../doctor/ask/json.js';
import type { Place } from '../../doctor/places.js';
import { documentsAt, type StoreQuestion } from './store.js';

/** Traces that are fetched side by side. */
const atOnce = 4;

/** A text as a string of TraceQL. */
function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, (char) => `\\${char}`)}"`;
}

/**
 * The documents of the traces that Tempo finds. https://grafana.com/docs/tempo/latest/api_docs/
 * @throws NoAnswer
 */
export async function fromTempo(
  client: Client,
  place: Place,
  question: StoreQuestion,
): Promise<readonly unknown[]> {
  const ids = question.ids.length > 0 ? question.ids : await found(client, place, question);
  const documents: unknown[] = [];
  for (let from = 0; from < ids.length; from += atOnce) {
    const part = await Promise.all(ids.slice(from, from + atOnce).map((id) => traceById(client, place, id)));
    documents.push(...part.flat());
  }
  return documents;
}

async function traceById(client: Client, place: Place, id: string): Promise<readonly unknown[]> {
  // Newer and older form; Tempo before 2.7 does not have the first.
  for (const path of ['/api/v2/traces/', '/api/traces/']) {
    const documents = await documentsAt(client, place, path + encodeURIComponent(id));
    if (documents?.some(hasSpans) === true) return documents;
  }
  return [];
}

function hasSpans(document: unknown): boolean {
  return [
    member(document, 'trace', 'resourceSpans'),
    member(document, 'trace', 'batches'),
    member(document, 'batches'),
    member(document, 'resourceSpans'),
  ].some((each) => list(each).length > 0);
}

async function found(
  client: Client,
  place: Place,
  { query, service, limit, lookBack, now }: StoreQuestion,
): Promise<readonly string[]> {
  const end = Math.ceil(now / 1000);
  const parameters = new URLSearchParams({
    q: query ?? (service === undefined ? '{}' : `{ resource.service.name = ${quoted(service)} }`),
    limit: String(limit),
    start: String(end - lookBack),
    end: String(end),
  });
  const documents = (await documentsAt(client, place, `/api/search?${parameters.toString()}`)) ?? [];
  return documents
    .flatMap((document) => list(member(document, 'traces')))
    .map((each) => text(member(each, 'traceID')))
    .filter((id) => id !== '')
    .slice(0, limit);
}
