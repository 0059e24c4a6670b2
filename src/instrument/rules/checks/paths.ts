import { diagnostic } from '../../../diagnostics/create.js';
import type { Diagnostic } from '../../../diagnostics/diagnostic.js';
import type { Rule as Check } from '../../../model/checks/rule.js';
import { rangeIn, written } from '../../../promql/query.js';
import { readPath, type Path } from '../../paths/path.js';
import type { Match } from '../../../spec/spec.js';
import { nameGlob } from '../glob.js';
import { writtenRules } from './written-rule.js';

/** OBS5005, OBS5006: paths can be read, and lead somewhere in what the rule matches. */
export const rulePaths: Check = function* (input) {
  for (const rule of writtenRules(input)) {
    for (const { at, values } of rule.paths) {
      for (const [name, value] of Object.entries(values)) {
        const text = rule.text(value, ...at, name);
        if (text === undefined) continue;
        const read = readPath(value);
        if ('fault' in read) {
          const { message, help, fix } = read.fault;
          const range = rangeIn(text, read.fault);
          const replacement = fix === undefined ? undefined : { range, text: written(text, fix) };
          yield diagnostic('OBS5005', { message, range, help, fix: replacement });
          continue;
        }
        const nowhere = nowhereIn(read.path, rule.rule.match);
        if (nowhere !== undefined) yield unread(text.range, nowhere);
      }
    }
  }
};

function unread(range: Diagnostic['range'], [message, help]: readonly [string, string]): Diagnostic {
  return diagnostic('OBS5006', { message, range, help });
}

/** Why a path has no value wherever the rule fits, and what to do. */
function nowhereIn(path: Path, match: Match): readonly [string, string] | undefined {
  if (path.kind === 'literal') return undefined;
  if (path.kind === 'fact') return unknownFact(path.fact, match);
  const only = (...kinds: readonly string[]): boolean =>
    kindsOf(match)?.every((kind) => kinds.includes(kind)) ?? false;
  if (path.root === 'result' && only('constructor'))
    return ['a constructor has no result', 'what it made is `this`'];
  if (path.root === 'result' && only('setter'))
    return ['a setter has no result', 'what it is given is args.0'];
  if (path.root === 'args' && only('getter'))
    return ['a getter has no arguments', 'what it returns is `result`'];
  const [first] = path.steps;
  if (path.root === 'args' && only('setter') && first !== undefined && Number(first.name) > 0)
    return ['a setter has one argument', 'name it: args.0'];
  return undefined;
}

/** The kinds that a match lists, or that its `method` names. */
function kindsOf({ kind, method, call }: Match): readonly string[] | undefined {
  if (call !== undefined) return undefined;
  if (kind !== undefined) return kind;
  if (method === undefined) return undefined;
  return nameGlob(method).alternatives.every((each) => each === 'constructor') ? ['constructor'] : undefined;
}

function unknownFact(fact: 'name' | 'class' | 'tool', match: Match): readonly [string, string] | undefined {
  if (fact === 'tool' && match.tool === undefined && match.toolBy === undefined && match.method !== 'execute')
    return [
      '`tool` is the name of a tool, and the rule matches none',
      'add `tool: "*"` to `match`, or name another value',
    ];
  if (fact === 'class' && (match.function ?? match.variable) !== undefined)
    return ['functions outside of classes have no class', '`name` is the name of the function itself'];
  return undefined;
}
