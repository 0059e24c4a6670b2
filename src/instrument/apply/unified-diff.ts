import { painter, type Paint } from '../../diagnostics/render/style.js';
import { visible } from '../../diagnostics/render/visible.js';
import { changesOf, linesOf, type Change } from './lines.js';

/** Unchanged lines that are shown around a change. */
const context = 3;

/** A part of a unified diff. Lines count from 1; where a side is empty, its start is the line before, as `diff -u` has it. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** Each with its mark (` `, `-`, `+`), without its line feed; a missing one at the end of the file is a line of its own. */
  readonly lines: readonly string[];
}

const noLineFeed = '\\ No newline at end of file';

/** What differs between two texts, with three lines around it. */
export function hunksOf(before: string, after: string): readonly Hunk[] {
  const [oldLines, newLines] = [linesOf(before), linesOf(after)];
  return groupsOf(changesOf(oldLines, newLines)).map((group) => hunkOf(group, oldLines, newLines));
}

/** Changes whose surroundings would overlap share a hunk. */
function groupsOf(changes: readonly Change[]): readonly (readonly Change[])[] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    const previous = last?.at(-1);
    if (last === undefined || previous === undefined || change.from - previous.to > 2 * context)
      groups.push([change]);
    else last.push(change);
  }
  return groups;
}

function hunkOf(group: readonly Change[], before: readonly string[], after: readonly string[]): Hunk {
  const first = group[0] ?? { from: 0, newFrom: 0 };
  const last = group.at(-1) ?? { to: 0, newTo: 0 };
  const start = Math.max(0, first.from - context);
  const newStart = first.newFrom - (first.from - start);
  const end = Math.min(before.length, last.to + context);
  const lines: string[] = [];
  let at = start;
  const keep = (to: number): void => {
    for (; at < to; at += 1) lines.push(...marked(' ', before[at]));
  };
  for (const { from, to, newFrom, newTo } of group) {
    keep(from);
    for (; at < to; at += 1) lines.push(...marked('-', before[at]));
    for (let line = newFrom; line < newTo; line += 1) lines.push(...marked('+', after[line]));
  }
  keep(end);
  const oldLines = end - start;
  const newLines = last.newTo + (end - last.to) - newStart;
  return {
    oldStart: oldLines === 0 ? start : start + 1,
    oldLines,
    newStart: newLines === 0 ? newStart : newStart + 1,
    newLines,
    lines,
  };
}

function marked(mark: string, line = ''): readonly string[] {
  return line.endsWith('\n') ? [mark + line.slice(0, -1)] : [mark + line, noLineFeed];
}

/** What `git apply` takes; `path` counts from where it is to be applied. */
export function unifiedDiff(path: string, hunks: readonly Hunk[]): string {
  return printed(path, hunks, painter(false), (line) => line);
}

/** The same for a terminal: with colours, and characters that would steer it shown by name. */
export function shownDiff(path: string, hunks: readonly Hunk[], paint: Paint): string {
  return printed(path, hunks, paint, shownLine);
}

/** Tabs stay, and so does the end of a line of Windows, which every line of the file has. */
function shownLine(line: string): string {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  return text.split('\t').map(visible).join('\t');
}

function printed(path: string, hunks: readonly Hunk[], paint: Paint, show: (line: string) => string): string {
  if (hunks.length === 0) return '';
  const rows = [
    paint('strong', `diff --git ${quotedPath(`a/${path}`)} ${quotedPath(`b/${path}`)}`),
    paint('strong', `--- ${quotedPath(`a/${path}`, true)}`),
    paint('strong', `+++ ${quotedPath(`b/${path}`, true)}`),
  ];
  for (const hunk of hunks) {
    const { oldStart, oldLines, newStart, newLines } = hunk;
    rows.push(paint('info', `@@ -${extent(oldStart, oldLines)} +${extent(newStart, newLines)} @@`));
    for (const line of hunk.lines) {
      const text = show(line);
      rows.push(
        line.startsWith('+') ? paint('added', text) : line.startsWith('-') ? paint('removed', text) : text,
      );
    }
  }
  return `${rows.join('\n')}\n`;
}

function extent(start: number, count: number): string {
  return count === 1 ? String(start) : `${start},${count}`;
}

/** As git writes a path that has quotes, backslashes or control characters; one with blanks ends with a tab where nothing else ends it. */
function quotedPath(path: string, ends = false): string {
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  if (!/["\\\u0000-\u001f\u007f]/.test(path)) return ends && path.includes(' ') ? `${path}\t` : path;
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  const escaped = path.replace(/["\\\u0000-\u001f\u007f]/g, (each) =>
    each === '"' || each === '\\' ? `\\${each}` : `\\${each.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
  return `"${escaped}"`;
}
