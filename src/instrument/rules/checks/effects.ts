import { diagnostic } from '../../../diagnostics/create.js';
import type { Diagnostic } from '../../../diagnostics/diagnostic.js';
import type { Rule as Check } from '../../../model/checks/rule.js';
import { quotedList } from '../../../model/checks/words.js';
import type { Rule } from '../../../spec/spec.js';
import { writtenRules, type WrittenRule } from './written-rule.js';

const recording = ['span', 'count', 'time', 'log'] as const;
const exclusive = ['leave', 'console', 'context'] as const;

const has = (rule: Rule, key: keyof Rule): boolean => rule[key] !== undefined;

function effectOf(written: WrittenRule): Diagnostic | undefined {
  const { rule } = written;
  const effects = [...recording, ...exclusive].filter((key) => has(rule, key));
  if (effects.length === 0) {
    return diagnostic('OBS5001', {
      message: 'the rule does nothing with what it matches',
      range: written.keyRange('match'),
      help: 'give it a `span`, `count`, `time` or `log`; `leave: true` keeps other rules away from these places',
    });
  }
  const [first] = exclusive.filter((key) => has(rule, key));
  const others = effects.filter((key) => key !== first);
  if (first !== undefined && others.length > 0) {
    return diagnostic('OBS5002', {
      message: `\`${first}\` does not go together with ${quotedList(others)}`,
      range: written.keyRange(first),
      related: others.map((key) => ({ range: written.keyRange(key), message: 'it stands beside this' })),
      help:
        first === 'leave'
          ? 'remove one of the two: what a rule leaves alone gets nothing'
          : 'write two rules: this one replaces or wraps something within a call, the other records the call',
    });
  }
  return undefined;
}

function needsOf(written: WrittenRule): Diagnostic | undefined {
  const { rule } = written;
  if (rule.attributes !== undefined && rule.span === undefined) {
    return diagnostic('OBS5002', {
      message: '`attributes` are those of a span, and the rule opens none',
      range: written.keyRange('attributes'),
      help: 'name the `span`; values for a metric stand under `labels`, for a log event under `fields`',
    });
  }
  if (rule.context === true && rule.match.call === undefined) {
    return diagnostic('OBS5002', {
      message: '`context` is about calls that are given callbacks, and `match` names none',
      range: written.keyRange('context'),
      help: 'name the calls: match: { call: "*.on" }',
    });
  }
  if (rule.console === true && rule.match.call !== undefined && !rule.match.call.startsWith('console.')) {
    return diagnostic('OBS5002', {
      message: `\`${rule.match.call}\` is no method of the console`,
      range: written.range('match', 'call'),
      help: 'leave `call` out, or name methods of the console: console.{warn,error}',
    });
  }
  return undefined;
}

/** OBS5001, OBS5002: a rule does something, and its keys go together. */
export const ruleEffects: Check = function* (input) {
  for (const written of writtenRules(input)) {
    const found = effectOf(written) ?? needsOf(written);
    if (found !== undefined) yield found;
  }
};
