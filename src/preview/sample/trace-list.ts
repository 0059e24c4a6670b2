import type { Model, Span } from '../../model/model.js';
import { failureOf, type Failure } from './failures.js';
import { fieldValue, hexadecimal } from './field-values.js';
import type { SampleTrace } from './found.js';
import type { LabelValues } from './label-values.js';
import { hashOf, randomFrom } from './noise.js';
import { traceFilter, type AskedSpan } from './queries/traceql.js';
import type { Comparable } from './queries/truth.js';
import { spreadOf } from './spreads.js';
import type { Weather } from './weather.js';

const count = 240;
/** Milliseconds in which they begin. */
const span = 3_600_000;

/** What lines and traces are made up from. */
export interface Subject {
  readonly model: Model;
  /** Seconds since 1970. */
  readonly end: number;
  readonly seed: number;
  readonly values: LabelValues;
  readonly weather: Pick<Weather, 'incidents'>;
}

/** A trace with what its first span says. */
export interface MadeUpTrace extends SampleTrace {
  readonly span: Span;
  readonly attributes: ReadonlyMap<string, Comparable>;
  readonly failure: Failure | undefined;
}

/** Spans that no other span has below it: with these a trace begins. */
function roots(model: Model): readonly Span[] {
  const below = new Set(
    [...model.spans.values()].flatMap(({ name, children }) => children.filter((each) => each !== name)),
  );
  const found = [...model.spans.values()].filter(({ name }) => !below.has(name));
  return found.length > 0 ? found : [...model.spans.values()].slice(0, 1);
}

/**
 * Milliseconds that a span takes, as its histogram has it: a few take much longer, as there always are, and more of them while something is
 * wrong.
 */
function durationOf({ record }: Span, model: Model, isIll: boolean, random: () => number): number {
  const { median, sigma, worsening } =
    record.duration === undefined
      ? { median: 1.2, sigma: 0.5, worsening: 3 }
      : spreadOf(record.duration, model);
  // Twelve of them make a normal distribution, near enough.
  const normal = Array.from({ length: 12 }, random).reduce((sum, each) => sum + each, -6);
  const slower = isIll ? worsening : random() < 0.04 ? 2 * worsening : 1;
  return Math.max(1, Math.round(1000 * median * slower * Math.exp(sigma * normal)));
}

function picked<T>(values: readonly T[], random: () => number): T | undefined {
  return values[Math.floor(values.length * random() ** 1.6)];
}

/** The attributes of a span, by their exported names. */
function attributesOf(
  { attributes, constants, outcome }: Span,
  hasFailed: boolean,
  values: LabelValues,
  random: () => number,
): ReadonlyMap<string, Comparable> {
  const found = new Map<string, Comparable>(constants);
  for (const { exportedName, name, type, label } of attributes) {
    const value =
      label === undefined
        ? fieldValue({ name, type }, random)
        : label === outcome?.label
          ? outcome[hasFailed ? 'error' : 'ok']
          : picked(values.of(label), random);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      found.set(exportedName, value);
  }
  return found;
}

/** Made-up traces of the last hour, the latest first: every span that a trace can begin with, and those below them for what is asked by name. */
export function madeUpTraces({ model, end, seed, values, weather }: Subject): readonly MadeUpTrace[] {
  const random = randomFrom(hashOf('traces', seed));
  const first = roots(model);
  const all = [...first, ...first, ...model.spans.values()];
  if (all.length === 0) return [];
  return Array.from({ length: count }, (_, index): MadeUpTrace => {
    const chosen = all[index % all.length] as Span;
    const start = Math.round(end * 1000 - (index + random()) * (span / count));
    const isIll = weather.incidents.some(({ from, until }) => start >= from * 1000 && start < until * 1000);
    const hasFailed = random() < (isIll ? 0.3 : 0.02);
    const longest = end * 1000 - start;
    return {
      traceId: hexadecimal(random, 32),
      name: chosen.name,
      start,
      // What has not ended is not there to be found.
      duration: Math.min(longest, durationOf(chosen, model, isIll && random() < 0.8, random)),
      status: hasFailed ? 'error' : 'ok',
      span: chosen,
      attributes: attributesOf(chosen, hasFailed, values, random),
      failure: hasFailed ? failureOf(chosen.name, random) : undefined,
    };
  });
}

/** Those that a query finds. @param query TraceQL */
export function foundTraces(
  traces: readonly MadeUpTrace[],
  model: Model,
  query: string | undefined,
): readonly SampleTrace[] {
  const known = new Set(
    [...model.spans.values()].flatMap(({ attributes, constants }) => [
      ...attributes.map(({ exportedName }) => exportedName),
      ...constants.keys(),
    ]),
  );
  const isAsked = query === undefined || query === '' ? () => true : traceFilter(query);
  const asked = (trace: MadeUpTrace): AskedSpan => ({
    ...trace,
    service: model.service.name,
    kind: trace.span.kind,
    mayHave: (attribute) => known.has(attribute),
  });
  return traces
    .filter((trace) => isAsked(asked(trace)))
    .map(({ traceId, name, start, duration, status }) => ({ traceId, name, start, duration, status }));
}
