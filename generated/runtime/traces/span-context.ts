// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { createContextKey, INVALID_TRACEID, trace, TraceFlags } from '@opentelemetry/api';
import type { Context, Span } from '@opentelemetry/api';

/** What the spans of one trace in this process have used up. */
export interface TraceBudget {
  spans: number;
  /** Whether the trace says of itself that it is not whole. */
  truncated: boolean;
}

/** The key under which the API keeps the span of a context: learned by looking, since it is nobody's business to spell it out. */
const spanKey = ((): symbol => {
  let found: symbol | undefined;
  const probe: Context = {
    getValue: () => undefined,
    setValue(key) {
      found = key;
      return probe;
    },
    deleteValue: () => probe,
  };
  trace.setSpan(probe, trace.wrapSpanContext({ traceId: INVALID_TRACEID, spanId: '', traceFlags: 0 }));
  return found ?? Symbol('span');
})();

const ownKey = createContextKey('obs-gen span');

/** A kind of span: its name in the spec, and what it expects below it. */
export interface ExpectedChildren {
  readonly name: string;
  readonly children: readonly string[] | undefined;
}

/**
 * A context that adds a span to another one. A link is all that is made: the API's own context copies a map and makes three functions
 * for each span.
 */
export class SpanNode implements Context {
  readonly parent: Context;
  readonly span: Span;
  /** How many spans of the helpers stand above it. */
  readonly depth: number;
  readonly kind: ExpectedChildren;
  /** Whether it was decided here that the trace is not kept. */
  readonly isUnsampled: boolean;
  private used: TraceBudget | undefined;

  constructor(
    parent: Context,
    above: SpanNode | undefined,
    span: Span,
    kind: ExpectedChildren,
    isUnsampled: boolean,
  ) {
    this.parent = parent;
    this.span = span;
    this.depth = above === undefined ? 0 : above.depth + 1;
    this.kind = kind;
    this.isUnsampled = isUnsampled;
    this.used = above?.budget;
    if (this.used !== undefined) this.used.spans += 1;
  }

  /** What the trace has used up; made when a second span asks, since most roots of some services stay alone. */
  get budget(): TraceBudget {
    return (this.used ??= { spans: 1, truncated: false });
  }

  getValue(key: symbol): unknown {
    if (key === spanKey) return this.span;
    if (key === ownKey) return this;
    return lookUp(this.parent, key);
  }

  setValue(key: symbol, value: unknown): Context {
    return new ValueNode(this, key, value);
  }

  deleteValue(key: symbol): Context {
    return new ValueNode(this, key, undefined);
  }
}

/** A context that adds any other value. */
class ValueNode implements Context {
  readonly parent: Context;
  readonly key: symbol;
  readonly value: unknown;

  constructor(parent: Context, key: symbol, value: unknown) {
    this.parent = parent;
    this.key = key;
    this.value = value;
  }

  getValue(key: symbol): unknown {
    return lookUp(this, key);
  }

  setValue(key: symbol, value: unknown): Context {
    return new ValueNode(this, key, value);
  }

  deleteValue(key: symbol): Context {
    return new ValueNode(this, key, undefined);
  }
}

/** Goes up without recursion: a chain may be long. */
function lookUp(from: Context, key: symbol): unknown {
  let at = from;
  for (;;) {
    if (at instanceof SpanNode) {
      if (key === spanKey) return at.span;
      if (key === ownKey) return at;
      at = at.parent;
    } else if (at instanceof ValueNode) {
      if (at.key === key) return at.value;
      at = at.parent;
    } else {
      return at.getValue(key);
    }
  }
}

/** The span of a context. */
export function spanIn(context: Context): Span | undefined {
  return context.getValue(spanKey) as Span | undefined;
}

/** The nearest span of the helpers in a context. */
export function nodeIn(context: Context): SpanNode | undefined {
  return context instanceof SpanNode ? context : (context.getValue(ownKey) as SpanNode | undefined);
}

/** Whether the active span was decided against in this process, so that a sampler that follows the parent decides the same below it. */
export function isUnsampledHere(active: Context): boolean {
  if (active instanceof SpanNode) return active.isUnsampled;
  const span = spanIn(active);
  return span !== undefined && !span.isRecording() && isLocalDecision(span);
}

/** Whether a span that is not recorded is one of this process's own, and not the stand-in for a caller's. */
export function isLocalDecision(span: Span): boolean {
  const { traceFlags, isRemote, traceId } = span.spanContext();
  return (traceFlags & TraceFlags.SAMPLED) === 0 && isRemote !== true && traceId !== INVALID_TRACEID;
}
