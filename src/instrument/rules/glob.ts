import { fitsPart } from '../find/globs.js';

/** A pattern of names, ready to be asked. */
export interface Glob {
  readonly pattern: string;
  fits(name: string): boolean;
  /** The pattern without its braces: one of these has to fit. */
  readonly alternatives: readonly string[];
  /** Whether it holds no wildcard: each alternative is a name. */
  readonly isExact: boolean;
}

/** More alternatives than this are read as text: `{a,b}{a,b}{a,b}…` doubles with each pair of braces. */
export const mostAlternatives = 128;

/**
 * Compiles a pattern of names: `*` stands for any characters, dots among them, `?` for one, `{a,b}` for either. Case matters. Text that
 * is no wildcard stands for itself, so there is no pattern that cannot be compiled; the checks of the spec refuse those without meaning.
 */
export function nameGlob(pattern: string): Glob {
  const alternatives = withoutBraces(pattern);
  const tests = alternatives.map(testOf);
  const [only] = tests;
  return {
    pattern,
    alternatives,
    isExact: alternatives.every((each) => !hasWildcard(each)),
    fits: only !== undefined && tests.length === 1 ? only : (name) => tests.some((test) => test(name)),
  };
}

/** Whether a pattern without braces holds a wildcard. */
export function hasWildcard(alternative: string): boolean {
  return alternative.includes('*') || alternative.includes('?');
}

/** The stretches of a pattern without braces that are no wildcards; each of them stands in every name that fits. */
export function literalsOf(alternative: string): readonly string[] {
  return alternative.split(/[*?]+/).filter((each) => each !== '');
}

function testOf(alternative: string): (name: string) => boolean {
  if (!hasWildcard(alternative)) return (name) => name === alternative;
  const stars = alternative.split('*');
  if (!alternative.includes('?') && stars.length === 2) {
    const [start = '', end = ''] = stars;
    const least = start.length + end.length;
    if (end === '') return (name) => name.startsWith(start);
    if (start === '') return (name) => name.endsWith(end);
    return (name) => name.length >= least && name.startsWith(start) && name.endsWith(end);
  }
  return (name) => fitsPart(alternative, name);
}

/** A pattern as all those that its braces stand for; braces that have no partner stand for themselves. */
export function withoutBraces(pattern: string): readonly string[] {
  let patterns = [pattern];
  for (;;) {
    const next = patterns.flatMap(firstBracesResolved);
    if (next.length === patterns.length || next.length > mostAlternatives) return patterns;
    patterns = next;
  }
}

/** `a{b,c}d` as `abd` and `acd`; a pair with a single alternative stands for itself. */
function firstBracesResolved(pattern: string): readonly string[] {
  // The innermost pair first, so that none holds another.
  const end = closingBrace(pattern);
  if (end === undefined) return [pattern];
  const start = pattern.lastIndexOf('{', end);
  const [before, inner, after] = [
    pattern.slice(0, start),
    pattern.slice(start + 1, end),
    pattern.slice(end + 1),
  ];
  return [...new Set(inner.split(','))].map((each) => `${before}${each}${after}`);
}

/** The first `}` that closes a `{` with a comma between the two. */
function closingBrace(pattern: string): number | undefined {
  for (let end = pattern.indexOf('}'); end >= 0; end = pattern.indexOf('}', end + 1)) {
    const start = pattern.lastIndexOf('{', end);
    if (start >= 0 && pattern.slice(start, end).includes(',')) return end;
  }
  return undefined;
}
