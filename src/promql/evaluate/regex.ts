import { stepsOn } from '../regex-cost.js';
import { patternTree } from '../regex-tree.js';
import { EvaluationError } from './error.js';

/** A label's value has 128 characters at most. */
const usualLength = 128;
/** Some hundredths of a second. Three wildcards beside each other stay below, two in one another do not. */
const mostSteps = 5e6;

/** Classes in brackets of POSIX, as members of a class of JavaScript. */
const posix: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

/** RE2 means ASCII by these; JavaScript's `\s` knows more. */
const escapedClasses: Readonly<Record<string, readonly [inside: string, outside: string]>> = {
  s: ['\\t\\n\\f\\r ', '[\\t\\n\\f\\r ]'],
  S: ['\\0-\\x08\\x0B\\x0E-\\x1F\\x21-\\u{10FFFF}', '[^\\t\\n\\f\\r ]'],
};

const categories = /^(?:[CLMNPSZ][a-z]?)$/;

const piece =
  /\\Q([^]*?)(?:\\E|$)|\\[pP](?:\{\^?\w+\}|[A-Z])|\\x(?:\{[0-9a-fA-F]+\}|[0-9a-fA-F]{2})|\\[^]|\[:\^?\w+:\]|\(\?P?<|\(\?[imsU]*(?:-[imsU]+)?[:)]|[^]/gu;

function property(text: string): string {
  const name = text.slice(2).replace(/^\{|\}$/g, '');
  const isNegated = text.startsWith('\\P') !== name.startsWith('^');
  const plain = name.replace('^', '');
  return `\\${isNegated ? 'P' : 'p'}{${categories.test(plain) ? plain : `Script=${plain}`}}`;
}

function escaped(text: string, inClass: boolean): string {
  const letter = text.slice(1);
  if (letter.startsWith('Q'))
    return text
      .slice(2)
      .replace(/\\E$/, '')
      .replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  if (/^[pP]/.test(letter)) return property(text);
  if (letter.startsWith('x')) return `\\u{${letter.slice(1).replace(/[{}]/g, '')}}`;
  const known = escapedClasses[letter];
  if (known !== undefined) return known[inClass ? 0 : 1];
  if (letter === 'A') return '^';
  if (letter === 'z') return '$';
  if (letter === 'a') return '\\x07';
  if (/[a-zA-Z0-9^$\\.*+?()[\]{}|/]/.test(letter)) return text;
  if (letter === '-') return inClass ? '\\-' : '-';
  return letter;
}

function character(text: string, inClass: boolean): string {
  if (inClass) return /[[{}()|/&]/.test(text) ? `\\${text}` : text;
  return /[\]}/]/.test(text) ? `\\${text}` : text;
}

/** A pattern of RE2 in JavaScript's notation, without the flags that it began with. */
function translated(pattern: string): string {
  let made = '';
  let inClass = false;
  /** Where the class began: a `]` there is a plain character. */
  let opened = -1;
  for (const { 0: text, index } of pattern.matchAll(piece)) {
    if (text.startsWith('\\')) made += escaped(text, inClass);
    else if (inClass && text.startsWith('[:')) {
      const members = posix[text.replace(/[^\w]/g, '')];
      if (members === undefined || text.includes('^'))
        throw new EvaluationError(`the class ${text} of a regular expression is not evaluated`);
      made += members;
    } else if (inClass && text === ']' && index > opened + 1) {
      inClass = false;
      made += ']';
    } else if (inClass) {
      if (text === '^' && index === opened + 1) {
        opened = index;
        made += '^';
      } else if (text === ']') made += '\\]';
      else made += text.replace(/[^]/gu, (each) => character(each, true));
    } else if (text === '[') {
      inClass = true;
      opened = index;
      made += '[';
    } else if (/^\(\?P?<$/.test(text)) made += '(?<';
    else if (text.startsWith('(?') && text !== '(?:')
      throw new EvaluationError(`the flags ${text} inside a regular expression are not evaluated`);
    else if (text === '}' && /\{\d+(?:,\d*)?$/.test(pattern.slice(0, index))) made += '}';
    else if (text === '{' && !/^\{\d+(?:,\d*)?\}/.test(pattern.slice(index))) made += '\\{';
    else made += character(text, false);
  }
  return made;
}

const known = new Map<string, RegExp>();

function compiled(pattern: string, wrap: (source: string) => string): RegExp {
  const flags = /^\(\?([ims]+)\)/.exec(pattern);
  const source = wrap(translated(pattern.slice(flags?.[0].length ?? 0)));
  const cached = known.get(`${flags?.[1] ?? ''}/${source}`);
  if (cached !== undefined) return cached;
  let made: RegExp;
  try {
    made = new RegExp(source, `u${flags?.[1]?.replace('m', '') ?? ''}`);
  } catch {
    throw new EvaluationError(`the regular expression ${pattern} is not evaluated`);
  }
  const places = source.startsWith('^') ? 1 : usualLength;
  if (places * stepsOn(patternTree(source), usualLength) > mostSteps)
    throw new EvaluationError(
      `the regular expression ${pattern} is not evaluated: it can be tried in too many ways`,
    );
  known.set(`${flags?.[1] ?? ''}/${source}`, made);
  return made;
}

/** A pattern of RE2 that has to match the whole of a text. @throws EvaluationError where it cannot be expressed in JavaScript */
export function wholeMatch(pattern: string): RegExp {
  return compiled(pattern, (source) => `^(?:${source})$`);
}

/** A pattern of RE2 that may match anywhere in a text. @throws EvaluationError where it cannot be expressed in JavaScript */
export function partialMatch(pattern: string): RegExp {
  return compiled(pattern, (source) => source);
}

/** A replacement with `$1`, `${name}` and `$$` filled in as Go does; a group that did not take part is empty. */
export function expandReplacement(replacement: string, found: RegExpExecArray): string {
  return replacement.replace(/\$(?:\$|(\w+)|\{(\w+)\})/g, (_, bare?: string, braced?: string) => {
    const name = bare ?? braced;
    if (name === undefined) return '$';
    if (/^\d+$/.test(name)) return found[Number(name)] ?? '';
    return found.groups?.[name] ?? '';
  });
}
