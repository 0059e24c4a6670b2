import type { Position, Range as LspRange } from 'vscode-languageserver';
import type { Range } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../diagnostics/source-file.js';

/** A place as the protocol counts: lines and UTF-16 columns from 0. */
export function positionAt(source: SourceFile, offset: number): Position {
  const { line, column } = source.position(offset);
  return { line: line - 1, character: column - 1 };
}

/** The offset of a place; a column beyond the end of its line is the end of the line. */
export function offsetAt(source: SourceFile, { line, character }: Position): number {
  const start = source.lineStarts[line];
  if (start === undefined) return line < 0 ? 0 : source.text.length;
  return start + Math.min(Math.max(0, character), source.line(line + 1).length);
}

export function lspRange({ source, start, end }: Range): LspRange {
  return { start: positionAt(source, start), end: positionAt(source, end) };
}
