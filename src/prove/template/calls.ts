import { EvaluationError } from '../../promql/evaluate/error.js';
import { expandReplacement, partialMatch } from '../../promql/evaluate/regex.js';
import { TemplateError } from './error.js';
import { humanize, humanize1024, humanizeDuration, humanizePercentage } from './humanize.js';
import { exponential, fixed, general } from './numbers.js';

/** A whole number, which Go tells from one that may have a fraction. */
export class Whole {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

export type Word = string | number | boolean | Whole | ReadonlyMap<string, string>;

/** A value as Go prints it. */
export function shown(value: Word): string {
  if (typeof value === 'number') return general(value);
  if (value instanceof Whole) return String(value.value);
  if (typeof value === 'object') throw new TemplateError('a template prints all labels');
  return String(value);
}

/** Whether a condition holds: neither empty nor zero. */
export function isTrue(value: Word): boolean {
  if (value instanceof Whole) return value.value !== 0;
  if (typeof value === 'object') return value.size > 0;
  return Boolean(value) || Number.isNaN(value);
}

function numeric(value: Word | undefined): number {
  if (typeof value === 'number') return value;
  if (value instanceof Whole) return value.value;
  if (typeof value === 'string' && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value))
    return Number(value);
  throw new TemplateError('a template takes something for a number that is none');
}

function string(value: Word | undefined): string {
  if (typeof value === 'string') return value;
  throw new TemplateError('a template takes something for a text that is none');
}

/** Both sides of a comparison, which Go asks to be of one type. */
function comparable(a: Word | undefined, b: Word | undefined): readonly [string | number, string | number] {
  if (typeof a === 'string' && typeof b === 'string') return [a, b];
  if (typeof a === 'number' && typeof b === 'number') return [a, b];
  if (a instanceof Whole && b instanceof Whole) return [a.value, b.value];
  throw new TemplateError(
    'a template compares values of two types, which Go refuses: write 5.0 beside $value',
  );
}

function padded(text: string, flags: string, width: string): string {
  if (width === '') return text;
  if (flags.includes('-')) return text.padEnd(Number(width));
  if (flags.includes('0'))
    return text.startsWith('-')
      ? `-${text.slice(1).padStart(Number(width) - 1, '0')}`
      : text.padStart(Number(width), '0');
  return text.padStart(Number(width));
}

const verb = /%([-+0 ]*)(\d*)(?:\.(\d*))?([a-zA-Z%])/g;

function formatted(value: Word, letter: string, digits: number | undefined): string | undefined {
  switch (letter) {
    case 'v':
      return typeof value === 'number' ? general(value, digits) : shown(value);
    case 's':
      return typeof value === 'string' ? value.slice(0, digits) : undefined;
    case 'q':
      return typeof value === 'string' && /^[ -~]*$/.test(value) ? JSON.stringify(value) : undefined;
    case 'd':
      return value instanceof Whole ? String(value.value) : undefined;
    case 'f':
    case 'F':
      return typeof value === 'number' ? fixed(value, digits ?? 6) : undefined;
    case 'e':
      return typeof value === 'number' ? exponential(value, digits ?? 6) : undefined;
    case 'g':
      return typeof value === 'number' ? general(value, digits) : undefined;
    default:
      return undefined;
  }
}

function printf([format, ...rest]: readonly Word[]): string {
  let used = 0;
  const made = string(format).replace(
    verb,
    (text, flags: string, width: string, precision: string | undefined, letter: string) => {
      if (letter === '%') return '%';
      const value = rest[used];
      used += 1;
      const found =
        value === undefined
          ? undefined
          : formatted(value, letter, precision === undefined ? undefined : Number(precision));
      if (found === undefined) throw new TemplateError(`${text} of printf does not fit its argument`);
      return padded(flags.includes('+') && !found.startsWith('-') ? `+${found}` : found, flags, width);
    },
  );
  if (used < rest.length) throw new TemplateError('printf has arguments that it does not print');
  return made;
}

function regexp<T>(use: () => T): T {
  try {
    return use();
  } catch (error) {
    if (error instanceof EvaluationError) throw new TemplateError(error.message);
    throw error;
  }
}

/** Functions of templates, those that Prometheus adds among them. */
export const calls: Readonly<Record<string, (args: readonly Word[]) => Word>> = {
  humanize: ([value]) => humanize(numeric(value)),
  humanize1024: ([value]) => humanize1024(numeric(value)),
  humanizeDuration: ([value]) => humanizeDuration(numeric(value)),
  humanizePercentage: ([value]) => humanizePercentage(numeric(value)),
  index: ([labels, name]) => {
    if (!(labels instanceof Map)) throw new TemplateError('index is filled in for labels only');
    return (labels as ReadonlyMap<string, string>).get(string(name)) ?? '';
  },
  len: ([value]) => new Whole(new TextEncoder().encode(string(value)).length),
  match: ([pattern, text]) => regexp(() => partialMatch(string(pattern)).test(string(text))),
  not: ([value]) => !isTrue(value ?? ''),
  and: (args) => args.find((value) => !isTrue(value)) ?? args.at(-1) ?? '',
  or: (args) => args.find(isTrue) ?? args.at(-1) ?? '',
  eq: ([first, ...others]) =>
    others.some((other) => {
      const [a, b] = comparable(first, other);
      return a === b;
    }),
  ne: ([first, second]) => {
    const [a, b] = comparable(first, second);
    return a !== b;
  },
  lt: ([first, second]) => {
    const [a, b] = comparable(first, second);
    return a < b;
  },
  le: ([first, second]) => {
    const [a, b] = comparable(first, second);
    return a <= b;
  },
  gt: ([first, second]) => {
    const [a, b] = comparable(first, second);
    return a > b;
  },
  ge: ([first, second]) => {
    const [a, b] = comparable(first, second);
    return a >= b;
  },
  print: (args) => args.map(shown).join(''),
  printf,
  reReplaceAll: ([pattern, replacement, text]) =>
    regexp(() => {
      const expression = new RegExp(partialMatch(string(pattern)), 'gu');
      return string(text).replace(expression, (...found) => {
        const groups = found.slice(
          0,
          found.findIndex((each) => typeof each === 'number'),
        ) as string[];
        return expandReplacement(string(replacement), groups as unknown as RegExpExecArray);
      });
    }),
  toLower: ([text]) => string(text).toLowerCase(),
  toUpper: ([text]) => string(text).toUpperCase(),
  title: ([text]) => string(text).replace(/(?<![\p{L}\p{N}_'])\p{L}/gu, (letter) => letter.toUpperCase()),
};
