/** How a scalar is written in YAML. */
export type ScalarStyle = 'plain' | 'single-quoted' | 'double-quoted' | 'literal' | 'folded';

/** For each UTF-16 unit of a scalar's value, where the source text that stands for it begins and ends, relative to the scalar. */
export interface CharacterMap {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

interface Builder {
  value: string;
  readonly starts: number[];
  readonly ends: number[];
}

/**
 * Maps the characters of a value back to the source of its scalar, by the folding and escaping rules of YAML 1.2 (chapters 7.3 and 8.1).
 * Where the rules do not lead to `value` (the scalar is faulty), each character stands for the whole scalar.
 * @param raw source of the scalar, quotes or block header included
 */
export function mapCharacters(raw: string, style: ScalarStyle, value: string): CharacterMap {
  const built = build(raw, style, value);
  if (built.value === value) return built;
  return {
    starts: Array.from({ length: value.length }, () => 0),
    ends: Array.from({ length: value.length }, () => raw.length),
  };
}

function build(raw: string, style: ScalarStyle, value: string): Builder {
  switch (style) {
    case 'plain':
      return unfold(raw, 0, raw.length);
    case 'single-quoted':
      return withoutDoubledQuotes(unfold(raw, 1, raw.length - 1));
    case 'double-quoted':
      return doubleQuoted(raw);
    case 'literal':
    case 'folded':
      return block(raw, style === 'folded', value);
  }
}

const empty = (): Builder => ({ value: '', starts: [], ends: [] });

function push(to: Builder, text: string, start: number, end: number): void {
  to.value += text;
  for (let unit = 0; unit < text.length; unit += 1) {
    to.starts.push(start);
    to.ends.push(end);
  }
}

function pushRun(to: Builder, raw: string, start: number, end: number): void {
  to.value += raw.slice(start, end);
  for (let at = start; at < end; at += 1) {
    to.starts.push(at);
    to.ends.push(at + 1);
  }
}

const isBlank = (character: string | undefined): boolean => character === ' ' || character === '\t';

interface Line {
  readonly start: number;
  /** Without the line break. */
  readonly end: number;
}

function linesOf(raw: string, from: number, to: number): Line[] {
  const lines: Line[] = [];
  let start = from;
  for (let at = from; at < to; at += 1) {
    if (raw[at] !== '\n') continue;
    lines.push({ start, end: raw[at - 1] === '\r' && at > start ? at - 1 : at });
    start = at + 1;
  }
  lines.push({ start, end: to });
  return lines;
}

/** Line folding of plain and quoted scalars: one break is a space, each further one a line feed. */
function unfold(raw: string, from: number, to: number): Builder {
  const result = empty();
  const lines = linesOf(raw, from, to);
  // The breaks between the text so far and the next one: that of its line, and those of the empty lines behind it.
  let breaks: number[] = [];
  lines.forEach((line, index) => {
    const isLast = index === lines.length - 1;
    let { start, end } = line;
    if (index > 0) while (start < end && isBlank(raw[start])) start += 1;
    if (!isLast) while (end > start && isBlank(raw[end - 1])) end -= 1;
    if (index > 0 && start === end && !isLast) {
      breaks.push(line.end);
      return;
    }
    pushFold(result, breaks, false);
    pushRun(result, raw, start, end);
    breaks = [line.end];
  });
  return result;
}

function withoutDoubledQuotes(text: Builder): Builder {
  const result = empty();
  for (let at = 0; at < text.value.length; at += 1) {
    const character = text.value[at] ?? '';
    const start = text.starts[at] ?? 0;
    const doubled = character === "'" && text.value[at + 1] === "'";
    push(result, character, start, text.ends[doubled ? at + 1 : at] ?? start + 1);
    if (doubled) at += 1;
  }
  return result;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\x1b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['N', '\u0085'],
  ['_', '\u00a0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
  [' ', ' '],
  ['"', '"'],
  ['/', '/'],
  ['\\', '\\'],
  ['\t', '\t'],
]);
const codeLength: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

function doubleQuoted(raw: string): Builder {
  const result = empty();
  const end = raw.length - 1;
  let at = 1;
  while (at < end) {
    const character = raw[at] ?? '';
    if (character === '\\') at = escapeAt(raw, at, result);
    else if (character === '\r' && raw[at + 1] === '\n') at += 1;
    else if (character === '\n') at = foldAt(raw, at, result);
    else if (isBlank(character)) {
      let next = at;
      while (isBlank(raw[next])) next += 1;
      if (raw[next] !== '\n' && !(raw[next] === '\r' && raw[next + 1] === '\n'))
        pushRun(result, raw, at, next);
      at = next;
    } else {
      pushRun(result, raw, at, at + 1);
      at += 1;
    }
  }
  return result;
}

/** Reads the escape at `at` and returns the offset behind it. */
function escapeAt(raw: string, at: number, result: Builder): number {
  const kind = raw[at + 1] ?? '';
  const simple = escapes.get(kind);
  if (simple !== undefined) {
    push(result, simple, at, at + 2);
    return at + 2;
  }
  const length = codeLength.get(kind);
  if (length !== undefined) {
    const code = Number.parseInt(raw.slice(at + 2, at + 2 + length), 16);
    if (code >= 0 && code <= 0x10ffff) push(result, String.fromCodePoint(code), at, at + 2 + length);
    return at + 2 + length;
  }
  let next = at + (kind === '\r' ? 3 : 2);
  while (isBlank(raw[next])) next += 1;
  return next;
}

/** Folds the break at `at`, with the empty lines behind it, and returns the offset of the next text. */
function foldAt(raw: string, at: number, result: Builder): number {
  const breaks: number[] = [];
  let next = at + 1;
  while (isBlank(raw[next]) || raw[next] === '\n' || (raw[next] === '\r' && raw[next + 1] === '\n')) {
    if (raw[next] === '\n') breaks.push(next);
    next += 1;
  }
  if (breaks.length === 0) push(result, ' ', at, at + 1);
  for (const position of breaks) push(result, '\n', position, position + 1);
  return next;
}

/** Literal and folded block scalars. The indentation is found by comparing the first line of text with the value. */
function block(raw: string, folded: boolean, value: string): Builder {
  const headerEnd = raw.indexOf('\n');
  if (headerEnd === -1) return empty();
  const keep = /^[|>][0-9]?\+/.test(raw);
  const strip = /^[|>][0-9]?-/.test(raw);
  const lines = linesOf(raw, headerEnd + 1, raw.length);
  const isText = (line: Line): boolean => {
    for (let at = line.start; at < line.end; at += 1) if (raw[at] !== ' ') return true;
    return false;
  };
  const first = lines.find(isText);
  const firstOfValue = value.split('\n').find((line) => /[^ ]/.test(line));
  if (first === undefined || firstOfValue === undefined) return blankBlock(lines, value);
  const indent = leadingSpaces(raw.slice(first.start, first.end)) - leadingSpaces(firstOfValue);
  return blockLines({ raw, lines, indent, folded, keep, strip });
}

const leadingSpaces = (line: string): number => line.length - line.trimStart().length - tabsAhead(line);

/** Tabs and other white space behind the spaces of the indentation belong to the text. */
function tabsAhead(line: string): number {
  let spaces = 0;
  while (line[spaces] === ' ') spaces += 1;
  return line.length - line.trimStart().length - spaces;
}

/** A block without text: with `+` it keeps its line breaks. */
function blankBlock(lines: readonly Line[], value: string): Builder {
  const result = empty();
  for (const line of lines) {
    if (result.value.length < value.length) push(result, '\n', line.end, line.end + 1);
  }
  return result;
}

interface Block {
  readonly raw: string;
  readonly lines: readonly Line[];
  readonly indent: number;
  readonly folded: boolean;
  readonly keep: boolean;
  readonly strip: boolean;
}

function blockLines({ raw, lines, indent, folded, keep, strip }: Block): Builder {
  const result = empty();
  const textStart = (line: Line): number => Math.min(line.start + indent, line.end);
  const isSpaces = (line: Line): boolean =>
    raw.slice(line.start, line.end).trimStart() === '' && !raw.slice(line.start, line.end).includes('\t');
  let contentEnd = lines.length;
  while (contentEnd > 0) {
    const line = lines[contentEnd - 1];
    if (line === undefined || !isSpaces(line) || line.end - line.start > indent) break;
    contentEnd -= 1;
  }
  let separators: number[] = [];
  let previousMore = false;
  let started = false;
  lines.slice(0, contentEnd).forEach((line, index) => {
    const from = textStart(line);
    const isEmpty = isSpaces(line) && (!folded || line.end - line.start <= indent);
    const more = folded && !isEmpty && isBlank(raw[from]);
    if (folded && isEmpty && started) {
      separators.push(line.end);
      return;
    }
    if (!folded || !started) {
      if (index > 0) {
        const before = lines[index - 1];
        if (before !== undefined) push(result, '\n', before.end, before.end + 1);
      }
    } else pushFold(result, separators, more || previousMore);
    pushRun(result, raw, from, line.end);
    started ||= !isEmpty;
    previousMore = more;
    separators = [line.end];
  });
  chomp(result, { raw, lines, indent, folded, keep, strip }, contentEnd);
  return result;
}

/** The breaks between two lines: a single one is a space, of several all but the first count; literal ones all do. */
function pushFold(result: Builder, breaks: readonly number[], literal: boolean): void {
  const [first, ...rest] = breaks;
  if (first === undefined) return;
  if (literal) for (const at of breaks) push(result, '\n', at, at + 1);
  else if (rest.length === 0) push(result, ' ', first, first + 1);
  else for (const at of rest) push(result, '\n', at, at + 1);
}

function chomp(result: Builder, { raw, lines, indent, keep, strip }: Block, contentEnd: number): void {
  if (strip) return;
  const last = lines[contentEnd - 1];
  if (last === undefined) return;
  const breakAt = Math.min(last.end, raw.length);
  push(result, '\n', breakAt, Math.min(breakAt + 1, raw.length));
  if (!keep) return;
  // The last line has no break of its own: the source ends with the break before it.
  for (const line of lines.slice(contentEnd, -1)) {
    pushRun(result, raw, Math.min(line.start + indent, line.end), line.end);
    push(result, '\n', line.end, line.end + 1);
  }
}
