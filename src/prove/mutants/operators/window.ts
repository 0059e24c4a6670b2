import type { Duration, VectorSelector } from '../../../promql/ast.js';
import { duration } from '../../../promql/build.js';
import { parseDuration, printDuration } from '../../../promql/duration.js';
import { durations } from '../../../promql/walk.js';
import type { Suite } from '../../suite.js';
import type { ExprChange, ExprOperator, Surroundings } from '../mutant.js';
import { isBehindZero } from '../sites.js';
import { became } from '../words.js';

/** The shortest window that is made: half of a shorter one holds no two samples. */
const shortest = 60;

/** The values next to one in a list, below and above. */
function neighbours(all: readonly number[], one: number): readonly number[] {
  const sorted = [...new Set(all)].filter((each) => each !== one).sort((a, b) => a - b);
  const above = sorted.find((each) => each > one);
  const lower = sorted.findLast((each) => each < one);
  return [lower, above].filter((each) => each !== undefined);
}

/** The windows that the records of a suite read. */
function windowsOf({ groups }: Suite): readonly number[] {
  return groups.flatMap(({ rules }) =>
    rules.flatMap(({ expr }) =>
      durations(expr).flatMap((each) => (each.kind === 'duration' && each.seconds > 0 ? [each.seconds] : [])),
    ),
  );
}

function otherWindows(range: Duration | undefined, { suite }: Surroundings): readonly number[] {
  if (range?.kind !== 'duration') return [];
  const { seconds } = range;
  return [
    ...new Set(
      [seconds * 2, seconds / 2, ...neighbours(windowsOf(suite), seconds)].map((each) => Math.round(each)),
    ),
  ].filter((each) => each >= shortest && each !== seconds);
}

/** `slo:sli_error:ratio_rate1h` is a name and a window. */
function windowInName(metric: string): { readonly stem: string; readonly window: number } | undefined {
  const [, stem, text] = /^(.*:.*?\D)((?:\d+[dhms])+)$/.exec(metric) ?? [];
  const window = text === undefined ? undefined : parseDuration(text);
  return stem === undefined || window === undefined ? undefined : { stem, window };
}

/** The same record over the next shorter and the next longer window. */
function siblings(selector: VectorSelector, { groups }: Suite): readonly string[] {
  const own = selector.metric === undefined ? undefined : windowInName(selector.metric);
  if (own === undefined) return [];
  const records = groups.flatMap(({ rules }) =>
    rules.flatMap((rule) => (rule.kind === 'record' ? [rule.record] : [])),
  );
  const names = new Map(
    records.flatMap((record) => {
      const found = windowInName(record);
      return found?.stem === own.stem ? [[found.window, record] as const] : [];
    }),
  );
  return neighbours([...names.keys()], own.window).flatMap((window) => names.get(window) ?? []);
}

/** A window doubled, halved, or taken for the next shorter or longer one of the suite; also where a record's name holds it. */
export const windows: ExprOperator = (site, surroundings) => {
  const { node } = site;
  if (isBehindZero(site)) return [];
  if (node.kind === 'subquery' || node.kind === 'selector') {
    const range = node.range;
    const ranges = otherWindows(range, surroundings).map((seconds): ExprChange => ({
      kind: 'window',
      what: became(
        range?.kind === 'duration' ? `[${printDuration(range.seconds)}]` : '',
        `[${printDuration(seconds)}]`,
      ),
      expr: site.put({ ...node, range: duration(seconds) }),
    }));
    if (node.kind === 'subquery') return ranges;
    const names = siblings(node, surroundings.suite).map((metric): ExprChange => ({
      kind: 'window',
      what: became(node.metric ?? '', metric),
      expr: site.put({ ...node, metric }),
    }));
    return [...ranges, ...names];
  }
  return [];
};
