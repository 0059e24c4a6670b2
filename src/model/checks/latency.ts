import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { FreshnessSli, LatencySli } from '../model.js';
import type { Rule } from './rule.js';
import { inSeconds } from './span-records.js';

/** A bound as a duration that the schema accepts, in seconds or, below one, in milliseconds where those are whole. */
function asDuration(seconds: number): string {
  const milliseconds = Math.round(seconds * 1e6) / 1000;
  return seconds < 1 && Number.isInteger(milliseconds) ? `${milliseconds}ms` : `${seconds}s`;
}

function threshold({ histogram, threshold: { seconds }, origin }: LatencySli): Diagnostic | undefined {
  const { buckets, name } = histogram;
  const top = buckets.at(-1);
  if (top === undefined || histogram.repaired.has('buckets') || buckets.includes(seconds)) return undefined;
  const range = origin.of('latency', 'threshold');
  const related = [{ range: histogram.origin.of('buckets'), message: `the buckets of \`${name}\`` }];
  const written = origin.text('latency', 'threshold')?.value ?? asDuration(seconds);
  if (seconds > top) {
    return diagnostic('OBS3202', {
      message: `the threshold ${written} is above the largest bucket of \`${name}\`, ${asDuration(top)}`,
      range,
      related,
      help: `add the bound ${seconds} to its buckets, or take ${asDuration(top)} as the threshold`,
    });
  }
  const above = buckets.find((bound) => bound > seconds) ?? top;
  const below = buckets.findLast((bound) => bound < seconds);
  const nearest = below !== undefined && seconds - below < above - seconds ? below : above;
  const offered = below === undefined ? asDuration(above) : `${asDuration(below)} or ${asDuration(above)}`;
  return diagnostic('OBS3201', {
    message: `the threshold ${written} is no bucket bound of \`${name}\``,
    range,
    related,
    help: `use ${offered}, or add the bound ${seconds} to its buckets`,
    fix: { range, text: asDuration(nearest) },
  });
}

function freshness({ timestamp, origin }: FreshnessSli): Diagnostic | undefined {
  return inSeconds(
    timestamp,
    origin.of('freshness', 'timestamp'),
    'freshness counts the seconds since a time stamp',
  );
}

/** OBS3030, OBS3201, OBS3202: the threshold of a latency SLI can be read off its histogram. */
export const latency: Rule = function* ({ model }) {
  for (const sli of model.slis.values()) {
    if (sli.form === 'freshness') {
      const found = freshness(sli);
      if (found !== undefined) yield found;
    }
    if (sli.form !== 'latency' || sli.repaired.has('latency')) continue;
    const range = sli.origin.of('latency', 'histogram');
    const found =
      inSeconds(sli.histogram, range, 'a latency threshold is compared in seconds') ?? threshold(sli);
    if (found !== undefined) yield found;
  }
};
