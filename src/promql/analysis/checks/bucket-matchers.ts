import type { Matcher } from '../../ast.js';
import { quoteString } from '../../strings.js';
import type { TargetFeatures } from '../environment.js';
import type { SeriesFact } from '../series-fact.js';
import { instead, type Finding } from '../finding.js';

const plainNumber = /^[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?$/i;

function unknownBound(value: string, bound: number, fact: SeriesFact, matcher: Matcher): Finding {
  const below = fact.buckets.findLast((each) => each < bound);
  const above = fact.buckets.find((each) => each > bound);
  const near = [below, above].filter((each) => each !== undefined);
  return {
    code: 'OBS3118',
    at: matcher.valueAt ?? matcher.at ?? { from: 0, to: 0 },
    message: `\`${fact.metric}\` has no bucket with the bound ${value}`,
    help: `use ${near.join(' or ')}, or add the bound to its buckets`,
    metrics: [fact.metric],
  };
}

/** How a bound is stored: by Prometheus 2 as clients write it, by Prometheus 3 with a fraction. */
function spellings(bound: number): readonly [written: string, stored: string] {
  const written = String(bound);
  return [written, Number.isInteger(bound) && !written.includes('e') ? `${written}.0` : written];
}

/** OBS3118, OBS3119: a bucket that is named exists, and under the name that it has on every server. */
export function bucketMatchers(
  matcher: Matcher,
  fact: SeriesFact | undefined,
  { bucketSpelling }: TargetFeatures,
): Finding | undefined {
  const { label, operator, value, at } = matcher;
  if (label !== 'le' || operator !== '=' || fact?.type !== 'bucket' || fact.buckets.length === 0)
    return undefined;
  if (!plainNumber.test(value)) return undefined;
  const bound = Number(value);
  if (!fact.buckets.includes(bound)) return unknownBound(value, bound, fact, matcher);
  const [written, stored] = spellings(bound);
  if (written === stored || at === undefined) return undefined;
  const both = `le=~${quoteString(`${written}|${stored.replace('.', '\\.')}`)}`;
  const server =
    bucketSpelling === 'with a fraction'
      ? ', as this one does'
      : bucketSpelling === undefined
        ? ''
        : ', as later ones do';
  return {
    code: 'OBS3119',
    at,
    message:
      value === written
        ? `Prometheus 3 stores this bucket as \`${stored}\`${server}: the matcher finds nothing there`
        : `Prometheus 2 stores this bucket as programs write it, \`${written}\`: the matcher may find nothing there`,
    help: `match both spellings: ${both}`,
    replacement: instead(both),
  };
}
