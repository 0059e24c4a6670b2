import { entriesOf } from '../../../encode/json.js';
import type { TraceAnalysis } from '../analysis/analyse-trace.js';
import type { Breakdown } from '../analysis/breakdown.js';
import type { SeveralTraces } from '../analysis/several.js';
import type { UsageRow } from '../analysis/usage.js';
import type { TraceNote } from '../span.js';
import { at, durationOf, none, spanAt, type Trace } from '../tree/trace.js';
import { dateText } from './pretty.js';

/** The form of what is printed; a change that breaks its readers gets a new number. */
const formVersion = 1;

export interface JsonOptions {
  readonly currency: string | undefined;
  readonly notes: readonly TraceNote[];
}

/** The analysis for programs. Times are in seconds; those of spans are since the start of their trace. */
export function printTracesJson(several: SeveralTraces, { currency, notes }: JsonOptions): string {
  const { slowest, durations, comparison } = several;
  const value = {
    version: formVersion,
    currency: currency ?? null,
    totals: {
      traces: slowest.length,
      spans: slowest.reduce((sum, { trace }) => sum + trace.spans.length, 0),
      durationSeconds: seconds(durations.sum),
      p50Seconds: seconds(durations.p50),
      p95Seconds: seconds(durations.p95),
    },
    notes: notes.map(({ kind, count, text }) => ({ kind, count, text })),
    services: several.services.map(({ from, to, calls, errors, p50, p95, isAsync }) => ({
      ...{ from, to, calls, errors, p50Seconds: seconds(p50), p95Seconds: seconds(p95), queue: isAsync },
    })),
    bottlenecks: several.bottlenecks.map(({ share, service, name, onPath, self, count, errors, traces }) => ({
      ...{
        share,
        service,
        name,
        onPathSeconds: seconds(onPath),
        selfSeconds: seconds(self),
        count,
        errors,
        traces,
      },
    })),
    comparison:
      comparison === undefined
        ? null
        : {
            root: comparison.root,
            slow: { traces: comparison.slow, fromSeconds: seconds(comparison.slowFrom) },
            fast: { traces: comparison.fast, toSeconds: seconds(comparison.fastTo) },
            spans: comparison.rows.map((row) => ({
              name: row.name,
              slowOnPathSeconds: seconds(row.slowOnPath),
              fastOnPathSeconds: seconds(row.fastOnPath),
              slowCount: row.slowCount,
              fastCount: row.fastCount,
            })),
          },
    usage: several.usage.map(usageJson),
    traces: slowest.map(traceJson),
  };
  return `${lines(value, '', 0)}\n`;
}

function seconds(nanoseconds: number): number {
  return Math.round(nanoseconds) / 1e9;
}

function traceJson(analysis: TraceAnalysis): object {
  const { trace, path } = analysis;
  return {
    id: trace.id,
    startedAt: trace.startedAt === undefined ? null : dateText(trace.startedAt),
    durationSeconds: seconds(trace.duration),
    answeredAfterSeconds: seconds(path.answeredAt),
    notes: trace.notes.map(({ kind, count, text }) => ({ kind, count, text })),
    criticalPath: path.segments.map(({ span, from, to }) => ({
      span: idOf(trace, span),
      fromSeconds: seconds(from),
      toSeconds: seconds(to),
    })),
    byName: analysis.byName.map(breakdownJson),
    byService: analysis.byService.map(breakdownJson),
    byAgent: analysis.byAgent.map(breakdownJson),
    usage: analysis.usage.map(usageJson),
    repeats: analysis.repeats.map(({ calls, times, sameArguments, below, spans, total }) => ({
      calls,
      times,
      sameArguments: sameArguments ?? null,
      below: idOf(trace, below),
      totalSeconds: seconds(total),
      spans: spans.map((span) => idOf(trace, span)),
    })),
    gaps: analysis.gaps.map(({ span, from, to, before, behind }) => ({
      span: idOf(trace, span),
      fromSeconds: seconds(from),
      toSeconds: seconds(to),
      before: idOf(trace, before),
      behind: idOf(trace, behind),
    })),
    waits: analysis.waits.map(({ span, from, to, isUpperBound }) => ({
      span: idOf(trace, span),
      seconds: seconds(to - from),
      isUpperBound,
    })),
    errors: analysis.failures.map(({ span, above, reachesRoot, type, message }) => ({
      span: idOf(trace, span),
      name: spanAt(trace, span).name,
      service: spanAt(trace, span).service,
      type,
      message,
      above: above.map((each) => idOf(trace, each)),
      reachesRoot,
    })),
    spans: [...trace.order].map((span) => spanJson(analysis, span)),
  };
}

/** Attributes stay out: they may hold what people wrote to a model. */
function spanJson({ trace, self, path, who }: TraceAnalysis, span: number): object {
  const { id, name, service, kind, isError } = spanAt(trace, span);
  return {
    ...{ id, parent: idOf(trace, at(trace.parent, span)), name, service, kind },
    error: isError,
    agent: who.agent[span] ?? null,
    tool: who.tool[span] ?? null,
    model: who.model[span] ?? null,
    startSeconds: seconds(at(trace.start, span)),
    durationSeconds: seconds(durationOf(trace, span)),
    selfSeconds: seconds(at(self, span)),
    onPathSeconds: seconds(at(path.onPath, span)),
  };
}

function idOf(trace: Trace, span: number): string | null {
  return span === none ? null : spanAt(trace, span).id;
}

function breakdownJson({ key, count, errors, total, self, onPath }: Breakdown): object {
  return {
    name: key,
    count,
    errors,
    totalSeconds: seconds(total),
    selfSeconds: seconds(self),
    onPathSeconds: seconds(onPath),
  };
}

function usageJson({ agent, model, inputTokens, outputTokens, cost, estimated, unpriced }: UsageRow): object {
  return {
    agent: agent ?? null,
    model: model ?? null,
    inputTokens: inputTokens ?? null,
    outputTokens: outputTokens ?? null,
    cost: cost ?? null,
    estimatedCost: estimated,
    unpricedCalls: unpriced,
  };
}

/** Levels that are laid out; what is deeper stands on one line, or a large trace would be mostly blanks. */
const openLevels = 4;

function lines(value: unknown, indent: string, level: number): string {
  if (typeof value !== 'object' || value === null || level >= openLevels) return JSON.stringify(value);
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const items = isList
    ? (value as readonly unknown[]).map((item) => inner + lines(item, inner, level + 1))
    : entriesOf(value).map(
        ([key, item]) => `${inner}${JSON.stringify(key)}: ${lines(item, inner, level + 1)}`,
      );
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  return items.length === 0 ? open + close : `${open}\n${items.join(',\n')}\n${indent}${close}`;
}
