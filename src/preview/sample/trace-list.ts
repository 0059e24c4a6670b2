import type { Model, Span } from '../../model/model.js';
import type { SampleTrace } from './index.js';
import { hexadecimal } from './log-lines.js';
import { hashOf, randomFrom } from './noise.js';
import { spreadOf } from './spreads.js';

const count = 60;
/** Milliseconds in which they begin. */
const span = 3_600_000;

/** Spans that no other span has below it: with these a trace begins. */
function roots(model: Model): readonly Span[] {
  const below = new Set(
    [...model.spans.values()].flatMap(({ name, children }) => children.filter((each) => each !== name)),
  );
  const found = [...model.spans.values()].filter(({ name }) => !below.has(name));
  return found.length > 0 ? found : [...model.spans.values()].slice(0, 1);
}

/** Milliseconds that a span takes, as its histogram has it. */
function durationOf({ record }: Span, model: Model, normal: number): number {
  const spread =
    record.duration === undefined ? { median: 1.2, sigma: 0.9 } : spreadOf(record.duration, model);
  return Math.round(1000 * spread.median * Math.exp(spread.sigma * normal));
}

/** Made-up traces of the last hour, the latest first: every span that a trace can begin with, and those below them for what is asked by name. */
export function traceList(
  model: Model,
  { end, seed }: { readonly end: number; readonly seed: number },
): readonly SampleTrace[] {
  const random = randomFrom(hashOf('traces', seed));
  const first = roots(model);
  const all = [...first, ...first, ...model.spans.values()];
  if (all.length === 0) return [];
  return Array.from({ length: count }, (_, index): SampleTrace => {
    const chosen = all[index % all.length] as Span;
    // Twelve of them make a normal distribution, near enough.
    const normal = Array.from({ length: 12 }, random).reduce((sum, each) => sum + each, -6);
    return {
      traceId: hexadecimal(random, 32),
      name: chosen.name,
      start: Math.round(end * 1000 - (index + random()) * (span / count)),
      duration: durationOf(chosen, model, normal),
      status: random() < 0.06 ? 'error' : 'ok',
    };
  });
}
