import { list, member, text } from '../../doctor/ask/json.js';
import type { Attributes, AttributeValue, NoteKind, TraceNote, TraceSpan } from '../span.js';

/** More spans than can be worked on at once. */
export class TooManySpans extends Error {
  readonly limit: number;

  constructor(limit: number) {
    super(`more than ${limit} spans`);
    this.limit = limit;
  }
}

const sentences: Readonly<Partial<Record<NoteKind, (count: number) => string>>> = {
  'unreadable-lines': (count) =>
    `${counted(count, 'line')} could not be read as JSON, and ${were(count)} left out`,
  'odd-ids': (count) =>
    `${counted(count, 'id')} ${count === 1 ? 'is' : 'are'} neither hexadecimal nor base64 of the right length; taken as written`,
  'no-id': (count) =>
    `${counted(count, 'span')} had no id; no other span can be below ${count === 1 ? 'it' : 'them'}`,
  'no-times': (count) => `${counted(count, 'span')} had no start, and ${were(count)} left out`,
  unfinished: (count) => `${counted(count, 'span')} had no end; taken as ended at the start`,
};

export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

function were(count: number): string {
  return count === 1 ? 'was' : 'were';
}

/** Collects spans of several documents on one scale of time, and what was odd about them. */
export class Intake {
  readonly spans: TraceSpan[] = [];
  readonly #limit: number;
  readonly #noted = new Map<NoteKind, number>();
  #origin: bigint | undefined;

  /** @param limit spans that are taken in at most */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @throws TooManySpans */
  add(span: TraceSpan): void {
    if (this.spans.length >= this.#limit) throw new TooManySpans(this.#limit);
    this.spans.push(span);
  }

  note(kind: NoteKind): void {
    this.#noted.set(kind, (this.#noted.get(kind) ?? 0) + 1);
  }

  get notes(): readonly TraceNote[] {
    return [...this.#noted].map(([kind, count]) => ({
      kind,
      count,
      text: sentences[kind]?.(count) ?? `${kind}: ${count}`,
    }));
  }

  /**
   * Nanoseconds since the first time that was read.
   * @param value nanoseconds since 1970 as a text or a number; 0 is what protobuf has where nothing was set
   * @returns undefined where it is no time
   */
  nanoseconds(value: unknown): number | undefined {
    const read = integerOf(value);
    if (read === undefined || read <= 0n) return undefined;
    this.#origin ??= read;
    return Number(read - this.#origin);
  }

  /** Milliseconds since 1970 of a time on this scale; undefined before any was read. */
  dateOf(time: number): number | undefined {
    return this.#origin === undefined ? undefined : Number(this.#origin / 1000n) / 1000 + time / 1e6;
  }

  /**
   * An id as lower-case hexadecimal digits. OTLP in JSON has these, protobuf's own mapping to JSON, which Tempo uses, has base64.
   * @param bytes 16 for traces, 8 for spans
   * @returns undefined for none: an empty one, or zeros alone
   */
  id(value: unknown, bytes: 8 | 16): string | undefined {
    const given = text(value);
    if (given === '' || /^0+$/.test(given)) return undefined;
    if (given.length === 2 * bytes && /^[0-9a-f]+$/i.test(given)) return given.toLowerCase();
    if (given.length === (bytes === 8 ? 12 : 24) && /^[\w+/-]+=*$/.test(given)) {
      const hex = Buffer.from(given, 'base64').toString('hex');
      if (hex.length === 2 * bytes) return /^0+$/.test(hex) ? undefined : hex;
    }
    // Jaeger drops leading zeros.
    if (given.length < 2 * bytes && /^[0-9a-f]+$/.test(given)) return given.padStart(2 * bytes, '0');
    this.note('odd-ids');
    return given.slice(0, longestId);
  }
}

const longestId = 64;

function integerOf(value: unknown): bigint | undefined {
  if (typeof value === 'string') return /^\d{1,20}$/.test(value) ? BigInt(value) : undefined;
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 1e20
    ? BigInt(Math.round(value))
    : undefined;
}

/** The value of one attribute of OTLP. */
export function anyValue(value: unknown): AttributeValue | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { stringValue, boolValue, intValue, doubleValue, arrayValue } = value as Readonly<
    Record<string, unknown>
  >;
  if (typeof stringValue === 'string') return stringValue;
  if (typeof boolValue === 'boolean') return boolValue;
  if (intValue !== undefined) return finite(intValue);
  if (doubleValue !== undefined) return finite(doubleValue);
  if (arrayValue !== undefined) {
    const values = list(member(arrayValue, 'values')).map(anyValue);
    if (
      values.every(
        (each): each is string | number | boolean => each !== undefined && typeof each !== 'object',
      )
    )
      return values;
  }
  return jsonText(value);
}

function finite(value: unknown): number | undefined {
  const read = typeof value === 'string' || typeof value === 'number' ? Number(value) : NaN;
  return Number.isFinite(read) ? read : undefined;
}

/** What is nested too deeply to be written has no text. */
function jsonText(value: object): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** Attributes of OTLP: a list of keys and values; the first of two with one key counts. */
export function otlpAttributes(value: unknown): Attributes {
  const found = new Map<string, AttributeValue>();
  for (const each of list(value)) {
    const key = text(member(each, 'key'));
    const read = anyValue(member(each, 'value'));
    if (read !== undefined && !found.has(key)) found.set(key, read);
  }
  return found;
}

const unknownService = 'unknown';

/** Whose spans they are, and which of them share a clock. */
export function originOf(resource: Attributes): { readonly service: string; readonly process: string } {
  const said = (key: string): string => {
    const value = resource.get(key);
    return value === undefined ? '' : String(value);
  };
  const service = said('service.name') || unknownService;
  return { service, process: [service, said('service.instance.id'), said('host.name')].join('\u0000') };
}
