import { excerpt } from './ask/client.js';
import { list, member, text } from './ask/json.js';
import { NoAnswer } from './ask/no-answer.js';
import { until } from './ask/until.js';
import type { Context } from './check.js';

/** A span as a store tells of it. */
export interface StoredSpan {
  readonly name: string;
  readonly service: string;
}

/** Which trace store the stack has. */
export function traceStore(context: Context): 'tempo' | 'jaeger' {
  return context.place('tempo') === undefined ? 'jaeger' : 'tempo';
}

/** How a store is called in a sentence. */
export function storeTitle(context: Context): string {
  return traceStore(context) === 'tempo' ? 'Tempo' : 'Jaeger';
}

/** Addresses of one trace, the newer form first. https://grafana.com/docs/tempo/latest/api_docs/#query, https://www.jaegertracing.io/docs/latest/apis/ */
const paths = {
  tempo: ['/api/v2/traces/', '/api/traces/'],
  jaeger: ['/api/v3/traces/', '/api/traces/'],
} as const;

/** OTLP's form: resources with an attribute `service.name`, and spans below them. */
function ofOtlp(resourceSpans: unknown): readonly StoredSpan[] {
  return list(resourceSpans).flatMap((each) => {
    const name = list(member(each, 'resource', 'attributes')).find(
      (attribute) => member(attribute, 'key') === 'service.name',
    );
    const service = text(member(name, 'value', 'stringValue'));
    // Stores of before OTLP 0.15 have another name for scopes.
    const scopes = list(member(each, 'scopeSpans') ?? member(each, 'instrumentationLibrarySpans'));
    return scopes.flatMap((scope) =>
      list(member(scope, 'spans')).map((span) => ({ name: text(member(span, 'name')), service })),
    );
  });
}

/** The form of Jaeger's own page: spans that name a process. */
function ofJaeger(data: unknown): readonly StoredSpan[] {
  return list(data).flatMap((trace) =>
    list(member(trace, 'spans')).map((span) => ({
      name: text(member(span, 'operationName')),
      service: text(member(trace, 'processes', text(member(span, 'processID')), 'serviceName')),
    })),
  );
}

/** The spans of any answer of the two stores; exported for its tests. */
export function spansOf(answer: unknown): readonly StoredSpan[] {
  const otlp =
    member(answer, 'trace', 'resourceSpans') ??
    member(answer, 'trace', 'batches') ??
    member(answer, 'batches') ??
    member(answer, 'resourceSpans') ??
    member(answer, 'result', 'resourceSpans');
  return otlp === undefined ? ofJaeger(member(answer, 'data')) : ofOtlp(otlp);
}

/**
 * The spans of a trace, as far as they have arrived; none where the store does not know it yet.
 * @throws NoAnswer
 */
export async function storedSpans(context: Context, traceId: string): Promise<readonly StoredSpan[]> {
  const store = traceStore(context);
  for (const path of paths[store]) {
    const { status, body } = await context.ask(store, `${path}${traceId}`);
    // Of an address that it does not have it says the same as of a trace that it does not have.
    if (status === 404) continue;
    if (status < 200 || status >= 300)
      throw new NoAnswer(
        'status',
        `${storeTitle(context)} answers ${path}… with ${status}: ${excerpt(body)}`,
        status,
      );
    const spans = spansOf(parsed(context, body));
    if (spans.length > 0) return spans;
  }
  return [];
}

/** Jaeger streams several objects, one a line, where a trace is large: the first holds spans enough. */
function parsed(context: Context, body: Buffer): unknown {
  const whole = body.toString('utf8');
  for (const candidate of [whole, whole.split('\n', 1)[0] ?? '']) {
    try {
      return JSON.parse(candidate) as unknown;
    } catch {
      continue;
    }
  }
  throw new NoAnswer('content', `${storeTitle(context)} answers with what is no JSON: ${excerpt(body)}`);
}

/** Seconds until a trace has to be there: the Collector decides on it only when its time is over. */
export function traceWait({ wait, stack }: Context): number {
  return wait + (stack?.tail?.wait.seconds ?? 0);
}

/**
 * Waits until a trace is there.
 * @param isEnough whether what is there already is what is waited for
 * @returns what is there at the end
 * @throws NoAnswer
 */
export async function arrivedSpans(
  context: Context,
  traceId: string,
  isEnough: (spans: readonly StoredSpan[]) => boolean,
): Promise<readonly StoredSpan[]> {
  let last: readonly StoredSpan[] = [];
  await until(
    traceWait(context),
    async () => {
      last = await storedSpans(context, traceId);
      return isEnough(last) ? last : undefined;
    },
    context.signal,
  );
  return last;
}
