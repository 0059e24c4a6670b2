import type { Labels } from '../../../promql/evaluate/labels.js';
import type { SeriesStore } from '../../../promql/evaluate/store.js';
import type { RecordingRule, Rule } from '../../../promql/rule.js';
import { evaluated, Writer, type ServerLimits } from '../../../prove/simulation/rule-state.js';
import type { Family } from '../row.js';
import type { Times } from '../times.js';
import { rawStore } from './raw-store.js';
import { overStep, reachOf } from './windows.js';

/** A rule that looks back further than this at what was recorded is evaluated over even steps of time. */
const longest = 12 * 3600;
/** Seconds between them, at least. */
export const longStep = 3600;

/** Whether a rule sums up what was recorded over a long time. */
export function isLong(rule: Rule, records: ReadonlySet<string>): boolean {
  return [...reachOf(rule.expr)].some(([name, back]) => records.has(name) && back >= longest);
}

/** The records that long rules read, and those that these read, and so on. */
function readByLong(rules: readonly RecordingRule[], names: ReadonlySet<string>): ReadonlySet<RecordingRule> {
  const found = new Set<RecordingRule>();
  const open = rules.filter((rule) => isLong(rule, names));
  for (let rule = open.pop(); rule !== undefined; rule = open.pop()) {
    const read = reachOf(rule.expr);
    for (const source of rules.filter((each) => read.has(each.record) && !found.has(each))) {
      found.add(source);
      open.push(source);
    }
  }
  return found;
}

/**
 * What was recorded over the whole reach of the sample, at even steps: long windows weigh all times alike, although the samples of the last
 * hours are denser than those before.
 */
export function longStore(
  rules: readonly RecordingRule[],
  families: readonly Family[],
  times: Times,
  limits: ServerLimits,
  labels: Labels,
): SeriesStore {
  const names = new Set(rules.map(({ record }) => record));
  const read = readByLong(rules, names);
  const start = times.at[0] ?? times.end;
  const raw = new Set(
    [...read].flatMap((rule) => [...reachOf(rule.expr).keys()]).filter((name) => !names.has(name)),
  );
  const store = rawStore(families, times, new Map([...raw].map((name) => [name, start])), labels);
  const kept = rules.filter((rule) => read.has(rule));
  const writers = kept.map((rule) => {
    const isOfRaw = [...reachOf(rule.expr).keys()].every((name) => !names.has(name));
    // What is compared with the same hour of another day has to be known of each hour; of sums over weeks, three at a time will do.
    const every = rule.record.startsWith('anomaly:') ? 1 : 3;
    const expr = isOfRaw ? overStep(rule.expr, every * longStep) : rule.expr;
    return { rule, expr, every, writer: new Writer(store) };
  });
  for (let left = Math.floor((times.end - start) / longStep); left >= 0; left -= 1) {
    const time = times.end - left * longStep;
    for (const { rule, expr, every, writer } of writers) {
      if (left % every !== 0) continue;
      const samples = evaluated(expr, store, time, limits).map((sample) => ({
        labels: sample.labels.with([['__name__', rule.record], ...rule.labels]),
        value: sample.value,
      }));
      writer.write(samples, time);
    }
  }
  return store;
}
