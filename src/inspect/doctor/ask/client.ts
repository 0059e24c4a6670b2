import { credentialHeaders, type Credentials } from '../credentials.js';
import { titles, type Place } from '../places.js';
import { NoAnswer } from './no-answer.js';
import { exchange, type Answer } from './request.js';

/** How a question differs from a plain GET. */
export interface AskOptions {
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Milliseconds. */
  readonly patience?: number | undefined;
  /** Whether neither token nor certificate is shown. */
  readonly anonymous?: boolean | undefined;
}

/** Asks the parts, with what each needs to know of who asks. */
export class Client {
  readonly #credentials: Credentials;
  readonly #signal: AbortSignal | undefined;

  constructor(credentials: Credentials, signal?: AbortSignal) {
    this.#credentials = credentials;
    this.#signal = signal;
  }

  /**
   * Whatever the part says to a path below its address.
   * @throws NoAnswer where nothing comes in time
   */
  ask(place: Place, path: string, options: AskOptions = {}): Promise<Answer> {
    const { authority, certificate, key } = this.#credentials;
    const { anonymous = false, body } = options;
    const known = anonymous ? {} : credentialHeaders(place.name, this.#credentials, place.authorization);
    return exchange({
      who: `${titles[place.name]} at ${place.url}`,
      url: `${place.url}${path}`,
      method: options.method,
      headers: {
        ...known,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
      authority,
      ...(anonymous ? {} : { certificate, key }),
      patience: options.patience,
      signal: this.#signal,
    });
  }

  /**
   * What a part says with 2xx, as JSON.
   * @throws NoAnswer where it refuses, or what comes is no JSON
   */
  async json(place: Place, path: string, options: AskOptions = {}): Promise<unknown> {
    const answer = await this.ask(place, path, options);
    requireSuccess(place, path, answer);
    return jsonOf(place, path, answer);
  }
}

/** The path alone: a query may be long, and its values are nobody's business. */
function shown(path: string): string {
  return path.split('?', 1)[0] ?? path;
}

/** @throws NoAnswer for every status but 2xx, with the beginning of what was said */
export function requireSuccess(place: Place, path: string, { status, body }: Answer): void {
  if (status >= 200 && status < 300) return;
  const said = excerpt(body);
  const how = said === '' ? '' : `: ${said}`;
  throw new NoAnswer('status', `${titles[place.name]} answers ${shown(path)} with ${status}${how}`, status);
}

/** @throws NoAnswer */
export function jsonOf(place: Place, path: string, { status, body }: Answer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    const said = excerpt(body);
    throw new NoAnswer(
      'content',
      `${titles[place.name]} answers ${shown(path)} with what is no JSON${said === '' ? '' : `: ${said}`}`,
      status,
    );
  }
}

const longestExcerpt = 160;

/** The beginning of what was said, on one line, without anything that a terminal would obey. */
export function excerpt(body: Buffer): string {
  const plain = body
    .subarray(0, 4 * longestExcerpt)
    .toString('utf8')
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  return plain.length > longestExcerpt ? `${plain.slice(0, longestExcerpt)}…` : plain;
}
