import { excerpt, type Client } from '../../doctor/ask/client.js';
import { NoAnswer } from '../../doctor/ask/no-answer.js';
import { titles, type Place } from '../../doctor/places.js';

/** What is asked of a trace store. */
export interface StoreQuestion {
  /** Traces by their ids; then nothing is searched. */
  readonly ids: readonly string[];
  /** TraceQL; only Tempo knows it. */
  readonly query: string | undefined;
  readonly service: string | undefined;
  /** Traces at most. */
  readonly limit: number;
  /** Seconds to look back. */
  readonly lookBack: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Milliseconds that a search, or a large trace, may take. */
const patience = 30_000;

/**
 * What a store says to a path, as JSON documents: one, or one on each line.
 * @returns undefined where it knows no such trace, or no such path: it says the same of both
 * @throws NoAnswer
 */
export async function documentsAt(
  client: Client,
  place: Place,
  path: string,
): Promise<readonly unknown[] | undefined> {
  const { status, body } = await client.ask(place, path, { patience });
  if (status === 404) return undefined;
  const shown = path.split('?', 1)[0] ?? path;
  if (status < 200 || status >= 300)
    throw new NoAnswer(
      'status',
      `${titles[place.name]} answers ${shown} with ${status}: ${excerpt(body)}`,
      status,
    );
  const text = body.toString('utf8');
  const whole = parsed(text);
  if (whole !== undefined) return [whole.value];
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parsed);
  if (lines.length > 0 && lines.every((line) => line !== undefined)) return lines.map(({ value }) => value);
  throw new NoAnswer(
    'content',
    `${titles[place.name]} answers ${shown} with what is no JSON: ${excerpt(body)}`,
    status,
  );
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
