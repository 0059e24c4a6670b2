import type { ts } from 'ts-morph';
import type { ShapeResult, Skip } from '../../edit.js';

/** A place that is left alone. It is shown by its first line. */
export function skipped(
  node: ts.Node,
  source: ts.SourceFile,
  code: Skip['code'],
  message: string,
  help?: string,
): ShapeResult {
  return { skip: { code, message, help, start: node.getStart(source), end: node.end } };
}
