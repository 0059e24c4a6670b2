import type { Match } from '../../spec/spec.js';
import { mostAlternatives, withoutBraces } from './glob.js';

/** What is wrong with a pattern, and where in its text. */
export interface PatternFault {
  readonly from: number;
  readonly to: number;
  readonly message: string;
  readonly help: string;
  /** What to put there instead. */
  readonly fix?: string | undefined;
}

/** The first thing about a pattern that cannot have been meant; undefined where there is none. */
export function patternFault(pattern: string, key: keyof Match): PatternFault | undefined {
  return braceFault(pattern) ?? (key === 'file' ? fileFault(pattern) : nameFault(pattern, key));
}

function braceFault(pattern: string): PatternFault | undefined {
  const open: { readonly at: number; commas: number }[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at];
    const inner = open.at(-1);
    if (character === '{') open.push({ at, commas: 0 });
    else if (character === ',' && inner !== undefined) inner.commas += 1;
    else if (character === '}') {
      if (inner === undefined)
        return {
          from: at,
          to: at + 1,
          message: 'this brace closes none',
          help: 'alternatives stand in a pair of braces: {run,ask}',
        };
      if (inner.commas === 0) return lonely(pattern, inner.at, at + 1);
      open.pop();
    }
  }
  const left = open.at(-1);
  if (left !== undefined) {
    const help = 'alternatives stand in a pair of braces: {run,ask}';
    return { from: left.at, to: left.at + 1, message: 'this brace is never closed', help };
  }
  if (withoutBraces(pattern).some((each) => each.includes('{'))) {
    const message = `the braces stand for more than ${mostAlternatives} patterns`;
    return { from: 0, to: pattern.length, message, help: 'write several rules, or a wildcard' };
  }
  return undefined;
}

function lonely(pattern: string, from: number, to: number): PatternFault {
  const only = pattern.slice(from + 1, to - 1);
  return {
    from,
    to,
    message: 'braces with a single alternative',
    help: only === '' ? 'alternatives stand between them: {run,ask}' : `write \`${only}\` without them`,
    fix: only === '' ? undefined : only,
  };
}

function fileFault(pattern: string): PatternFault | undefined {
  const backslash = pattern.indexOf('\\');
  if (backslash >= 0) {
    const help = 'folders are separated by / on every system';
    const to = pattern.lastIndexOf('\\') + 1;
    const fix = pattern.slice(backslash, to).replaceAll('\\', '/');
    return { from: backslash, to, message: 'a pattern of files has no backslashes', help, fix };
  }
  if (pattern.startsWith('!'))
    return {
      from: 0,
      to: 1,
      message: 'a pattern does not exclude files',
      help: 'write it without ! under `not: { file: … }`, or under `instrument.exclude`',
    };
  if (/^(?:\/|[a-zA-Z]:)/.test(pattern)) {
    const help = 'files are named relative to the folder of the spec: src/**/*.ts';
    return { from: 0, to: pattern.length, message: 'an absolute path matches nothing', help };
  }
  const up = /(?:^|\/)\.\.(?:\/|$)/.exec(pattern);
  if (up === null) return undefined;
  return {
    from: up.index,
    to: up.index + up[0].length,
    message: 'the pattern leads out of the folder of the spec, and matches nothing',
    help: 'only files below the folder of the spec are read',
  };
}

function nameFault(pattern: string, key: keyof Match): PatternFault | undefined {
  const at = pattern.indexOf('@');
  if (key === 'decorator' && at === 0)
    return {
      from: 0,
      to: 1,
      message: 'a decorator is named without its @',
      help: `write \`${pattern.slice(1)}\``,
      fix: '',
    };
  if (key !== 'imports' && key !== 'tool' && at >= 0)
    return {
      from: at,
      to: at + 1,
      message: 'names in code have no @',
      help: 'packages are named under `imports`',
    };
  const hash = pattern.indexOf('#');
  if (hash >= 0 && (key === 'class' || key === 'function' || key === 'variable' || key === 'decorator'))
    return {
      from: hash,
      to: hash + 1,
      message: 'only members of a class are private',
      help: 'write it under `method`',
    };
  const dot = pattern.indexOf('.');
  if (dot >= 0 && (key === 'class' || key === 'method' || key === 'function' || key === 'variable')) {
    const [before, after] = [pattern.slice(0, dot), pattern.slice(dot + 1)];
    const help =
      key === 'method' || key === 'function'
        ? `a class and its method are two keys: { class: ${before}, method: ${after} }; a call is \`call\``
        : 'name the last part alone';
    return { from: dot, to: dot + 1, message: `the name of a ${key} has no dot`, help };
  }
  if (pattern.endsWith('.') || (key !== 'imports' && pattern.startsWith('.'))) {
    const place = pattern.endsWith('.') ? pattern.length - 1 : 0;
    return {
      from: place,
      to: place + 1,
      message: 'nothing stands beside this dot',
      help: 'a wildcard stands for any name: *.create',
    };
  }
  return undefined;
}
