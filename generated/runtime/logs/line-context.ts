// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { context, trace } from '@opentelemetry/api';
import type { SpanContext } from '@opentelemetry/api';
import { currentScope } from '../correlation/scope.js';
import type { Scope } from '../correlation/scope.js';
import { redacted } from '../redaction/redactor.js';
import type { Redactor } from '../redaction/redactor.js';
import { safeText } from '../redaction/safe-value.js';
import { freeName } from './line-keys.js';

/** Entries of the baggage that a line shows; the baggage of a request is bounded elsewhere, and this is the last bound. */
const maxBaggage = 32;

/** What a scope adds to a line. */
export interface ScopeText {
  readonly text: string;
  readonly names: readonly string[];
}

const none: ScopeText = { text: '', names: [] };

let lastSpan: SpanContext | undefined;
let lastSpanText = '';

/** `,"trace_id":"…","span_id":"…"` of the active span; empty outside of one. Made once for each span in a row of lines. */
export function traceText(): string {
  const span = trace.getSpanContext(context.active());
  if (span === undefined) return '';
  if (span !== lastSpan) {
    lastSpanText = textOf(span);
    lastSpan = span;
  }
  return lastSpanText;
}

/** Ids come from the SDK, but a program may set a context of its own making. */
function textOf({ traceId, spanId }: SpanContext): string {
  if (!/^[0-9a-f]{32}$/.test(traceId) || !/^[0-9a-f]{16}$/.test(spanId) || /^0+$/.test(traceId)) return '';
  return `,"trace_id":"${traceId}","span_id":"${spanId}"`;
}

/** What the scope of a request adds to each line: the correlation id, and its baggage by name. */
export class ScopeWriter {
  private readonly redactor: Redactor;
  private readonly taken: ReadonlySet<string>;
  private readonly known = new WeakMap<Scope, ScopeText>();
  private last: Scope | undefined;
  private lastText = none;

  /** @param taken keys that baggage may not have, whatever event a line is of */
  constructor(redactor: Redactor, taken: ReadonlySet<string>) {
    this.redactor = redactor;
    this.taken = taken;
  }

  /** The text of the current scope, and the keys in it. Made once for each scope. */
  current(): ScopeText {
    const scope = currentScope();
    if (scope === undefined) return none;
    if (scope === this.last) return this.lastText;
    let text = this.known.get(scope);
    if (text === undefined) this.known.set(scope, (text = this.textOf(scope)));
    this.last = scope;
    this.lastText = text;
    return text;
  }

  private textOf({ correlationId, baggage }: Scope): ScopeText {
    const names = new Set<string>();
    let text = `,"correlation_id":${JSON.stringify(safeText(correlationId, this.redactor))}`;
    for (const [wish, value] of Object.entries(baggage).slice(0, maxBaggage)) {
      const name = freeName(safeText(wish, this.redactor), 'baggage.', new Set([...this.taken, ...names]));
      names.add(name);
      const shown = this.redactor.hides(wish, value) ? redacted : safeText(value, this.redactor);
      text += `,${JSON.stringify(name)}:${JSON.stringify(shown)}`;
    }
    return { text, names: [...names] };
  }
}
