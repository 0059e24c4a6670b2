import { diagnostic } from '../../../diagnostics/create.js';
import type { Rule as Check } from '../../../model/checks/rule.js';
import type { Match } from '../../../spec/spec.js';
import { nameGlob } from '../glob.js';
import { writtenRules } from './written-rule.js';

type Key = keyof Match;

interface Contradiction {
  readonly keys: readonly [Key, Key];
  readonly message: string;
  readonly help: string;
}

const functionKeys = [
  'kind',
  'method',
  'function',
  'variable',
  'decorator',
  'exported',
  'tool',
  'toolBy',
] as const;

/** Two keys that nothing can have both of. */
function contradictionIn(match: Match): Contradiction | undefined {
  const both = (...keys: [Key, Key]): boolean => keys.every((key) => match[key] !== undefined);
  const withCall = functionKeys.find((key) => both('call', key));
  if (withCall !== undefined) {
    return {
      keys: ['call', withCall],
      message: `\`call\` means calls, and \`${withCall}\` is about functions: nothing is both`,
      help: 'remove one of the two; a call can be narrowed by class, file, imports and async',
    };
  }
  if (both('method', 'function') || both('method', 'variable')) {
    const other = match.function === undefined ? 'variable' : 'function';
    return {
      keys: ['method', other],
      message: `\`method\` means members of classes and objects, \`${other}\` functions that are none`,
      help: 'write one rule for each of them',
    };
  }
  for (const key of ['function', 'variable'] as const) {
    for (const ofClass of ['class', 'implements', 'extends'] as const) {
      if (!both(key, ofClass)) continue;
      return {
        keys: [key, ofClass],
        message: `\`${key}\` means functions outside of classes, and \`${ofClass}\` is about classes`,
        help: 'name the method with `method`',
      };
    }
  }
  return kindContradiction(match);
}

const functionKinds: readonly string[] = ['function', 'expression'];

/** What the kinds that are listed cannot have. */
function kindContradiction(match: Match): Contradiction | undefined {
  const { kind, method } = match;
  if (kind === undefined) return undefined;
  const contradiction = (key: Key, message: string): Contradiction => ({
    keys: ['kind', key],
    message,
    help: `remove \`${key}\`, or list other kinds`,
  });
  if (
    (match.function ?? match.variable) !== undefined &&
    !kind.some((each) => functionKinds.includes(each))
  ) {
    const key = match.function === undefined ? 'variable' : 'function';
    return contradiction(key, `\`${key}\` means functions and expressions, and \`kind\` lists neither`);
  }
  if (method !== undefined && kind.every((each) => each === 'function'))
    return contradiction('method', '`method` means members, and a function that is declared is none');
  if (
    method !== undefined &&
    kind.every((each) => each === 'constructor') &&
    !nameGlob(method).fits('constructor')
  )
    return contradiction('method', `\`${method}\` does not match the name \`constructor\``);
  return undefined;
}

/** OBS5003: something can have all that a `match` asks for. */
export const ruleMatches: Check = function* (input) {
  for (const written of writtenRules(input)) {
    for (const { match, at } of written.matches) {
      const found = contradictionIn(match);
      if (found === undefined || !written.isAsWritten(...at)) continue;
      const [first, second] = found.keys;
      yield diagnostic('OBS5003', {
        message: found.message,
        range: written.keyRange(...at, second),
        related: [{ range: written.keyRange(...at, first), message: `\`${first}\` stands here` }],
        help: found.help,
      });
    }
  }
};
