import { diagnostic } from '../../diagnostics/create.js';
import type { Position } from '../../promql/ast.js';
import { costFault } from '../../promql/regex-cost.js';
import { patternTree } from '../../promql/regex-tree.js';
import { regexFault } from '../../promql/regex.js';
import { rangeIn } from '../../promql/query.js';
import { locate } from '../../spec/located.js';
import type { Rule } from './rule.js';

interface Fault extends Position {
  readonly message: string;
  readonly help: string;
}

/** The program matches with the engine of JavaScript, by Unicode characters. */
function isReadByPrograms(pattern: string): boolean {
  const flags = /^\(\?([ims]+)\)/.exec(pattern);
  try {
    new RegExp(pattern.slice(flags?.[0].length ?? 0), `u${flags?.[1] ?? ''}`);
    return true;
  } catch {
    return false;
  }
}

function faultOf(pattern: string): Fault | undefined {
  const refused = regexFault(pattern);
  if (refused !== undefined) {
    // The way out that stands in the fault is for strings of PromQL.
    const help =
      'patterns are regular expressions of RE2; a backslash before a bracket stands for the bracket itself';
    return { from: refused.from, to: refused.to, message: refused.message, help };
  }
  if (!isReadByPrograms(pattern)) {
    return {
      from: 0,
      to: pattern.length,
      message: 'programs in JavaScript cannot read this pattern',
      help: 'a backslash stands before letters that mean a class and before punctuation of patterns, nowhere else',
    };
  }
  const costly = costFault(patternTree(pattern));
  if (costly === undefined) return undefined;
  const part = `\`${pattern.slice(costly.from, costly.to)}\``;
  return costly.reason === 'endless'
    ? {
        ...costly,
        message: `${part} repeats without end before something that may not follow: one log line can take hours`,
        help: 'bound it, as in [a-z]{1,64}; only the end of a pattern may repeat without end',
      }
    : {
        ...costly,
        message: `${part} can be tried in too many ways at each place of a log line`,
        help: 'repeat it less often, or let what follows begin with another character',
      };
}

/** OBS3038: what is to be redacted is found, and finding it takes no more time than the line is long. */
export const redactPatterns: Rule = function* ({ loaded }) {
  const list = locate(loaded.root, ['logs', 'redact', 'patterns']);
  for (const item of list?.kind === 'sequence' ? list.items : []) {
    if (item.kind !== 'scalar' || typeof item.value !== 'string') continue;
    const found = faultOf(item.value);
    if (found === undefined) continue;
    const { message, help } = found;
    yield diagnostic('OBS3038', { message, range: rangeIn(item.text, found), help });
  }
};
