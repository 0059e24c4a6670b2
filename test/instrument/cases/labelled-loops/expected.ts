import { spans, traceFunction } from './generated/instrument.js';

export function find(rows: readonly (readonly number[])[], wanted: number): string {
  outer: for (const [y, row] of rows.entries()) {
    for (const [x, value] of row.entries()) {
      if (value < 0) continue outer;
      if (value === wanted) break outer;
      if (value > 100) return `too big at ${x} ${y}`;
    }
  }
  block: {
    if (wanted === 0) break block;
    return 'searched';
  }
  return 'nothing wanted';
}
(find as unknown) = traceFunction(spans.functionCall, 'find', find);
