import { ROOT_CONTEXT } from '@opentelemetry/api';
import type { Context, Link, Span, Tracer } from '@opentelemetry/api';
import { countDrop, countLost } from '../account.js';
import { activeContext } from './api-globals.js';
import { checkNesting } from './nesting.js';
import { noSpan } from './passive-span.js';
import type { RunningSpan } from './running-span.js';
import type { SpanKindState } from './running-span.js';
import type { SpanOptions } from './span.js';
import { isLocalDecision, isUnsampledHere, nodeIn, spanIn, SpanNode } from './span-context.js';
import { tracePolicy } from './tracer.js';

/** The class that the compiler writes for a span. */
export type SpanClass<A, O extends string> = new (
  kind: SpanKindState<O>,
  otel: Span,
  context: Context | undefined,
  isRecorded: boolean,
) => RunningSpan<A, O>;

/** What is needed to open spans of one kind. */
export interface SpanKind<A, O extends string> extends SpanKindState<O> {
  readonly recorder: SpanClass<A, O>;
  readonly tracer: () => Tracer | undefined;
}

/**
 * Opens a span; undefined where nothing of it would be recorded anywhere.
 * @param attributes undefined: the caller sets them, once it knows that they are wanted
 */
export function openSpan<A, O extends string>(
  kind: SpanKind<A, O>,
  attributes: A | undefined,
  options: SpanOptions | undefined,
): RunningSpan<A, O> | undefined {
  const tracer = kind.tracer();
  if (tracer === undefined) return unrecorded(kind, attributes);
  const active = activeContext();
  const parent = parentOf(options, active);
  if (parent === ROOT_CONTEXT)
    return recorded(kind, attributes, startSpan(tracer, kind, options, parent, active), parent, undefined);
  if (tracePolicy.followsParent && isUnsampledHere(parent)) return unrecorded(kind, attributes);
  const above = nodeIn(parent);
  if (above !== undefined && isBeyondLimits(above)) return unrecorded(kind, attributes);
  if (tracePolicy.checksNesting && above !== undefined) checkNesting(above, kind.name);
  return recorded(kind, attributes, startSpan(tracer, kind, options, parent, active), parent, above);
}

function recorded<A, O extends string>(
  kind: SpanKind<A, O>,
  attributes: A | undefined,
  otel: Span | undefined,
  parent: Context,
  above: SpanNode | undefined,
): RunningSpan<A, O> | undefined {
  if (otel === undefined) return unrecorded(kind, attributes);
  const isRecorded = otel.isRecording();
  const node = new SpanNode(parent, above, otel, kind, !isRecorded && isLocalDecision(otel));
  const span = new kind.recorder(kind, otel, node, isRecorded);
  if (attributes !== undefined) span.set(attributes);
  return span;
}

/** Metrics are recorded of a span that is not: they tell of all work, and not of the share that is traced. */
function unrecorded<A, O extends string>(
  kind: SpanKind<A, O>,
  attributes: A | undefined,
): RunningSpan<A, O> | undefined {
  if (kind.definition.measured === undefined) return undefined;
  const span = new kind.recorder(kind, noSpan, undefined, false);
  if (attributes !== undefined) span.set(attributes);
  return span;
}

function parentOf(options: SpanOptions | undefined, active: Context): Context {
  const parent = options?.parent;
  if (parent === undefined || parent === 'active') return active;
  return parent === 'none' ? ROOT_CONTEXT : parent;
}

function startSpan<O extends string>(
  tracer: Tracer,
  kind: SpanKindState<O>,
  options: SpanOptions | undefined,
  parent: Context,
  active: Context,
): Span | undefined {
  try {
    const links = options === undefined ? undefined : linksOf(options, active);
    const startOptions = links === undefined ? kind.startOptions : { ...kind.startOptions, links };
    return tracer.startSpan(kind.name, startOptions, parent);
  } catch {
    countDrop(kind.name, 'internal_error');
    return undefined;
  }
}

function linksOf(options: SpanOptions, active: Context): Link[] | undefined {
  const links = (options.links ?? []).map((link) => ({ context: link }));
  const left = options.parent === 'none' ? spanIn(active)?.spanContext() : undefined;
  if (left !== undefined) links.push({ context: left });
  return links.length === 0 ? undefined : links;
}

/** Whether the trace has had its share. Its nearest span says so once, since a trace that looks whole and is not misleads. */
function isBeyondLimits(above: SpanNode): boolean {
  const isTooDeep = above.depth + 1 >= tracePolicy.maxDepth;
  if (!isTooDeep && above.budget.spans < tracePolicy.maxSpans) return false;
  countLost('spans', isTooDeep ? 'too_deep' : 'too_many');
  if (!above.budget.truncated) {
    above.budget.truncated = true;
    above.span.setAttribute('obsgen.truncated', true);
  }
  return true;
}
