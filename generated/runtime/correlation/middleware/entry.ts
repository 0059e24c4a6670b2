// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { context, isSpanContextValid, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { Context, SpanContext } from '@opentelemetry/api';
import { parseBaggage } from '../baggage.js';
import type { Baggage } from '../baggage.js';
import type { Definition } from '../definition.js';
import { acceptedId } from '../id.js';
import { parseTraceContext } from '../trace-context.js';

/** What a request brings with it. */
export interface Entry {
  /** An id that the caller gave it. */
  readonly id: string | undefined;
  readonly baggage: Baggage;
  /** The context that its span stands in. */
  readonly parent: Context;
  /** The caller's span. */
  readonly remote: SpanContext | undefined;
}

/** Reads a header by its name in lower case. */
export type HeaderReader = (name: string) => string | undefined;

/** Under this key the HTTP instrumentation of OpenTelemetry leaves the span that it has opened for a request. */
const instrumented = Symbol.for('OpenTelemetry SDK Context Key RPC_METADATA');

/**
 * Reads the headers of a request, which anybody may have written. What is active when it arrives is the place where the server was started,
 * and not its parent, unless an instrumentation has opened a span for it.
 */
export function readEntry(
  definition: Definition,
  header: HeaderReader,
  names: () => readonly string[],
): Entry {
  const id = firstId(definition, header);
  const baggage = parseBaggage(header('baggage'), definition.baggage);
  const active = context.active();
  if (active.getValue(instrumented) !== undefined) {
    return { id, baggage, parent: active, remote: trace.getSpanContext(active) };
  }
  const extracted = extract(header, names);
  const span = trace.getSpanContext(extracted);
  if (span !== undefined && isSpanContextValid(span)) return { id, baggage, parent: extracted, remote: span };
  // Where no SDK is there, nobody has registered a propagator.
  const remote = parseTraceContext(header('traceparent'), header('tracestate'));
  const parent = remote === undefined ? extracted : trace.setSpanContext(extracted, remote);
  return { id, baggage, parent, remote };
}

function firstId({ accept }: Definition, header: HeaderReader): string | undefined {
  for (const name of accept) {
    const id = acceptedId(header(name));
    if (id !== undefined) return id;
  }
  return undefined;
}

function extract(header: HeaderReader, names: () => readonly string[]): Context {
  try {
    return propagation.extract(ROOT_CONTEXT, header, {
      get: (read, name) => read(name.toLowerCase()),
      keys: () => [...names()],
    });
  } catch {
    return ROOT_CONTEXT;
  }
}
