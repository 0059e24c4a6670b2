import { diagnostic } from '../../diagnostics/create.js';
import type { Position } from '../../promql/ast.js';
import { regexFault } from '../../promql/regex.js';
import { rangeIn } from '../../promql/query.js';
import { locate } from '../../spec/located.js';
import type { Rule } from './rule.js';

interface Fault extends Position {
  readonly message: string;
  readonly help: string;
}

const token = /\\.|\[(?:\\.|[^\]\\])*\]|[*+?]|\{\d+,?\d*\}|\((?:\?(?:P?<\w+>|[imsU-]*:))?|[^]/gu;
const isQuantifier = (text: string): boolean => /^(?:[*+?]|\{\d+,?\d*\})$/.test(text);

/** What is known of a group, or of a part of a pattern, while it is read. */
interface Part {
  readonly at: number;
  /** Whether some alternative consists of nothing but repetitions without end, and of what may be left out. */
  isLoose: boolean;
  repeats: boolean;
  /** Whether the alternative holds something that is there once: it tells one round from the next. */
  isAnchored: boolean;
}

const part = (at: number): Part => ({ at, isLoose: false, repeats: false, isAnchored: false });

function endAlternative(each: Part): void {
  each.isLoose ||= each.repeats && !each.isAnchored;
  each.repeats = false;
  each.isAnchored = false;
}

/** A group that repeats without end what is a repetition without end itself, such as `(a+)+`: matching can take exponential time. */
function nestedRepeat(pattern: string): Position | undefined {
  const open: Part[] = [part(0)];
  const tokens = [...pattern.matchAll(token)];
  for (let index = 0; index < tokens.length; index += 1) {
    const { 0: text, index: at = 0 } = tokens[index] ?? { 0: '' };
    const inner = open.at(-1);
    if (inner === undefined) return undefined;
    if (text.startsWith('(')) {
      open.push(part(at));
      continue;
    }
    if (text === '|') {
      endAlternative(inner);
      continue;
    }
    const group = text === ')' ? open.pop() : undefined;
    if (group !== undefined) endAlternative(group);
    const quantifier = isQuantifier(tokens[index + 1]?.[0] ?? '') ? (tokens[index + 1]?.[0] ?? '') : '';
    const isEndless = /^(?:[*+]|\{\d+,\})$/.test(quantifier);
    if (isEndless && group?.isLoose === true)
      return { from: group.at, to: at + text.length + quantifier.length };
    const outer = open.at(-1);
    if (outer === undefined) return undefined;
    if (isEndless || group?.isLoose === true) outer.repeats = true;
    else if (!/^(?:\?|\*|\{0)/.test(quantifier) && !/^(?:[\^$]|\\[bBAz])$/.test(text))
      outer.isAnchored = true;
    while (isQuantifier(tokens[index + 1]?.[0] ?? '')) index += 1;
  }
  return undefined;
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
  const nested = nestedRepeat(pattern);
  return (
    nested && {
      ...nested,
      message: `\`${pattern.slice(nested.from, nested.to)}\` repeats what repeats inside it: one log line can take hours`,
      help: 'bound one of the two, as in (?:[a-z]{1,20}-)+',
    }
  );
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
