import type { Diagnostic } from '../diagnostic.js';
import type { SourceFile } from '../source-file.js';

/** What stands where a secret stood; its length says nothing of the secret's. */
export const mask = '[secret]';

/**
 * Shorter secrets are hidden where source text is shown, but not looked for in messages: three characters also occur in words.
 */
const shortestSearched = 4;

/** A stretch of a file that is hidden. */
export interface Hidden {
  readonly start: number;
  readonly end: number;
}

/** The secrets of a file between two offsets, in order, those that touch or overlap joined. */
export function hiddenBetween(source: SourceFile, start: number, end: number): readonly Hidden[] {
  const inside = source.secrets
    .filter((each) => each.start < end && each.end > start)
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const joined: { start: number; end: number }[] = [];
  for (const each of inside) {
    const last = joined.at(-1);
    if (last !== undefined && each.start <= last.end) last.end = Math.max(last.end, each.end);
    else joined.push({ start: each.start, end: each.end });
  }
  return joined;
}

/** The source text between two offsets, each secret replaced by the mask. */
export function maskedSlice(source: SourceFile, start: number, end: number): string {
  let shown = '';
  let at = start;
  for (const each of hiddenBetween(source, start, end)) {
    shown += source.text.slice(at, Math.max(at, each.start)) + mask;
    at = Math.min(end, each.end);
  }
  return shown + source.text.slice(at, end);
}

/** Hides secrets in text that was not cut from a file: messages, help, fixes. */
export interface Redactor {
  /** The text with every secret replaced by the mask. */
  (text: string): string;
}

/** Knows the secrets of every file that one of the diagnostics points into. */
export function redactorFor(diagnostics: readonly Diagnostic[]): Redactor {
  const sources = new Set<SourceFile>();
  for (const each of diagnostics) {
    if (each.range !== undefined) sources.add(each.range.source);
    if (each.fix !== undefined) sources.add(each.fix.range.source);
    for (const related of each.related) sources.add(related.range.source);
  }
  const secrets = new Set<string>();
  for (const source of sources) {
    for (const { start, end } of source.secrets) {
      const secret = source.text.slice(start, end);
      if (secret.length < shortestSearched) continue;
      secrets.add(secret);
      secrets.add(JSON.stringify(secret).slice(1, -1));
    }
  }
  // A secret that contains another one must go first, or its rest would stay.
  const longestFirst = [...secrets].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return (text) => longestFirst.reduce((shown, secret) => shown.replaceAll(secret, () => mask), text);
}
