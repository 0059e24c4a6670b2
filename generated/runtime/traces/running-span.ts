// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag, SpanStatusCode } from '@opentelemetry/api';
import type { Context, Span, SpanOptions as OtelSpanOptions } from '@opentelemetry/api';
import { countDrop, countLost } from '../account.js';
import { monotonicSeconds, unixSeconds } from '../host.js';
import { callIn } from './call-in.js';
import { withExemplarsOf } from '../metrics/exemplar.js';
import type { Redactor } from '../redaction/redactor.js';
import { safeValue } from '../redaction/safe-value.js';
import { describeFailure } from './failure.js';
import { release } from './open-spans.js';
import type { Abandonable, Waiting } from './open-spans.js';
import type { OpenSpan, SpanDefinition } from './span.js';
import { listValue, scalarValue } from './span-attribute.js';
import type { ScalarType } from './span-attribute.js';

/** What the spans of one kind share. */
export interface SpanKindState<O extends string> {
  readonly definition: SpanDefinition<O>;
  readonly children: readonly string[] | undefined;
  readonly name: string;
  readonly redactor: Redactor;
  readonly startOptions: OtelSpanOptions;
  /** The exported name of the seconds until the first chunk. */
  readonly firstChunkName: string;
}

/**
 * A span between start and end, below which the compiler writes a class for each span of the spec: that one knows the attributes by
 * name, and this one does the rest. No method throws: telemetry that fails must not fail the program.
 */
export abstract class RunningSpan<A, O extends string = never> implements OpenSpan<A, O>, Abandonable {
  readonly otel: Span;
  waiting: Waiting | undefined = undefined;
  /** Where attributes go; undefined where nothing is recorded, or no more. */
  protected to: Span | undefined;
  /** Where its work runs; undefined: wherever it is called. */
  readonly context: Context | undefined;
  private readonly kind: SpanKindState<O>;
  private readonly started: number;
  private chosen: O | undefined = undefined;
  private ended = false;
  private hasChunk = false;

  /**
   * @param context the one in which its work runs; undefined: the one that is active then
   * @param isRecorded whether attributes and events of `otel` are of any use
   */
  constructor(kind: SpanKindState<O>, otel: Span, context: Context | undefined, isRecorded: boolean) {
    this.kind = kind;
    this.otel = otel;
    this.context = context;
    this.to = isRecorded ? otel : undefined;
    this.started = kind.definition.measured === 'time' ? monotonicSeconds() : 0;
    const { constants } = kind.definition;
    if (isRecorded && constants !== undefined) otel.setAttributes(constants);
  }

  /** The compiler writes one for each span that has attributes. */
  abstract set(of: Partial<A>): void;

  outcome(value: O): void {
    if (this.kind.definition.outcome?.label.has(value) === true) this.chosen = value;
    else countDrop(this.kind.name, 'undeclared_value');
  }

  firstChunk(): void {
    if (this.hasChunk || this.ended) return;
    this.hasChunk = true;
    try {
      const seconds = this.started === 0 ? secondsOf(this.otel) : monotonicSeconds() - this.started;
      if (seconds === undefined) return;
      this.to?.setAttribute(this.kind.firstChunkName, seconds);
      withExemplarsOf(this.to, () => {
        this.recordFirstChunk?.(seconds);
      });
    } catch (error) {
      this.failed(error);
    }
  }

  within<R>(run: () => R): R {
    return this.call(run);
  }

  end(): void {
    if (!this.ended) this.finish(false, undefined);
  }

  fail(error: unknown): void {
    if (!this.ended) this.finish(true, error);
  }

  /** Whether its end tells nobody anything: its work runs in its context, and that is all. */
  get isIdle(): boolean {
    return this.to === undefined && this.kind.definition.measured === undefined;
  }

  /** Whether it has come to its end. */
  get isEnded(): boolean {
    return this.ended;
  }

