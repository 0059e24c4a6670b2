import { helperNames, type HelperNames } from '../../emit/typescript/names.js';
import type { Metric, Model } from '../../model/model.js';
import { seriesNames } from '../../model/series.js';
import type { Reader } from './change.js';
import { proposedNames } from './renames.js';
import { joinReaders, readersIn, readsOf, type Read, type Reads } from './readers.js';

/** One of the two specs, with what is asked of it again and again. */
export interface Side {
  readonly model: Model;
  readonly reads: Reads;
  readonly names: HelperNames;
}

/** The two specs that are compared. */
export interface Sides {
  readonly old: Side;
  readonly new: Side;
  /** By the name of a metric that has another name now and says so, the new one. */
  readonly renamed: ReadonlyMap<string, Metric>;
  /** By the name of a metric that went, the name of one that came and is equal otherwise, although nobody says so. */
  readonly proposed: ReadonlyMap<string, string>;
}

export function sidesOf(old: Model, now: Model): Sides {
  const renamed = new Map<string, Metric>();
  for (const metric of now.metrics.values()) {
    const name = metric.renamedFrom?.name;
    if (name === undefined || !old.metrics.has(name)) continue;
    if (!now.metrics.has(name) && !old.metrics.has(metric.name)) renamed.set(name, metric);
  }
  const heirs = new Set([...renamed.values()].map(({ name }) => name));
  const proposed = proposedNames(
    [...old.metrics.values()].filter(({ name }) => !now.metrics.has(name) && !renamed.has(name)),
    [...now.metrics.values()].filter(({ name }) => !old.metrics.has(name) && !heirs.has(name)),
  );
  return { old: sideOf(old), new: sideOf(now), renamed, proposed };
}

function sideOf(model: Model): Side {
  return { model, reads: readsOf(model), names: helperNames(model) };
}

/** What reads a metric in one spec. */
export function readsOfMetric({ reads }: Side, metric: string): readonly Read[] {
  return reads.get(metric) ?? [];
}

/** What reads a metric of either name in either spec, where a test of the read says so. */
export function hitsOf(
  sides: Sides,
  before: string,
  after: string,
  test: (read: Read) => boolean = () => true,
): readonly Reader[] {
  return joinReaders(
    readersIn(readsOfMetric(sides.old, before).filter(test)),
    readersIn(readsOfMetric(sides.new, after).filter(test)),
  );
}

/** Alerts and objectives among readers: what tells somebody. */
export function tellers(readers: readonly Reader[]): readonly Reader[] {
  return readers.filter(({ kind }) => kind === 'alert' || kind === 'objective');
}

/** Whether a name is that of one of a metric's series. */
export function isSeriesOf(metric: Metric): (name: string) => boolean {
  const names = new Set(seriesNames(metric));
  return (name) => names.has(name);
}

/** `alert A, objective b`, as sentences name readers. */
export function readerList(readers: readonly Reader[]): string {
  return readers.map(({ kind, name }) => `${kind} ${name}`).join(', ');
}
