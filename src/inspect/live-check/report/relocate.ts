import type { Diagnostic } from '../../../diagnostics/diagnostic.js';
import { placeOf } from '../../../diagnostics/render/frame.js';

/** The line that a range begins on, on one line. */
function lineAt({ source, start }: NonNullable<Diagnostic['range']>): string {
  return source.line(source.position(start).line).trim();
}

/**
 * Findings for what annotates files of the repository: each at its place in the spec, where it has one. The page of a service is no file
 * there, so the message says what stood in it.
 */
export function atTheSpec(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.map((each) => {
    const [declared] = each.related;
    if (each.range === undefined) return { ...each, range: declared?.range };
    return {
      ...each,
      message: `${each.message}; seen at ${placeOf(each.range)}: ${lineAt(each.range)}`,
      range: declared?.range,
      related: each.related.slice(1),
    };
  });
}
