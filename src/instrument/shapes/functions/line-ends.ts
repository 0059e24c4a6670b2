import { ts } from 'ts-morph';

const { getTrailingCommentRanges } = ts;

/** Where a line ends, before its line end. */
export function lineEndFrom(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  if (newline < 0) return text.length;
  return text[newline - 1] === '\r' && newline > at ? newline - 1 : newline;
}

/** The blanks that the line of an offset begins with. */
export function indentationAt(text: string, at: number): string {
  const start = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
  let end = start;
  while (text[end] === ' ' || text[end] === '\t') end += 1;
  return text.slice(start, end);
}

/** Where text on a line of its own goes below something: behind a comment on the same line, directly behind where code follows there. */
export function placeBelow(text: string, end: number): number {
  const lineEnd = lineEndFrom(text, end);
  const comments = getTrailingCommentRanges(text, end);
  const last = comments?.at(-1)?.end ?? end;
  return last <= lineEnd && text.slice(last, lineEnd).trim() === '' ? lineEnd : end;
}

/** Offset of the next character that is neither blank nor in a comment. */
export function nextToken(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (isSpace(text.charCodeAt(at))) at += 1;
    if (text[at] !== '/') return at;
    if (text[at + 1] === '/') at = lineEndFrom(text, at);
    else if (text[at + 1] === '*') {
      const close = text.indexOf('*/', at + 2);
      at = close < 0 ? text.length : close + 2;
    } else return at;
  }
}

/**
 * Whether what follows on a later line would become part of a call that ends here without a semicolon: it begins with a bracket, a
 * template or an operator.
 */
export function continuesBelow(text: string, end: number): boolean {
  const at = nextToken(text, end);
  const next = text[at];
  return next !== undefined && '([`+-*/<'.includes(next) && text.slice(end, at).includes('\n');
}

/**
 * What keeps text that is put in apart from a word that ends where it begins, as in `return"a".concat(b)`. A comment, because white space
 * there could be the file's own.
 */
export function glueAt(text: string, at: number): '' | '/**/' {
  return at > 0 && /[$\p{ID_Continue}]/u.test(text[at - 1] ?? '') ? '/**/' : '';
}

/** What closes a call; with a semicolon of its own where the next line would go on with it, told from the file's own by a blank. */
export function closingAt(text: string, at: number): ')' | ') ;' {
  return continuesBelow(text, at) ? ') ;' : ')';
}

function isSpace(code: number): boolean {
  return (
    code === 32 ||
    (code >= 9 && code <= 13) ||
    code === 0xa0 ||
    code === 0xfeff ||
    code === 0x2028 ||
    code === 0x2029
  );
}
