// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { SpanKind as OtelKind } from '@opentelemetry/api';
import { createRedactor } from '../redaction/redactor.js';
import type { Redaction } from '../redaction/redactor.js';
import { asyncGeneratorIn, generatorIn, streamIn } from './iteration.js';
import { awaitEnd } from './open-spans.js';
import { openSpan } from './open-span.js';
import type { SpanClass, SpanKind } from './open-span.js';
import { passiveSpan } from './passive-span.js';
import { BareSpan } from './running-span.js';
import type { RunningSpan } from './running-span.js';
import { settled } from './settle.js';
import type { ActiveSpan, OpenSpan, SpanDefinition, SpanHelper, SpanOptions } from './span.js';
import { tracePolicy, tracerOf } from './tracer.js';

/** Makes the span helpers of a service. */
export interface SpanFactory {
  span<A, O extends string = never>(
    definition: SpanDefinition<O> & {
      /** What the compiler has written of the span: it knows its attributes and records its metrics. Absent: there are none. */
      readonly recorder?: SpanClass<A, O>;
    },
  ): SpanHelper<A, O>;
}

const kinds = {
  internal: OtelKind.INTERNAL,
  server: OtelKind.SERVER,
  client: OtelKind.CLIENT,
  producer: OtelKind.PRODUCER,
  consumer: OtelKind.CONSUMER,
};

/** What the spec says of all spans. */
export interface TracingSettings {
  /** Names the tracer. */
  readonly scope: string;
  readonly redaction?: Redaction;
  /** What one trace may use up, where the spec says so. */
  readonly limits?: { readonly spans?: number; readonly depth?: number };
  /** Seconds that a span may stay open which nobody ends. */
  readonly abandonSeconds?: number;
}

/** Makes what the spans of a service share. */
export function createTracing(settings: TracingSettings): SpanFactory {
  tracePolicy.maxSpans = settings.limits?.spans ?? tracePolicy.maxSpans;
  tracePolicy.maxDepth = settings.limits?.depth ?? tracePolicy.maxDepth;
  tracePolicy.abandonSeconds = settings.abandonSeconds ?? tracePolicy.abandonSeconds;
  const redactor = createRedactor(settings.redaction, 'span');
  return {
    span: ({ recorder = BareSpan, ...definition }) =>
      spanHelper({
        ...{ recorder, definition, redactor, name: definition.name, children: definition.children },
        tracer: tracerOf(settings.scope),
        startOptions: Object.freeze({ kind: kinds[definition.kind] }),
        firstChunkName:
          definition.constants?.['gen_ai.operation.name'] === undefined
            ? 'time_to_first_chunk'
            : 'gen_ai.response.time_to_first_chunk',
      }),
  };
}

/** Under which a helper keeps what it opens spans of, for code that opens them in other ways than its own. */
export const inside: unique symbol = Symbol('obs-gen span helper');

/** What a helper keeps. */
export interface HelperInside {
  readonly kind: SpanKind<object, string>;
  /** What was made ready for the places that have their spans from it. */
  readonly places: object[];
}

function spanHelper<A, O extends string>(kind: SpanKind<A, O>): SpanHelper<A, O> {
  function call<R>(attributes: A, run: (span: ActiveSpan<A, O>) => R, options?: SpanOptions): R {
    const span = openSpan(kind, attributes, options);
    if (span === undefined) return run(passiveSpan);
    if (span.isIdle) return span.call(run);
    const listening = options?.signal === undefined ? undefined : endOnAbort(span, options.signal);
    let result: R;
    try {
      result = span.call(run);
    } catch (error) {
      listening?.();
      span.fail(error);
      throw error;
    }
    return settled(span, result, listening);
  }
  function start(attributes: A, options?: SpanOptions): OpenSpan<A, O> {
    const span = openSpan(kind, attributes, options);
    if (span === undefined) return passiveSpan;
    awaitEnd(span);
    if (options?.signal !== undefined) endOnAbort(span, options.signal);
    return span;
  }
  const kept: HelperInside = { kind: kind as unknown as SpanKind<object, string>, places: [] };
  return Object.assign(call, {
    start,
    generator: generatorIn(start),
    asyncGenerator: asyncGeneratorIn(start),
    stream: streamIn(start),
    [inside]: kept,
  });
}

/** Ends a span where the signal aborts first; returns the end of listening. */
function endOnAbort<A, O extends string>(
  span: RunningSpan<A, O>,
  signal: NonNullable<SpanOptions['signal']>,
): () => void {
  const abort = (): void => {
    span.fail(signal.reason ?? new Error('aborted'));
  };
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  return () => {
    signal.removeEventListener('abort', abort);
  };
}
