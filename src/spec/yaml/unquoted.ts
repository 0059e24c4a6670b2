import { Lexer } from 'yaml';
import type { Span } from './tokens.js';

/** Text that was meant to be one value, but that YAML takes apart for its brackets, braces or commas. */
export interface Unquoted extends Span {
  readonly reason: 'query' | 'template';
}

/** How often the text is read again with what was found put aside: quotes inside a query can hide what follows them. */
const rounds = 20;

/**
 * Finds unquoted queries in flow maps, `{ expr: rate(x{a="b"}[5m]) > 1 }`, and unquoted templates, `summary: {{ $labels.x }} is down`:
 * the slips that are made most often, each of which YAML answers with a handful of errors that name neither cause nor cure.
 * @returns spans in ascending order that do not overlap, and the text with each of them replaced by a plain scalar of the same length
 */
export function findUnquoted(text: string): { readonly found: readonly Unquoted[]; readonly masked: string } {
  const found: Unquoted[] = [];
  let masked = text;
  for (let round = 0; round < rounds; round += 1) {
    const more = scan(masked, text);
    if (more.length === 0) break;
    found.push(...more);
    masked = mask(masked, more);
  }
  return { found: found.sort((a, b) => a.start - b.start), masked };
}

function mask(text: string, spans: readonly Span[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of spans) {
    parts.push(text.slice(at, start), 'x'.repeat(end - start));
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/** Control characters by which the lexer tells what the next lexeme is; they have no place in the file. */
const scalarFollows = '\x1f';
const isMarker = (lexeme: string): boolean =>
  lexeme === '\x02' || lexeme === '\x18' || lexeme === scalarFollows;
const isBlank = (lexeme: string): boolean => /^[ \t]+$/.test(lexeme);

interface Scalar {
  readonly start: number;
  readonly source: string;
  /** Whether it stands behind a colon: brackets behind a key may be a forgotten colon, not a query. */
  readonly isValue: boolean;
}

/** One pass over the lexemes. It ends early where a span does not end at the depth that it began at: the rest is read again. */
function scan(masked: string, text: string): Unquoted[] {
  const found: Unquoted[] = [];
  let offset = 0;
  let depth = 0;
  let isScalar = false;
  let previous = '';
  let scalar: Scalar | undefined;
  let skip: { readonly end: number; readonly depth: number } | undefined;
  let afterColon = false;
  for (const lexeme of new Lexer().lex(masked)) {
    if (isMarker(lexeme)) {
      isScalar = lexeme === scalarFollows;
      if (lexeme === '\x18') depth = 0;
      continue;
    }
    if (skip !== undefined && offset >= skip.end) {
      if (depth !== skip.depth) break;
      skip = undefined;
    }
    if (skip === undefined) {
      const start = isScalar ? undefined : spanStart(lexeme, { offset, depth, previous, scalar, masked });
      if (start !== undefined) {
        const template = masked.startsWith('{{', offset);
        const end = spanEnd(text, start, depth > 0 || previous === ',');
        if (end > start) {
          found.push({ start, end, reason: template ? 'template' : 'query' });
          skip = { end, depth };
        }
      }
    }
    if (!isScalar && (lexeme === '{' || lexeme === '[')) depth += 1;
    else if (!isScalar && (lexeme === '}' || lexeme === ']')) depth = Math.max(0, depth - 1);
    if (isScalar) scalar = { start: offset, source: lexeme, isValue: afterColon };
    else if (!isBlank(lexeme)) scalar = undefined;
    if (lexeme === ':') afterColon = true;
    else if (isScalar || !isBlank(lexeme)) afterColon = false;
    previous = lexeme;
    offset += lexeme.length;
    isScalar = false;
  }
  return found;
}

interface Place {
  readonly offset: number;
  readonly depth: number;
  readonly previous: string;
  readonly scalar: Scalar | undefined;
  readonly masked: string;
}

/** Where the text begins that a bracket, brace or comma interrupts; undefined where it interrupts none. */
function spanStart(lexeme: string, { offset, depth, previous, scalar, masked }: Place): number | undefined {
  const isPlain = scalar !== undefined && !/^["'|>]/.test(scalar.source);
  if (lexeme === '{' && masked.startsWith('{{', offset)) return isPlain && depth > 0 ? scalar.start : offset;
  // `{job="x"}`, a selector without a metric, where a value begins.
  if (lexeme === '{' && scalar === undefined && isSelector(masked, offset)) return offset;
  if (depth === 0 || !isPlain) return undefined;
  if (lexeme === '{' || lexeme === '[')
    return !isBlank(previous) || scalar.isValue ? scalar.start : undefined;
  // `sum by (a, b) (x)`: the comma stands in parentheses, which YAML does not know.
  return lexeme === ',' && scalar.isValue && openParentheses(scalar.source) > 0 ? scalar.start : undefined;
}

function isSelector(text: string, offset: number): boolean {
  return /^\{\s{0,20}[a-zA-Z_][a-zA-Z0-9_]{0,127}\s{0,20}(?:=~|!~|!=|=)\s{0,20}["'`]/.test(
    text.slice(offset, offset + 200),
  );
}

/** How many more opening than closing parentheses a text holds. */
export function openParentheses(text: string): number {
  let open = 0;
  for (const character of text) {
    if (character === '(') open += 1;
    else if (character === ')') open -= 1;
  }
  return open;
}

const closing: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/**
 * Where the text ends that was meant: at a comma or closing bracket that it did not open (in a flow collection), at a comment, or at the
 * end of its line.
 */
function spanEnd(text: string, start: number, inFlow: boolean): number {
  const open: string[] = [];
  let at = start;
  let end = start;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (character === '\n' || (character === '#' && /[ \t]/.test(text[at - 1] ?? ''))) break;
    if (inFlow && open.length === 0 && /[,}\]]/.test(character)) break;
    if (character === '"' || character === "'" || character === '`') at = closingQuote(text, at);
    else if (closing.has(character)) open.push(closing.get(character) ?? '');
    else if (open.at(-1) === character) open.pop();
    at += 1;
    if (!/[\s]/.test(character)) end = at;
  }
  return end;
}

/** The offset of the quote that closes the one at `at`, or `at` itself where the line has none. */
function closingQuote(text: string, at: number): number {
  const quote = text[at];
  for (let next = at + 1; next < text.length && text[next] !== '\n'; next += 1) {
    if (text[next] === '\\' && quote !== '`') next += 1;
    else if (text[next] === quote) return next;
  }
  return at;
}
