// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { context, diag, INVALID_SPAN_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Context, Span } from '@opentelemetry/api';
import { countDrop } from '../account.js';
import { monotonicSeconds } from '../host.js';
import type { Redactor } from '../redaction/redactor.js';
import { safeText } from '../redaction/safe-value.js';
import type { OpenSpan, RecordDefinition, SpanDefinition } from './span.js';
import { exportedValue, isExported } from './span-attribute.js';
import type { AttributeDefinition } from './span-attribute.js';

/** A span's definition with the types of its attributes forgotten: names come from the spec. */
export type AnySpanDefinition = SpanDefinition<Record<string, unknown>, string, Record<string, unknown>>;

/** What the spans of a service share. */
export interface Tracing {
  readonly scope: string;
  readonly metrics: Readonly<Record<string, unknown>>;
  readonly redactor: Redactor;
}

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

interface Recorder {
  inc(labels?: object): void;
  observe(labelsOrValue: object | number, value?: number): void;
}

/** A span between start and end. No method throws: telemetry that fails must not fail the program. */
export class RunningSpan implements OpenSpan<Record<string, unknown>, string> {
  readonly otel: Span;
  private readonly tracing: Tracing;
  private readonly definition: AnySpanDefinition;
  private readonly context: Context;
  private readonly started = monotonicSeconds();
  /** Values of attributes that metrics need, by key. */
  private readonly labelValues = new Map<string, unknown>();
  private chosen: string | undefined;
  private ended = false;

  constructor(tracing: Tracing, definition: AnySpanDefinition, attributes: unknown) {
    this.tracing = tracing;
    this.definition = definition;
    const parent = context.active();
    this.otel = startSpan(tracing.scope, definition, parent);
    this.context = trace.setSpan(parent, this.otel);
    this.attempt(() => {
      if (definition.constants !== undefined) this.otel.setAttributes(definition.constants);
    });
    this.set(attributes as Record<string, unknown>);
  }

  set(attributes: Readonly<Record<string, unknown>>): void {
    if (this.ended) return;
    this.attempt(() => {
      const recording = this.otel.isRecording();
      for (const [key, attribute] of Object.entries(this.definition.attributes)) {
        const value = Object.prototype.hasOwnProperty.call(attributes, key) ? attributes[key] : undefined;
        if (value === undefined) continue;
        this.labelValues.set(key, value);
        if (recording) this.exportAttribute(key, attribute, value);
      }
    });
  }

  outcome(value: string): void {
    if (this.definition.outcome?.label.has(value) === true) this.chosen = value;
    else countDrop(this.definition.name, 'undeclared_value');
  }

  within<R>(run: () => R): R {
    const progress = { entered: false };
    try {
      return context.with(this.context, () => {
        progress.entered = true;
        return run();
      });
    } catch (error) {
      if (progress.entered) throw error;
      return run();
    }
  }

  end(): void {
    this.finish(undefined);
  }

  fail(error: unknown): void {
    this.finish({ error });
  }

  private finish(failure: { readonly error: unknown } | undefined): void {
    if (this.ended) return;
    const seconds = monotonicSeconds() - this.started;
    const { outcome, count, duration } = this.definition;
    const ending = this.chosen ?? (failure === undefined ? outcome?.ok : outcome?.error);
    this.attempt(() => {
      if (outcome !== undefined && ending !== undefined) this.otel.setAttribute(outcome.as, ending);
      if (failure !== undefined) this.describeFailure(failure.error);
      else if (outcome !== undefined && ending === outcome.error)
        this.otel.setStatus({ code: SpanStatusCode.ERROR });
    });
    this.ended = true;
    // Inside the span's context, so that exemplars name this trace.
    this.attempt(() => {
      context.with(this.context, () => {
        if (count !== undefined)
          this.record(count, ending, (metric, labels) => {
            metric.inc(labels);
          });
        if (duration !== undefined) {
          this.record(duration, ending, (metric, labels) => {
            if (labels === undefined) metric.observe(seconds);
            else metric.observe(labels, seconds);
          });
        }
      });
    });
    this.attempt(() => {
      this.otel.end();
    });
  }

  private record(
    definition: RecordDefinition<Record<string, unknown>>,
    ending: string | undefined,
    update: (metric: Recorder, labels: object | undefined) => void,
  ): void {
    const metric = this.tracing.metrics[definition.metric] as Recorder;
    const labels = Object.create(null) as Record<string, unknown>;
    for (const [name, key] of Object.entries(definition.labels)) labels[name] = this.labelValues.get(key);
    if (definition.outcome !== undefined) labels[definition.outcome] = ending;
    update(metric, Object.keys(labels).length === 0 ? undefined : labels);
  }

  private exportAttribute(key: string, attribute: AttributeDefinition, value: unknown): void {
    if (!isExported(attribute)) return;
    const exported = exportedValue(this.definition.name, attribute, value, this.tracing.redactor);
    if (exported !== undefined) this.otel.setAttribute(attribute.as ?? key, exported);
  }

  private describeFailure(error: unknown): void {
    const { redactor } = this.tracing;
    const isError = error instanceof Error;
    const message = safeText(isError ? error.message : printable(error), redactor);
    const name = isError ? error.name : typeof error;
    const stack = isError && typeof error.stack === 'string' ? safeText(error.stack, redactor) : undefined;
    this.otel.setAttribute('error.type', name);
    this.otel.recordException(stack === undefined ? { name, message } : { name, message, stack });
    this.otel.setStatus({ code: SpanStatusCode.ERROR, message });
  }

  private attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      countDrop(this.definition.name, 'internal_error');
      diag.debug(`span ${this.definition.name}`, error);
    }
  }
}

function startSpan(scope: string, definition: AnySpanDefinition, parent: Context): Span {
  try {
    return trace.getTracer(scope).startSpan(definition.name, { kind: kinds[definition.kind] }, parent);
  } catch {
    countDrop(definition.name, 'internal_error');
    return trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
  }
}

/** A text for what was thrown and is no error. */
function printable(thrown: unknown): string {
  return typeof thrown === 'string' || typeof thrown === 'number'
    ? String(thrown)
    : `thrown ${typeof thrown}`;
}
