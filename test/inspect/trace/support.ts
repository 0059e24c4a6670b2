import { analyseTrace, type TraceAnalysis } from '../../../src/inspect/trace/analysis/analyse-trace.js';
import { conventionalVocabulary } from '../../../src/inspect/trace/analysis/vocabulary.js';
import { readBytes } from '../../../src/inspect/trace/read/bytes.js';
import { Intake } from '../../../src/inspect/trace/read/intake.js';
import { tracesOf } from '../../../src/inspect/trace/tree/build.js';
import type { Trace } from '../../../src/inspect/trace/tree/trace.js';
import type { PriceTable } from '../../../src/runtime/cost/price-table.js';

/** A span in milliseconds since some moment. */
export interface GivenSpan {
  readonly id: string;
  readonly parent?: string;
  readonly name?: string;
  readonly from: number;
  readonly to: number;
  readonly service?: string;
  readonly kind?: number;
  readonly error?: boolean;
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly trace?: string;
}

const since = 1_760_000_000_000;

const hex = (text: string, digits: number): string =>
  Buffer.from(text, 'utf8').toString('hex').padStart(digits, '0').slice(-digits);

/** An export request of OTLP in JSON. Ids are texts of up to eight letters. */
export function otlpOf(spans: readonly GivenSpan[]): object {
  const services = [...new Set(spans.map(({ service = 'agent' }) => service))];
  return {
    resourceSpans: services.map((service) => ({
      resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
      scopeSpans: [{ spans: spans.filter((span) => (span.service ?? 'agent') === service).map(spanOf) }],
    })),
  };
}

function spanOf({
  id,
  parent,
  name,
  from,
  to,
  kind = 1,
  error,
  attributes = {},
  trace = 'trace',
}: GivenSpan): object {
  const nanoseconds = (at: number): string =>
    String(BigInt(since) * 1_000_000n + BigInt(Math.round(at * 1e6)));
  return {
    traceId: hex(trace, 32),
    spanId: hex(id, 16),
    ...(parent === undefined ? {} : { parentSpanId: hex(parent, 16) }),
    name: name ?? id,
    kind,
    startTimeUnixNano: nanoseconds(from),
    endTimeUnixNano: nanoseconds(to),
    status: error === true ? { code: 2 } : {},
    attributes: Object.entries(attributes).map(([key, value]) => ({
      key,
      value: typeof value === 'string' ? { stringValue: value } : { doubleValue: value },
    })),
  };
}

/** The traces among spans. */
export function tracesFrom(spans: readonly GivenSpan[]): readonly Trace[] {
  return tracesFromText(JSON.stringify(otlpOf(spans)));
}

export function tracesFromText(text: string): readonly Trace[] {
  const intake = new Intake(1_000_000);
  readBytes(Buffer.from(text, 'utf8'), intake);
  return tracesOf({ spans: intake.spans, dateOf: intake.dateOf.bind(intake) });
}

/** The analysis of the only trace among spans. */
export function analysed(spans: readonly GivenSpan[], prices?: PriceTable): TraceAnalysis {
  const [trace, ...others] = tracesFrom(spans);
  if (trace === undefined || others.length > 0) throw new Error('there has to be one trace');
  return analyseTrace(trace, { words: conventionalVocabulary, leastGap: undefined, prices });
}

/** The critical path as `name 0-10`, in milliseconds. */
export function pathText({ trace, path }: TraceAnalysis): readonly string[] {
  return path.segments.map(
    ({ span, from, to }) => `${trace.spans[span]?.name ?? '-'} ${from / 1e6}-${to / 1e6}`,
  );
}
