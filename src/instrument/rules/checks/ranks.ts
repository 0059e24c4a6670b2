import { diagnostic } from '../../../diagnostics/create.js';
import type { Rule as Check } from '../../../model/checks/rule.js';
import type { Match } from '../../../spec/spec.js';
import { covers } from '../covers.js';
import { consoleCalls } from '../rule-data.js';
import { writtenRules, type WrittenRule } from './written-rule.js';

/** More pairs than these are not compared: with 500 rules it would take long, and nobody ranks so many by hand. */
const mostRules = 200;

/** OBS5013: no rule stands behind one that fits all that it fits. */
export const ruleRanks: Check = function* (input) {
  const earlier: WrittenRule[] = [];
  for (const written of writtenRules(input).slice(0, mostRules)) {
    const winner = earlier.find((each) => takesAll(each, written));
    if (winner === undefined) {
      earlier.push(written);
      continue;
    }
    if (!written.isAsWritten('match') || !winner.isAsWritten('match')) continue;
    yield diagnostic('OBS5013', {
      message: `no place is left for this rule: \`${winner.label}\` comes before it and fits everything that it fits`,
      range: written.range('match'),
      related: [{ range: winner.range('match'), message: 'the first rule that fits wins' }],
      help: 'move the narrower rule up, or remove one of the two',
    });
  }
};

/** OBS5014: summaries, and whoever reads them, can tell rules apart by their names. */
export const ruleNames: Check = function* (input) {
  const known = new Map<string, WrittenRule>();
  for (const written of writtenRules(input)) {
    const { name } = written.rule;
    if (name === undefined || written.text(name, 'name') === undefined) continue;
    const first = known.get(name);
    if (first === undefined) known.set(name, written);
    else
      yield diagnostic('OBS5014', {
        message: `two rules are called \`${name}\``,
        range: written.range('name'),
        related: [{ range: first.range('name'), message: 'the first one is here' }],
        help: 'give one of them another name',
      });
  }
};

function takesAll(first: WrittenRule, second: WrittenRule): boolean {
  return first.rule.not === undefined && covers(matchOf(first), matchOf(second));
}

function matchOf({ rule: { match, console } }: WrittenRule): Match {
  return console === true && match.call === undefined ? { ...match, call: consoleCalls } : match;
}
