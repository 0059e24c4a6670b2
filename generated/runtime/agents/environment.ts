// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Span } from '@opentelemetry/api';
import type { Cost } from '../cost/cost.js';
import { touch } from '../traces/open-spans.js';
import { noSpan } from '../traces/passive-span.js';
import { RunningSpan } from '../traces/running-span.js';
import type { SpanOptions } from '../traces/span.js';
import type { InjectMeta } from './mcp.js';
import type { AgentMetrics } from './metrics.js';

/** A span with the types of its attributes and outcomes forgotten. */
export interface AnySpan {
  readonly otel: Span;
  set(attributes: object): void;
  outcome(value: string): void;
  firstChunk(): void;
  within<R>(run: () => R): R;
  end(): void;
  fail(error: unknown): void;
}

/** Opens spans of one kind: a generated span helper. */
export interface SpanOpener {
  start(attributes: object, options?: SpanOptions): AnySpan;
}

/** What the wrappers record into. */
export interface AgentEnvironment {
  /** Spans of the preset `agent`; a wrapper whose span the spec does not have opens none. */
  readonly spans: {
    readonly run?: SpanOpener;
    readonly modelCall?: SpanOpener;
    readonly toolCall?: SpanOpener;
  };
  readonly metrics: AgentMetrics;
  readonly cost: Cost;
  /** The agent that calls outside a run are counted for. */
  readonly agent: string;
  /** Puts the context of the trace into `_meta` of an MCP request. */
  readonly injectMeta?: InjectMeta;
}

const passive: AnySpan = {
  otel: noSpan,
  set: nothing,
  outcome: nothing,
  firstChunk: nothing,
  within: (run) => run(),
  end: nothing,
  fail: nothing,
};

/** Opens a span; one that records nothing where there is none, or where opening it fails. */
export function startSpan(
  opener: SpanOpener | undefined,
  attributes: object,
  options?: SpanOptions,
): AnySpan {
  try {
    return opener?.start(attributes, options) ?? passive;
  } catch {
    return passive;
  }
}

/** Something happens in a span: it is not one that was forgotten, however long it lasts. */
export function keepAlive(span: AnySpan): void {
  if (span instanceof RunningSpan) touch(span);
}

function nothing(): void {
  // Nothing is recorded.
}