  abandon(): void {
    if (this.ended) return;
    countLost('spans', 'abandoned');
    try {
      this.to?.setAttribute('obsgen.abandoned', true);
    } catch (problem) {
      this.failed(problem);
    }
    this.finish(true, new Error('the span was never ended'));
  }

  /** Calls a function within the span, with the span. */
  call<R>(run: (span: this) => R): R {
    if (this.context === undefined) return run(this);
    return callIn(this.context, this, run);
  }

  /** Records what the spec says at the end; the compiler writes it where there is anything to record. */
  protected recordCount?(outcome: O | undefined): void;
  protected recordDuration?(seconds: number, outcome: O | undefined): void;

  /** The same when the first chunk is there. */
  protected recordFirstChunk?(seconds: number): void;

  /** Exports an attribute of a single value. */
  protected export(type: ScalarType, name: string, value: unknown): void {
    if (value === undefined) return;
    // Nearly all texts: kept free of calls in between, of which the engine would not see through one too many.
    if (type === 'string' && typeof value === 'string' && this.kind.redactor.isPlain(value)) {
      this.to?.setAttribute(name, value);
      return;
    }
    const exported = scalarValue(type, value, this.kind.redactor);
    if (exported === undefined) countDrop(this.kind.name, 'wrong_type');
    else this.to?.setAttribute(name, exported);
  }

  /** Exports a list. */
  protected exportList(type: ScalarType, name: string, value: unknown): void {
    if (value === undefined) return;
    const exported = listValue(type, value, this.kind.redactor);
    if (exported === undefined) countDrop(this.kind.name, 'wrong_type');
    else this.to?.setAttribute(name, exported);
  }

  /** Exports any data, as JSON. */
  protected exportJson(name: string, value: unknown): void {
    if (value === undefined) return;
    this.to?.setAttribute(name, JSON.stringify(safeValue(value, this.kind.redactor)));
  }

  /** Counts that something of the telemetry failed. */
  protected failed(error: unknown): void {
    countDrop(this.kind.name, 'internal_error');
    diag.debug(`span ${this.kind.name}`, error);
  }

  private finish(isFailure: boolean, error: unknown): void {
    this.ended = true;
    if (this.waiting !== undefined) release(this);
    const { measured, outcome } = this.kind.definition;
    const seconds = measured === 'time' ? monotonicSeconds() - this.started : 0;
    const ending = this.chosen ?? (isFailure ? outcome?.error : outcome?.ok);
    const { to } = this;
    this.to = undefined;
    try {
      if (to !== undefined) {
        if (outcome !== undefined && ending !== undefined) to.setAttribute(outcome.as, ending);
        if (isFailure) describeFailure(to, error, this.kind.redactor);
        else if (outcome !== undefined && ending === outcome.error)
          to.setStatus({ code: SpanStatusCode.ERROR });
      }
    } catch (problem) {
      this.failed(problem);
    }
    if (measured !== undefined) this.recordEnding(to, seconds, ending);
    try {
      to?.end();
    } catch (problem) {
      this.failed(problem);
    }
  }

  private recordEnding(to: Span | undefined, seconds: number, ending: O | undefined): void {
    try {
      withExemplarsOf(to, () => {
        this.recordCount?.(ending);
        this.recordDuration?.(seconds, ending);
      });
    } catch (problem) {
      this.failed(problem);
    }
  }
}

/** How long a span has been open by its own start, which spans of the SDK show: seconds since 1970 and nanoseconds. */
function secondsOf(span: Span): number | undefined {
  const { startTime } = span as { readonly startTime?: readonly [seconds: number, nanoseconds: number] };
  return startTime === undefined ? undefined : Math.max(0, unixSeconds() - startTime[0] - startTime[1] / 1e9);
}

/** A span without attributes. */
export class BareSpan<A, O extends string = never> extends RunningSpan<A, O> {
  set(): void {
    // There is nothing to set.
  }
}
