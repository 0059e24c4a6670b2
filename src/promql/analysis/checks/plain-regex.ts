import type { Matcher } from '../../ast.js';
import { quoteString } from '../../strings.js';
import { instead, type Finding } from '../finding.js';

/** Characters that mean something in a regular expression, and `$` and brackets, in which Grafana's variables stand. */
const special = /[\\^$.|?*+()[\]{}]/;

function anchorsOff(pattern: string): string | undefined {
  const start = pattern.startsWith('^') ? 1 : 0;
  const isEscaped = /\\+$/.exec(pattern.slice(0, -1))?.[0].length ?? 0;
  const end = pattern.endsWith('$') && isEscaped % 2 === 0 ? pattern.length - 1 : pattern.length;
  const inner = pattern.slice(start, Math.max(start, end));
  // Alternatives without a group would each have one end only: what was meant is not certain.
  return inner === pattern || (inner.includes('|') && !/^\([^()]*\)$/.test(inner)) ? undefined : inner;
}

/** OBS3116: a regular expression that says no more than the plain text, or says twice that it is the whole value. */
export function plainRegex({ operator, value, valueAt, label, at }: Matcher): Finding | undefined {
  if ((operator !== '=~' && operator !== '!~') || at === undefined || valueAt === undefined) return undefined;
  const isPlain = value !== '' && !special.test(value);
  if (isPlain) {
    const equality = operator === '=~' ? '=' : '!=';
    return {
      code: 'OBS3116',
      at,
      message: `\`${value}\` is no pattern: \`${operator}\` compares with one text as \`${equality}\` does`,
      help: `write ${label}${equality}${quoteString(value)}`,
      replacement: instead(`${label}${equality}${quoteString(value)}`),
    };
  }
  const inner = anchorsOff(value);
  if (inner === undefined || inner === '') return undefined;
  return {
    code: 'OBS3116',
    at: valueAt,
    message: 'a pattern always has to fit the whole value: `^` and `$` add nothing',
    help: `write ${quoteString(inner)}`,
    replacement: instead(quoteString(inner)),
  };
}
