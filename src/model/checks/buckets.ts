import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic, Range } from '../../diagnostics/diagnostic.js';
import { expandBuckets } from '../buckets.js';
import type { Metric } from '../model.js';
import { isPositiveUnit } from '../units.js';
import { isReplaced, keyRange } from './places.js';
import type { CheckInput, Rule } from './rule.js';
import { withArticle } from './words.js';

/** A list in brackets can be replaced by another one; a block list cannot. */
function fixOfList(range: Range, bounds: readonly number[]): Diagnostic['fix'] {
  return range.source.text[range.start] === '[' ? { range, text: `[${bounds.join(', ')}]` } : undefined;
}

function* order(metric: Metric, bounds: readonly number[]): Iterable<Diagnostic> {
  const index = bounds.findIndex((bound, at) => at > 0 && bound <= (bounds[at - 1] ?? 0));
  if (index < 0) return;
  const [before, bound] = [bounds[index - 1] ?? 0, bounds[index] ?? 0];
  yield diagnostic('OBS3020', {
    message:
      bounds.indexOf(bound) < index
        ? `the bucket bound ${bound} stands here twice`
        : `the bucket bound ${bound} comes after ${before}`,
    range: metric.origin.of('buckets', index),
    help: `bounds rise: [${metric.buckets.join(', ')}]`,
    fix: fixOfList(metric.origin.of('buckets'), metric.buckets),
  });
}

function* emptyBuckets(metric: Metric, bounds: readonly number[], isList: boolean): Iterable<Diagnostic> {
  if (!isPositiveUnit(metric.unit)) return;
  const isEmpty = (bound: number): boolean => (metric.unit === 'seconds' ? bound <= 0 : bound < 0);
  const index = bounds.findIndex(isEmpty);
  if (index < 0) return;
  yield diagnostic('OBS3021', {
    message: `the bucket ${bounds[index] ?? 0} stays empty: nothing takes ${bounds[index] === 0 ? 'no time at all' : `negative ${metric.unit ?? ''}`}`,
    range: isList ? metric.origin.of('buckets', index) : metric.origin.of('buckets'),
    help: 'remove the bound',
  });
}

/**
 * Whether bounds in seconds look like milliseconds: whole numbers up to a thousand and more, those from 100 on being round decimal
 * numbers (250, 5000) and not the minutes and hours that people write in seconds (300, 3600).
 */
function looksLikeMilliseconds(bounds: readonly number[]): boolean {
  const large = bounds.filter((bound) => bound >= 100);
  return (
    bounds.every((bound) => Number.isInteger(bound) && bound >= 1) &&
    (bounds.at(-1) ?? 0) >= 1000 &&
    large.length >= 2 &&
    large.every((bound) => /^[1-9][0-9]?0+$/.test(String(bound))) &&
    large.filter((bound) => bound % 60 === 0).length * 2 <= large.length
  );
}

function* unitFit(metric: Metric, bounds: readonly number[]): Iterable<Diagnostic> {
  if (metric.unit !== 'seconds' || !looksLikeMilliseconds(bounds)) return;
  const range = metric.origin.of('buckets');
  const seconds = bounds.map((bound) => bound / 1000);
  yield diagnostic('OBS3022', {
    message: `the buckets of \`${metric.name}\` look like milliseconds: ${bounds[0] ?? 0} to ${bounds.at(-1) ?? 0} s`,
    range,
    help: `write them in seconds: [${seconds.join(', ')}]`,
    fix: fixOfList(range, seconds),
  });
}

function* keysOfType(input: CheckInput, metric: Metric): Iterable<Diagnostic> {
  const written = input.spec.metrics?.[metric.name];
  if (written?.buckets !== undefined && metric.type !== 'histogram') {
    yield diagnostic('OBS3023', {
      message: `\`${metric.name}\` is ${withArticle(metric.type)} and has no buckets`,
      range: keyRange(input, 'metrics', metric.name, 'buckets'),
      help: 'remove `buckets`, or make it a histogram',
    });
  }
  if (written?.exemplars === true && metric.type === 'gauge') {
    yield diagnostic('OBS3023', {
      message: `\`${metric.name}\` is a gauge and carries no exemplars`,
      range: keyRange(input, 'metrics', metric.name, 'exemplars'),
      help: 'remove `exemplars`: only counters and histograms have them',
    });
  }
  if (written?.aggregate !== undefined && metric.type !== 'gauge') {
    yield diagnostic('OBS3023', {
      message: `\`${metric.name}\` is ${withArticle(metric.type)}, and the values of several processes are always added`,
      range: keyRange(input, 'metrics', metric.name, 'aggregate'),
      help: 'remove `aggregate`: only gauges have it',
    });
  }
}

/** OBS3020 to OBS3024: bounds rise, can be reached, and fit the unit; only histograms have them, and all histograms do. */
export const buckets: Rule = function* (input) {
  for (const metric of input.model.metrics.values()) {
    if (metric.repaired.has('type') || metric.repaired.has('buckets')) continue;
    yield* keysOfType(input, metric);
    if (metric.type !== 'histogram') continue;
    const written = input.spec.metrics?.[metric.name]?.buckets;
    if (written === undefined) {
      if (metric.buckets.length > 0) continue;
      yield diagnostic('OBS3024', {
        message: `the histogram \`${metric.name}\` has no buckets, and its name has no unit to choose them by`,
        range: metric.origin.key,
        help: 'list them, or take a preset: `buckets: { preset: count }`',
      });
      continue;
    }
    if (metric.origin.preset !== undefined) continue;
    const bounds = expandBuckets(written);
    const isList = Array.isArray(written);
    if (isList) yield* order(metric, bounds);
    yield* emptyBuckets(metric, bounds, isList);
    yield* unitFit(metric, metric.buckets);
  }
};

/** OBS3025: the range of a metric has its smallest value first. */
export const valueRanges: Rule = function* ({ model, loaded }) {
  for (const metric of [...model.metrics.values(), ...model.external.values()]) {
    const [low, high] = metric.range ?? [0, 0];
    const section = 'repaired' in metric ? 'metrics' : 'external';
    if (low <= high || isReplaced({ loaded }, `/${section}/${metric.name}`, 'range')) continue;
    const range = metric.origin.of('range');
    yield diagnostic('OBS3025', {
      message: `the range of \`${metric.name}\` ends at ${high}, below its start at ${low}`,
      range,
      help: `the smallest value comes first: [${high}, ${low}]`,
      fix: { range, text: `[${high}, ${low}]` },
    });
  }
};
