import type { Matcher } from '../../ast.js';
import type { SeriesFact } from '../series-fact.js';
import type { Finding } from '../finding.js';

const alternatives = /^[\w -]+(?:\|[\w -]+)+$/;

/** OBS3117: a matcher that every declared value meets. */
export function idleMatchers(
  { label, operator, value, at }: Matcher,
  fact: SeriesFact | undefined,
): Finding | undefined {
  if (operator !== '=~' || at === undefined || fact?.isOwn !== true || !alternatives.test(value))
    return undefined;
  const values = fact.labels?.find(({ name }) => name === label)?.values;
  const named = value.split('|');
  if (values === undefined || values.length === 0 || !values.every((each) => named.includes(each)))
    return undefined;
  return {
    code: 'OBS3117',
    at,
    message: `every value of \`${label}\` is named here: the matcher leaves nothing out`,
    help: 'remove it, or take out the values that are not meant',
    metrics: [fact.metric],
  };
}
