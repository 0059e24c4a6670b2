/** A stretch of a text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Where the line of an offset begins. */
export function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

/** Whether nothing stands before an offset on its line. */
export function beginsLine(text: string, at: number): boolean {
  return backOverBlanks(text, at) === lineStart(text, at);
}

/** The offset behind spaces and tabs. */
export function overBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return at;
}

/** The offset before spaces and tabs. */
export function backOverBlanks(text: string, from: number): number {
  let at = from;
  while (at > 0 && (text[at - 1] === ' ' || text[at - 1] === '\t')) at -= 1;
  return at;
}

/** The offset behind a line end; the same offset where there is none. */
export function overLineEnd(text: string, at: number): number {
  if (text[at] === '\r' && text[at + 1] === '\n') return at + 2;
  return text[at] === '\n' ? at + 1 : at;
}

/** The offset before a line end; the same offset where there is none. */
export function backOverLineEnd(text: string, at: number): number {
  if (text[at - 1] !== '\n') return at;
  return text[at - 2] === '\r' ? at - 2 : at - 1;
}

/**
 * A stretch with the lines that it has for itself, and an empty line below where one was put in with them.
 * Where it shares its line: with the blanks before it.
 */
export function wholeLines(text: string, { start, end }: Stretch, hasEmptyLineBelow: boolean): Stretch {
  const last = overBlanks(text, end);
  const next = overLineEnd(text, last);
  if (!beginsLine(text, start) || (next === last && last < text.length))
    return { start: backOverBlanks(text, start), end };
  const empty = hasEmptyLineBelow ? overLineEnd(text, overBlanks(text, next)) : next;
  const isEmpty = empty > overBlanks(text, next);
  return { start: lineStart(text, start), end: isEmpty ? empty : next };
}

/**
 * A stretch that was put below a line: with the line end before it; below an empty line, with its own lines. An empty line above goes too
 * where there is one behind it as well: a formatter has put that in. Where it shares its line: with the blanks before it.
 */
export function belowLine(text: string, { start, end }: Stretch): Stretch {
  if (!beginsLine(text, start)) return { start: backOverBlanks(text, start), end };
  const line = lineStart(text, start);
  const above = backOverLineEnd(text, line);
  const isEmptyAbove = line === 0 || backOverBlanks(text, above) === lineStart(text, above);
  if (!isEmptyAbove) return { start: above, end };
  const own = wholeLines(text, { start, end }, line > 0);
  return line > 0 && own.end === wholeLines(text, { start, end }, false).end
    ? { start: line, end: own.end }
    : own;
}

/** A stretch that was put below a line with an empty line between them. */
export function belowEmptyLine(text: string, stretch: Stretch): Stretch {
  const { start, end } = stretch;
  if (!beginsLine(text, start)) return belowLine(text, stretch);
  const above = backOverLineEnd(text, lineStart(text, start));
  const isEmpty = above > 0 && backOverBlanks(text, above) === lineStart(text, above);
  return { start: isEmpty ? backOverLineEnd(text, lineStart(text, above)) : above, end };
}
