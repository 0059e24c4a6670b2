import type { Formatted, Formatter } from './formatter.js';
import { formatInserted } from './inserted-lines.js';

/** A change of a file that is to be laid out. */
export interface Layout {
  /** Absolute. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/**
 * Changed texts as the formatter lays out what was changed. A file that was laid out by it before is laid out whole; of any other, only
 * the lines that came in are.
 */
export async function layOut(
  formatter: Formatter,
  layouts: readonly Layout[],
): Promise<readonly Formatted[]> {
  const whole = await formatter.format(layouts.map(({ path, after }) => ({ path, text: after })));
  const limited = layouts.map(({ before, after }, index) => {
    const formatted = whole[index];
    return formatted?.kind === 'text' ? formatInserted(before, after, formatted.text) : undefined;
  });
  const open = layouts.flatMap((layout, index) =>
    limited[index]?.hasMore === true ? [{ layout, index }] : [],
  );
  const old = await formatter.format(open.map(({ layout }) => ({ path: layout.path, text: layout.before })));
  const wasLaidOut = new Set(
    open.flatMap(({ layout, index }, at) => {
      const formatted = old[at];
      return formatted?.kind === 'text' && formatted.text === layout.before ? [index] : [];
    }),
  );
  return layouts.map((_, index): Formatted => {
    const formatted = whole[index] ?? { kind: 'failed' };
    const part = limited[index];
    return part === undefined || wasLaidOut.has(index) ? formatted : { kind: 'text', text: part.text };
  });
}
