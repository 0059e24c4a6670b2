import type { FoldingRange } from 'vscode-languageserver';
import type { SourceFile } from '../diagnostics/source-file.js';
import { parseWithoutSecrets } from '../spec/layers/imports.js';
import type { Located } from '../spec/located.js';

/** Entries of maps and items of lists that take several lines, and runs of comments. */
export function foldsOf(source: SourceFile): FoldingRange[] {
  const folds: FoldingRange[] = commentsOf(source);
  const add = (start: number, end: number): void => {
    const first = source.position(start).line;
    const last = source.position(Math.max(start, end - 1)).line;
    if (last > first) folds.push({ startLine: first - 1, endLine: last - 1 });
  };
  const visit = (node: Located): void => {
    if (node.kind === 'map')
      for (const { key, value } of node.entries.values()) {
        add(key.range.start, value.range.end);
        visit(value);
      }
    else if (node.kind === 'sequence')
      for (const item of node.items) {
        add(item.range.start, item.range.end);
        visit(item);
      }
  };
  const tree = parseWithoutSecrets(source).value;
  if (tree !== undefined) visit(tree.root);
  return folds;
}

function commentsOf(source: SourceFile): FoldingRange[] {
  const folds: FoldingRange[] = [];
  let first: number | undefined;
  const count = source.lineStarts.length;
  for (let line = 1; line <= count + 1; line += 1) {
    const isComment = line <= count && source.line(line).trimStart().startsWith('#');
    if (isComment) first ??= line;
    else {
      if (first !== undefined && line - 1 > first)
        folds.push({ startLine: first - 1, endLine: line - 2, kind: 'comment' });
      first = undefined;
    }
  }
  return folds;
}
