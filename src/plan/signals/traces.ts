import type { AttributeType, Model, Span } from '../../model/model.js';
import type { Rates } from '../expected/rates.js';

/** Bytes of a value in OTLP, with what stands around it. */
const valueSizes: Readonly<Record<AttributeType, number>> = {
  string: 24,
  int: 8,
  double: 13,
  boolean: 6,
  json: 2000,
  'string[]': 40,
  'int[]': 30,
  'double[]': 50,
  'boolean[]': 16,
};
/** Trace id 18, span id 10, parent 10, start and end 18, kind 2, status 2, flags 5, lengths 5. */
const frame = 70;
/** Tag and length of the attribute and of its key. */
const keyFrame = 6;
/** Of everything that a service adds by itself: correlation id, baggage, the library's name. */
const added = 80;

/**
 * Of the bytes that arrive, in Tempo's blocks.
 * https://grafana.com/docs/tempo/latest/configuration/compression/
 */
export const tempoShare = 0.15;
/** Jaeger's Badger keeps spans as they arrive, and keys to find them by beside them. */
export const jaegerShare = 1.2;

/** How often traces fail, where nothing is promised. */
const failing = 0.006;

export interface SpanVolume {
  readonly span: string;
  /** Over all instances, made. */
  readonly perSecond: number;
  /** In OTLP. */
  readonly bytes: number;
}

function bytesOf({ name, attributes, constants }: Span): number {
  const own = attributes
    // What is content is exported only where the operator asks for it.
    .filter(({ sensitivity }) => sensitivity === 'none')
    .reduce((sum, each) => sum + keyFrame + each.exportedName.length + valueSizes[each.type], 0);
  const fixed = [...constants].reduce(
    (sum, [key, value]) => sum + keyFrame + key.length + value.length + 2,
    0,
  );
  return frame + added + name.length + own + fixed;
}

/** The spans of a service. @param instances over which their rates are added up */
export function spanVolumes(model: Model, rates: Rates, instances: number): readonly SpanVolume[] {
  return [...model.spans.values()].map((span) => ({
    span: span.name,
    perSecond: rates.ofSpan(span).perSecond * instances,
    bytes: bytesOf(span),
  }));
}

/** What sampling leaves of the spans that are made. */
export interface Sampling {
  /** At the service: of all, what reaches the Collector. */
  readonly head: number;
  /** At the Collector: of those that arrive, what is stored. */
  readonly tail: number;
  readonly basis: string;
}

/** @param worst whether everything is kept that may be */
export function samplingOf(model: Model, worst: boolean): Sampling {
  const sampling = model.sections.traces?.sampling;
  const production = sampling?.environments?.['production'];
  const head = production ?? sampling?.head ?? 1;
  const tail = model.stack?.tail;
  const basis = production === undefined ? 'traces.sampling.head' : 'traces.sampling.environments.production';
  if (worst || tail === undefined) return { head: worst ? (sampling?.head ?? 1) : head, tail: 1, basis };
  const kept = tail.keepErrors ? failing : 0;
  return { head, tail: kept + (1 - kept) * tail.rest, basis: `${basis}, stack.sampling.tail` };
}
