import type { LogEvent } from '../../model/model.js';
import { levelOf } from '../../runtime/security/severity.js';
import { failureOf } from './failures.js';
import { fieldValue, hexadecimal } from './field-values.js';
import type { SampleLine } from './found.js';
import { hashOf, randomFrom } from './noise.js';
import { logFilter } from './queries/logql.js';
import type { MadeUpTrace, Subject } from './trace-list.js';

/** Lines of events in the last hour, and those of security events in the rest of a day. */
const counts = { lastHour: 120, day: 40 } as const;
const hour = 3_600_000;
/** Failures that are logged where no span is declared whose failures these could be. */
const plainFailures = 12;

type LoggedEvent = Pick<LogEvent, 'name' | 'level' | 'message' | 'category' | 'fields'>;

/** How often an event is logged, next to others: what is serious is rare. */
function weightOf({ level }: LogEvent): number {
  return level === 'info' || level === 'debug' ? 5 : level === 'trace' ? 0 : 1;
}

/** Lines of security events, with the field that the runtime adds. */
function securityEvents({ model }: Subject): readonly LoggedEvent[] {
  return Object.entries(model.sections.security?.events ?? {}).map(([name, event]) => ({
    name,
    level: levelOf[event.severity],
    message: event.description ?? name,
    category: 'security',
    fields: Object.entries(event.fields ?? {}).map(([field, type]) => ({ name: field, type })),
  }));
}

/** Lines of one subject: each has a trace of its own unless it belongs to one. */
class Lines {
  readonly #subject: Subject;
  readonly #random: () => number;
  readonly #found: SampleLine[] = [];

  constructor(subject: Subject) {
    this.#subject = subject;
    this.#random = randomFrom(hashOf('log lines', subject.seed));
  }

  /** The latest first. */
  get latestFirst(): readonly SampleLine[] {
    return this.#found.toSorted((a, b) => b.time - a.time);
  }

  /** Lines of events, spread evenly over a period; every event is among them. @param period milliseconds before the end */
  events(
    chosen: readonly { readonly event: LoggedEvent; readonly weight: number }[],
    count: number,
    period: number,
  ): void {
    const weighted = chosen.flatMap(({ event, weight }) => Array.from({ length: weight }, () => event));
    for (let index = 0; index < count; index += 1) {
      const event = chosen[index]?.event ?? weighted[Math.floor(this.#random() * weighted.length)];
      if (event === undefined) return;
      // Neighbours in the list are not neighbours in time: 61 and the counts have no common divisor.
      this.#event(event, (((index * 61) % count) + this.#random()) * (period / count));
    }
  }

  /** What `log.error` writes where a span fails. */
  failures(traces: readonly MadeUpTrace[]): void {
    for (const { name, start, duration, traceId, failure } of traces) {
      if (failure === undefined) continue;
      const last = this.#subject.end * 1000;
      this.#add(Math.min(last, start + duration), 'error', traceId, {
        message: `${name} failed`,
        'exception.type': failure.type,
        'exception.message': failure.message,
      });
    }
  }

  /** Failures of a service that says nothing of its spans. */
  plainFailures(): void {
    for (let index = 0; index < plainFailures; index += 1) {
      const { type, message } = failureOf('', this.#random);
      const age = ((index + this.#random()) * hour) / plainFailures;
      this.#add(this.#subject.end * 1000 - age, 'error', hexadecimal(this.#random, 32), {
        message: 'a request failed',
        'exception.type': type,
        'exception.message': message,
      });
    }
  }

  #event({ name, level, message, category, fields }: LoggedEvent, age: number): void {
    const severity = this.#subject.model.sections.security?.events?.[name]?.severity;
    const said: Record<string, unknown> = {
      event: name,
      ...(category === undefined ? {} : { category }),
      message,
    };
    for (const field of fields) said[field.name] = fieldValue(field, this.#random);
    if (category === 'security' && severity !== undefined) said['severity'] = severity;
    const traceId = hexadecimal(this.#random, 32);
    this.#add(this.#subject.end * 1000 - age, level, traceId, said);
  }

  #add(time: number, level: string, traceId: string, said: Readonly<Record<string, unknown>>): void {
    this.#found.push({
      time: Math.round(time),
      level,
      fields: {
        service: this.#subject.model.service.name,
        ...said,
        trace_id: traceId,
        span_id: hexadecimal(this.#random, 16),
      },
    });
  }
}

/**
 * Made-up lines, the latest first: of the events that a spec declares, every one among them, of its security events, and of what failed.
 * @param filter LogQL
 */
export function logLines(
  subject: Subject,
  traces: readonly MadeUpTrace[],
  filter?: string,
): readonly SampleLine[] {
  const lines = new Lines(subject);
  const logged = [...subject.model.logs.events.values()]
    .map((event) => ({ event, weight: weightOf(event) }))
    .filter(({ weight }) => weight > 0);
  const security = securityEvents(subject).map((event) => ({ event, weight: 1 }));
  lines.events([...logged, ...security], counts.lastHour, hour);
  lines.events(security, counts.day, 24 * hour);
  if (traces.length > 0) lines.failures(traces);
  else lines.plainFailures();
  const found = lines.latestFirst;
  return filter === undefined || filter === '' ? found : found.filter(logFilter(filter));
}
