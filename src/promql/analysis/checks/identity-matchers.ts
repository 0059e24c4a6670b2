import { nearest } from '../../../diagnostics/did-you-mean.js';
import type { Matcher } from '../../ast.js';
import type { SeriesFact } from '../series-fact.js';
import { instead, type Finding } from '../finding.js';
import { quoteString } from '../../strings.js';

/** OBS3121: what the scrape calls this service is spelled as it is declared. */
export function identityMatchers(
  { label, operator, value, valueAt }: Matcher,
  fact: SeriesFact | undefined,
  identity: ReadonlyMap<string, string>,
): Finding | undefined {
  const declared = identity.get(label);
  if (declared === undefined || declared === value || operator !== '=' || valueAt === undefined)
    return undefined;
  if (fact?.isOwn !== true || nearest(value, [declared]) === undefined) return undefined;
  return {
    code: 'OBS3121',
    at: valueAt,
    message: `the scrape calls this service \`${declared}\`, not \`${value}\``,
    help: `did you mean \`${declared}\`?`,
    replacement: instead(quoteString(declared)),
    metrics: [fact.metric],
  };
}
