import { spanAt, type Trace } from '../tree/trace.js';
import type { TraceAnalysis } from './analyse-trace.js';
import { joinedBreakdowns, type Breakdown } from './breakdown.js';
import { quantile } from './quantile.js';
import { serviceMap, type ServiceEdge } from './service-map.js';
import { added, sortedUsage, type UsageRow } from './usage.js';

/** What several traces have in common. */
export interface SeveralTraces {
  /** Slowest first. */
  readonly slowest: readonly TraceAnalysis[];
  /** Nanoseconds. */
  readonly durations: { readonly p50: number; readonly p95: number; readonly sum: number };
  readonly services: readonly ServiceEdge[];
  readonly bottlenecks: readonly Bottleneck[];
  readonly comparison: Comparison | undefined;
  readonly byService: readonly Breakdown[];
  readonly byAgent: readonly Breakdown[];
  readonly usage: readonly UsageRow[];
}

/** A kind of span by the time that it keeps traces waiting. */
export interface Bottleneck {
  readonly service: string;
  readonly name: string;
  /** Of the durations of all traces, the part in which it was on the critical path; from 0 to 1. */
  readonly share: number;
  readonly onPath: number;
  readonly self: number;
  readonly count: number;
  readonly errors: number;
  /** In how many traces it is on the critical path. */
  readonly traces: number;
}

/** What slow traces of one kind do that fast ones do not. */
export interface Comparison {
  /** Service and name of the root. */
  readonly root: string;
  readonly slow: number;
  readonly fast: number;
  /** Nanoseconds: the limits that the two were chosen by. */
  readonly slowFrom: number;
  readonly fastTo: number;
  /** Largest difference first; means over the traces, in nanoseconds on the critical path and calls. */
  readonly rows: readonly ComparisonRow[];
}

export interface ComparisonRow {
  readonly name: string;
  readonly slowOnPath: number;
  readonly fastOnPath: number;
  readonly slowCount: number;
  readonly fastCount: number;
}

/** Fewer traces of a kind have no slow and fast ones. */
const fewestCompared = 4;

/** Puts the analyses of several traces together. */
export function severalOf(analyses: readonly TraceAnalysis[]): SeveralTraces {
  const durations = Float64Array.from(analyses, ({ trace }) => trace.duration).sort();
  const sum = durations.reduce((total, each) => total + each, 0);
  return {
    slowest: [...analyses].sort((a, b) => b.trace.duration - a.trace.duration),
    durations: { p50: quantile(durations, 0.5), p95: quantile(durations, 0.95), sum },
    services: serviceMap(analyses.map(({ trace }) => trace)),
    bottlenecks: bottlenecksOf(analyses, sum),
    comparison: comparisonOf(analyses),
    byService: joinedBreakdowns(analyses.map(({ byService }) => byService)),
    byAgent: joinedBreakdowns(analyses.map(({ byAgent }) => byAgent)),
    usage: joinedUsage(analyses),
  };
}

function joinedUsage(analyses: readonly TraceAnalysis[]): readonly UsageRow[] {
  const rows = new Map<string, UsageRow>();
  for (const row of analyses.flatMap(({ usage }) => usage)) {
    const key = JSON.stringify([row.agent ?? null, row.model ?? null]);
    const known = rows.get(key);
    rows.set(key, known === undefined ? row : { ...row, ...added(known, row) });
  }
  return sortedUsage([...rows.values()]);
}

function bottlenecksOf(analyses: readonly TraceAnalysis[], whole: number): readonly Bottleneck[] {
  type Row = { -readonly [Key in keyof Omit<Bottleneck, 'share'>]: Bottleneck[Key] };
  const rows = new Map<string, Row & { last: Trace | undefined }>();
  for (const { trace, self, path } of analyses)
    for (let span = 0; span < trace.spans.length; span++) {
      const { service, name, isError } = spanAt(trace, span);
      const key = `${service}\u0000${name}`;
      let row = rows.get(key);
      if (row === undefined)
        rows.set(
          key,
          (row = { service, name, onPath: 0, self: 0, count: 0, errors: 0, traces: 0, last: undefined }),
        );
      const onPath = path.onPath[span] ?? 0;
      row.onPath += onPath;
      row.self += self[span] ?? 0;
      row.count += 1;
      if (isError) row.errors += 1;
      if (onPath > 0 && row.last !== trace) {
        row.traces += 1;
        row.last = trace;
      }
    }
  return [...rows.values()]
    .map(({ service, name, onPath, self, count, errors, traces }) => ({
      ...{ service, name, onPath, self, count, errors, traces },
      share: whole === 0 ? 0 : onPath / whole,
    }))
    .sort((a, b) => b.onPath - a.onPath || b.self - a.self || (a.name < b.name ? -1 : 1));
}

/** The root of a trace as a kind of request. */
export function rootTitle({ trace }: Pick<TraceAnalysis, 'trace'>): string {
  const [root] = trace.roots;
  if (root === undefined) return '';
  const { service, name } = spanAt(trace, root);
  return `${service}: ${name}`;
}

/** Compares the slowest tenth of the most frequent kind of request with its faster half. */
function comparisonOf(analyses: readonly TraceAnalysis[]): Comparison | undefined {
  const kinds = new Map<string, TraceAnalysis[]>();
  for (const each of analyses) {
    const title = rootTitle(each);
    const known = kinds.get(title);
    if (known === undefined) kinds.set(title, [each]);
    else known.push(each);
  }
  const [kind] = [...kinds].sort(([, a], [, b]) => b.length - a.length);
  if (kind === undefined || kind[1].length < fewestCompared) return undefined;
  const [root, all] = kind;
  const durations = Float64Array.from(all, ({ trace }) => trace.duration).sort();
  const fastTo = quantile(durations, 0.5);
  const slowFrom = Math.max(quantile(durations, 0.9), fastTo);
  if (slowFrom === fastTo) return undefined;
  const slow = all.filter(({ trace }) => trace.duration >= slowFrom);
  const fast = all.filter(({ trace }) => trace.duration <= fastTo);
  const means = { slow: meansOf(slow), fast: meansOf(fast) };
  const names = new Set([...means.slow.keys(), ...means.fast.keys()]);
  const rows = [...names].map((name): ComparisonRow => {
    const ofSlow = means.slow.get(name);
    const ofFast = means.fast.get(name);
    return {
      name,
      slowOnPath: ofSlow?.onPath ?? 0,
      fastOnPath: ofFast?.onPath ?? 0,
      slowCount: ofSlow?.count ?? 0,
      fastCount: ofFast?.count ?? 0,
    };
  });
  const difference = (row: ComparisonRow): number => Math.abs(row.slowOnPath - row.fastOnPath);
  rows.sort((a, b) => difference(b) - difference(a) || (a.name < b.name ? -1 : 1));
  return { root, slow: slow.length, fast: fast.length, slowFrom, fastTo, rows };
}

function meansOf(
  analyses: readonly TraceAnalysis[],
): ReadonlyMap<string, { readonly onPath: number; readonly count: number }> {
  const joined = joinedBreakdowns(analyses.map(({ byName }) => byName));
  return new Map(
    joined.map(({ key, onPath, count }) => [
      key,
      { onPath: onPath / analyses.length, count: count / analyses.length },
    ]),
  );
}
