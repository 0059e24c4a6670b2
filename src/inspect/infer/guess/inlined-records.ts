import type { Expr, VectorSelector } from '../../../promql/ast.js';
import { parsePromql } from '../../../promql/parse.js';
import { formatPromql } from '../../../promql/print.js';
import { selectors, transform } from '../../../promql/walk.js';
import type { SeenRecord } from '../evidence.js';

/** Rules that record from what other rules record; deeper than this, nobody follows. */
const deepest = 8;

/** Characters of a query that a person still reads. */
const longest = 10_000;

/** A query in which names of recorded series were replaced by what is recorded under them. */
export interface Inlined {
  readonly query: string;
  /** The rules whose queries stand in it now. */
  readonly records: readonly SeenRecord[];
}

/** Whether a selector is the recorded series as a whole, now: its query in its place gives the same values. */
function isWhole({ matchers, range, offset, evaluatedAt }: VectorSelector): boolean {
  return matchers.length === 0 && range === undefined && offset === undefined && evaluatedAt === undefined;
}

/**
 * Puts the queries of recording rules in the place of the series that they record, where that is the same: not in a range, behind an offset
 * or with matchers, and not where the rule adds labels or is one of several of its name.
 * @returns undefined where it reads none, or one for which that cannot be done
 */
export function inlineRecords(query: string, records: ReadonlyMap<string, SeenRecord>): Inlined | undefined {
  const used = new Set<SeenRecord>();
  const inlined = (expr: Expr, open: readonly string[]): Expr =>
    transform(expr, (each) => {
      if (each.kind !== 'selector' || each.metric === undefined || !isWhole(each)) return each;
      const record = records.get(each.metric);
      if (record?.isExact !== true || open.includes(record.name) || open.length >= deepest) return each;
      const { expr: recorded } = parsePromql(record.expr);
      if (recorded === undefined) return each;
      used.add(record);
      return inlined(recorded, [...open, record.name]);
    });
  const { expr } = parsePromql(query);
  if (expr === undefined) return undefined;
  const result = inlined(expr, []);
  // A query that still needs one of the rules is as well off with all of them, and stays as it was written.
  const needsMore = selectors(result).some(({ metric = '' }) => records.has(metric));
  if (used.size === 0 || needsMore) return undefined;
  const text = formatPromql(result);
  return text.length > longest ? undefined : { query: text, records: [...used] };
}
