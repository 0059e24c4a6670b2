import type { ts } from 'ts-morph';
import type { Helpers } from './marks.js';
import type { Stretch } from './lines.js';

/** A stretch of the text with what takes its place. */
export interface Cut extends Stretch {
  readonly text: string;
}

/** Something that the codemod has put in, and how it goes. */
export interface TakenOut {
  readonly cuts: readonly Cut[];
  /** Offsets in the text of the functions or calls that were instrumented. */
  readonly places: readonly number[];
}

/** What forms are recognised with. */
export interface Reading {
  readonly source: ts.SourceFile;
  readonly text: string;
  readonly helpers: Helpers;
}

/** A cut that leaves nothing. */
export function cut({ start, end }: Stretch): Cut {
  return { start, end, text: '' };
}

/** The text without the cuts. Where two of them overlap, as lines that were put in side by side do, the first one counts. */
export function withoutCuts(text: string, cuts: readonly Cut[]): string {
  const sorted = [...cuts].sort((a, b) => a.start - b.start || a.end - b.end);
  const parts: string[] = [];
  let at = 0;
  for (const each of sorted) {
    if (each.start > at) parts.push(text.slice(at, each.start));
    parts.push(each.text);
    at = Math.max(at, each.end);
  }
  parts.push(text.slice(at));
  return parts.join('');
}
