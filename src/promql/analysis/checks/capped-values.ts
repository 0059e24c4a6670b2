import type { Matcher } from '../../ast.js';
import type { SeriesFact } from '../series-fact.js';
import type { Finding } from '../finding.js';

const alternatives = /^[\w -]+(?:\|[\w -]+)+$/;

/** OBS3120: no more values are named than keep their name. */
export function cappedValues(
  { label, operator, value, valueAt, at }: Matcher,
  fact: SeriesFact | undefined,
): Finding | undefined {
  if (operator !== '=~' || fact?.isOwn !== true || !alternatives.test(value)) return undefined;
  const known = fact.labels?.find(({ name }) => name === label);
  if (known === undefined || known.values !== undefined) return undefined;
  const named = new Set(value.split('|')).size;
  if (named <= known.cap) return undefined;
  return {
    code: 'OBS3120',
    at: valueAt ?? at ?? { from: 0, to: 0 },
    message: `${named} values are named, and only ${known.cap} of \`${label}\` keep their name`,
    help: 'raise its cap: the values beyond it are counted as `__other__`',
    metrics: [fact.metric],
  };
}
