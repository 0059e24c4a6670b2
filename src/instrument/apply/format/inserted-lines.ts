import { changesOf, linesOf, type Change } from '../lines.js';

/** What a formatter makes of the lines that a change brought in. */
export interface LimitedFormat {
  /** The changed text with those lines formatted, and all others as they were. */
  readonly text: string;
  /** Whether the formatter would have changed other lines too. */
  readonly hasMore: boolean;
}

/**
 * Takes from a formatted text only what it does to lines that are new or changed.
 * @param before the text without the change
 * @param after the text with it
 * @param formatted what the formatter makes of `after`
 */
export function formatInserted(before: string, after: string, formatted: string): LimitedFormat {
  const [oldLines, lines, newLines] = [linesOf(before), linesOf(after), linesOf(formatted)];
  const inserted = changesOf(oldLines, lines);
  const result: string[] = [];
  let at = 0;
  let hasMore = false;
  for (const change of changesOf(lines, newLines).flatMap(lineByLine)) {
    const isOurs = inserted.some((each) => touches(change, each));
    if (!isOurs) {
      hasMore = true;
      continue;
    }
    result.push(...lines.slice(at, change.from), ...newLines.slice(change.newFrom, change.newTo));
    at = change.to;
  }
  result.push(...lines.slice(at));
  return { text: result.join(''), hasMore };
}

/** Where as many lines come as go, each is a change of its own: their neighbours may be nobody's. */
function lineByLine(change: Change): readonly Change[] {
  const { from, to, newFrom, newTo } = change;
  if (to - from !== newTo - newFrom) return [change];
  return Array.from({ length: to - from }, (_, index) => ({
    from: from + index,
    to: from + index + 1,
    newFrom: newFrom + index,
    newTo: newFrom + index + 1,
  }));
}

/** Whether a change of the text is in lines that came in: on them, or right between them. */
function touches(change: Change, inserted: Change): boolean {
  const { newFrom, newTo } = inserted;
  if (change.from === change.to) return newFrom < newTo && change.from >= newFrom && change.from <= newTo;
  return change.from < newTo && change.to > newFrom;
}
