import type { Path } from '../spec/located.js';

/** How the scalar at the cursor is written. */
export type Style = 'plain' | 'single-quoted' | 'double-quoted' | 'block';

/** Where in the YAML an offset lies, as far as what stands before it tells: what stands behind it may be half written. */
export interface Cursor {
  /** For a key, the path of the map that it is in; for a value, the path of the value. */
  readonly path: Path;
  readonly at: 'key' | 'value';
  readonly style: Style;
  /** Where the key or the scalar begins, behind its opening quote. */
  readonly start: number;
  /** Inside of braces or brackets, where a line end is no end of a value. */
  readonly isFlow: boolean;
}

interface Frame {
  /** Column of the key or of the dash. */
  readonly indent: number;
  readonly step: string | number;
}

const keyPattern =
  /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|((?:[^\s\-?:,[\]{}#&*!|>'"%@`]|[-?:][^\s])(?:[^:#\n]|:(?!\s|$)|(?<!\s)#)*?))[ \t]*:(?=\s|$)/;

/**
 * Reads the lines up to an offset by their indentation. A parser needs a whole file; this one is for the moment between two keystrokes, so
 * that nothing behind the cursor is looked at, and a bracket that is never closed ends where the lines are indented less.
 * @returns undefined in comments
 */
export function cursorAt(text: string, offset: number): Cursor | undefined {
  return new CursorScanner(text, offset).run();
}

class CursorScanner {
  readonly text: string;
  readonly offset: number;
  frames: Frame[] = [];

  constructor(text: string, offset: number) {
    this.text = text;
    this.offset = offset;
  }

  path(): Path {
    return this.frames.map(({ step }) => step);
  }

  run(): Cursor | undefined {
    let at = 0;
    while (at <= this.offset) {
      const next = this.line(at);
      if (typeof next !== 'number') return next === 'comment' ? undefined : next;
      at = next;
    }
    return undefined;
  }

  endOfLine(at: number): number {
    const end = this.text.indexOf('\n', at);
    return end === -1 ? this.text.length : end;
  }

  /** Drops the frames that a line at a column is not inside of. */
  leave(column: number, isDash: boolean): void {
    while (this.frames.length > 0) {
      const top = this.frames.at(-1);
      if (top === undefined || top.indent < column) return;
      // The dashes of a list may stand below the key's first letter.
      if (isDash && top.indent === column) return;
      this.frames.pop();
    }
  }

  /** Reads a line, with all further ones that belong to its value; the offset of the next line, or the cursor. */
  line(start: number): Cursor | 'comment' | number {
    const end = this.endOfLine(start);
    let at = start;
    while (at < end && this.text[at] === ' ') at += 1;
    const isLast = this.offset <= end;
    if (this.text.slice(at, end).trim() === '' || (isLast && this.offset < at)) {
      if (!isLast) return end + 1;
      this.leave(this.offset - start, false);
      return this.here('key', this.offset);
    }
    if (this.text[at] === '#') return isLast ? 'comment' : end + 1;
    while (/^-(?:\s|$)/.test(this.text.slice(at, Math.min(at + 2, end)))) {
      this.dash(at - start);
      at += 1;
      while (at < end && this.text[at] === ' ') at += 1;
      if (isLast && this.offset <= at && at >= end) return this.here('value', this.offset);
    }
    return this.content(start, at, end);
  }

  dash(column: number): void {
    this.leave(column, true);
    const top = this.frames.at(-1);
    if (top?.indent === column && typeof top.step === 'number') {
      this.frames.pop();
      this.frames.push({ indent: column, step: top.step + 1 });
    } else this.frames.push({ indent: column, step: 0 });
  }

  /** What stands behind the indentation and the dashes. */
  content(start: number, at: number, end: number): Cursor | 'comment' | number {
    const column = at - start;
    const match = keyPattern.exec(this.text.slice(at, end));
    if (match === null) {
      this.leave(column, false);
      return this.value(at, column, true);
    }
    const colon = at + match[0].length;
    this.leave(column, false);
    const key = match[1] ?? match[2]?.replaceAll("''", "'") ?? match[3] ?? '';
    if (this.offset < colon) {
      const isQuoted = match[3] === undefined;
      return {
        ...this.here('key', isQuoted ? at + 1 : at),
        style: isQuoted ? quoteStyle(this.text[at]) : 'plain',
      };
    }
    this.frames.push({ indent: column, step: key });
    return this.value(colon, column, false);
  }

  here(at: 'key' | 'value', start: number): Cursor {
    return { path: this.path(), at, style: 'plain', start, isFlow: false };
  }

  /**
   * Reads a value.
   * @param column of the key or item that it belongs to
   * @param isBare whether it stands for itself, in a line of its own or behind a dash: it may become a key
   */
  value(from: number, column: number, isBare: boolean): Cursor | 'comment' | number {
    const end = this.endOfLine(from);
    let at = from;
    while (at < end && (this.text[at] === ' ' || this.text[at] === '\t')) at += 1;
    // Tags and anchors say nothing of the value.
    while (at < end && /[!&]/.test(this.text[at] ?? '')) {
      while (at < end && !/\s/.test(this.text[at] ?? '')) at += 1;
      while (at < end && this.text[at] === ' ') at += 1;
    }
    if (this.offset <= at) return this.here('value', this.offset);
    const first = this.text[at] ?? '';
    if (first === '#') return this.offset <= end ? 'comment' : end + 1;
    if (first === '|' || first === '>') return this.block(at, column);
    if (first === '{' || first === '[') return this.flow(at, column);
    if (first === '"' || first === "'") return this.quoted(at, end);
    return this.plain(at, end, isBare);
  }

  plain(at: number, end: number, isBare: boolean): Cursor | 'comment' | number {
    const comment = this.text.slice(at, end).search(/\s#/);
    if (this.offset <= end) {
      if (comment !== -1 && this.offset > at + comment + 1) return 'comment';
      if (!isBare) return this.here('value', at);
      // Alone in a line: a key that has no colon yet, unless it stands behind a dash.
      const lead = this.text.slice(this.text.lastIndexOf('\n', at - 1) + 1, at);
      const isItem = lead.includes('-');
      return this.here(isItem ? 'value' : 'key', at);
    }
    return end + 1;
  }

  quoted(at: number, end: number): Cursor | 'comment' | number {
    const quote = this.text[at] ?? '"';
    const close = closingQuote(this.text, at);
    // A quote that is not closed on its line is one that is being written, unless the text goes on in the lines below.
    const isOpen = close === -1 || (close > end && this.offset <= end);
    if (isOpen || this.offset <= close) {
      if (this.offset > at && (this.offset <= end || close !== -1))
        return { ...this.here('value', at + 1), style: quoteStyle(quote) };
      return end + 1;
    }
    return this.endOfLine(close) + 1;
  }

  block(at: number, column: number): Cursor | 'comment' | number {
    let next = this.endOfLine(at) + 1;
    if (this.offset < next) return 'comment';
    const start = next;
    while (next <= this.text.length) {
      const end = this.endOfLine(next);
      const line = this.text.slice(next, end);
      const indent = line.length - line.trimStart().length;
      const isBlank = line.trim() === '';
      if (!isBlank && indent <= column) return next;
      if (this.offset <= end) {
        if (isBlank && this.offset - next <= column) return next;
        return { ...this.here('value', start), style: 'block' };
      }
      next = end + 1;
    }
    return this.text.length + 1;
  }

  /** Maps in braces and lists in brackets, over as many lines as they take. */
  flow(from: number, column: number): Cursor | 'comment' | number {
    const base = this.path();
    const levels: Level[] = [];
    let at = from;
    let token = -1;
    const cursor = (start: number, style: Style): Cursor => flowCursor(base, levels, start, style);
    while (at < this.text.length) {
      if (at >= this.offset) return cursor(token === -1 ? this.offset : token, 'plain');
      const character = this.text[at] ?? '';
      const level = levels.at(-1);
      if (character === '\n' && this.isLeft(at + 1, column)) return at + 1;
      if (character === '#' && /\s/.test(this.text[at - 1] ?? '')) {
        const end = this.endOfLine(at);
        if (this.offset <= end) return 'comment';
        at = end;
        continue;
      }
      if (token === -1 && (character === '"' || character === "'")) {
        const close = closingQuote(this.text, at);
        if (close === -1 || this.offset <= close) return cursor(at + 1, quoteStyle(character));
        if (level?.kind === 'map' && level.key === undefined) level.pending = this.text.slice(at + 1, close);
        at = close + 1;
        continue;
      }
      if (token !== -1 && '{[('.includes(character)) {
        // A query without quotes: its brackets are its own.
        const close = closingBracket(this.text, at, this.offset);
        if (close === undefined) return cursor(token, 'plain');
        at = close + 1;
        continue;
      }
      if (character === '{' || character === '[')
        levels.push({ kind: character === '{' ? 'map' : 'list', index: 0 });
      else if (character === '}' || character === ']') {
        levels.pop();
        token = -1;
        if (levels.length === 0) return this.endOfLine(at) + 1;
      } else if (character === ',') {
        if (level?.kind === 'list') level.index += 1;
        else if (level !== undefined) level.key = level.pending = undefined;
        token = -1;
      } else if (
        character === ':' &&
        level?.kind === 'map' &&
        level.key === undefined &&
        /[\s,}]|^$/.test(this.text[at + 1] ?? '')
      ) {
        level.key = level.pending ?? (token === -1 ? '' : this.text.slice(token, at).trim());
        token = -1;
      } else if (token === -1 && !/\s/.test(character)) token = at;
      at += 1;
    }
    return cursor(token === -1 ? this.offset : token, 'plain');
  }

  /** Whether a line is no part of a bracket any more: it is indented no deeper than the key before the bracket, and is a key itself. */
  isLeft(start: number, column: number): boolean {
    const line = this.text.slice(start, this.endOfLine(start));
    const indent = line.length - line.trimStart().length;
    return indent <= column && keyPattern.test(line.trimStart());
  }
}

interface Level {
  readonly kind: 'map' | 'list';
  index: number;
  key?: string | undefined;
  /** A quoted key whose colon has not come yet. */
  pending?: string | undefined;
}

function flowCursor(base: Path, levels: readonly Level[], start: number, style: Style): Cursor {
  const path: (string | number)[] = [...base];
  levels.forEach((level, depth) => {
    const isInnermost = depth === levels.length - 1;
    if (level.kind === 'list') path.push(level.index);
    else if (level.key !== undefined) path.push(level.key);
    else if (!isInnermost) path.push('');
  });
  const last = levels.at(-1);
  const at = last?.kind === 'map' && last.key === undefined ? 'key' : 'value';
  return { path, at, style, start, isFlow: true };
}

const quoteStyle = (quote: string | undefined): Style => (quote === "'" ? 'single-quoted' : 'double-quoted');

/** Where the quote that opens at an offset is closed; -1 where it never is. */
function closingQuote(text: string, open: number): number {
  const quote = text[open];
  for (let at = open + 1; at < text.length; at += 1) {
    if (quote === '"' && text[at] === '\\') at += 1;
    else if (text[at] === quote) {
      if (quote === "'" && text[at + 1] === "'") at += 1;
      else return at;
    }
  }
  return -1;
}

/** Where a bracket of a query is closed, strings passed over; undefined where it is not before `limit` or the end of the line. */
function closingBracket(text: string, open: number, limit: number): number | undefined {
  let depth = 0;
  for (let at = open; at < text.length && at < limit && text[at] !== '\n'; at += 1) {
    const character = text[at] ?? '';
    if (character === '"' || character === "'") {
      const close = closingQuote(text, at);
      if (close === -1) return undefined;
      at = close;
    } else if ('{[('.includes(character)) depth += 1;
    else if ('}])'.includes(character)) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return undefined;
}
