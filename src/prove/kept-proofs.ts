import type { Metric, Model, ExternalMetric } from '../model/model.js';
import { fingerprint } from '../model/fingerprint.js';
import { seriesNamed } from '../model/series.js';
import type { RuleGroup } from '../promql/rule.js';
import { selectors } from '../promql/walk.js';
import type { Suite } from './suite.js';

/** What looking for the series of a rule comes to. */
export type Proof = Pick<Suite, 'scenarios' | 'untested'>;

/** Proofs by the content of all that they follow from; absent while nobody asked to keep them. */
let kept: Map<string, Proof> | undefined;
/** The oldest go beyond this: a service has some dozens of objectives and alerts. */
const most = 600;

/** From now on proofs are kept: for a process that compiles one spec again and again, of which most stays as it was. */
export function keepProofs(): void {
  kept ??= new Map();
}

/** Proofs are made anew again. */
export function forgetProofs(): void {
  kept = undefined;
}

/** How many proofs are kept. */
export function keptProofs(): number {
  return kept?.size ?? 0;
}

/**
 * The proof of a rule: the one that was found before, where all that it follows from is as it was, else a new one.
 * @param subject the entry of the spec that is proven, with all that it refers to
 * @param groups the rules under test and those that they read
 */
export function proofFor(
  model: Model,
  subject: object,
  groups: readonly RuleGroup[],
  prove: () => Proof,
): Proof {
  if (kept === undefined) return prove();
  const key = keyOf(model, subject, groups);
  const found = kept.get(key);
  const proof = found ?? prove();
  // What was used last stands last.
  kept.delete(key);
  kept.set(key, proof);
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break;
    kept.delete(oldest);
  }
  return proof;
}

/** Everything that a proof is made from, places in the file and texts for people left out. */
function keyOf(model: Model, subject: object, groups: readonly RuleGroup[]): string {
  const names = new Set(
    groups.flatMap(({ rules }) =>
      rules.flatMap(({ expr }) => selectors(expr).flatMap(({ metric }) => metric ?? [])),
    ),
  );
  const metrics: ReadonlySet<Metric | ExternalMetric> = new Set(
    [...names].sort().flatMap((name) => seriesNamed(model, name)?.metric ?? []),
  );
  const { service, target, labels, sections } = model;
  const wires = [...labels.values()].map(({ wire }) => wire);
  const content = {
    subject,
    groups,
    metrics,
    service,
    target,
    wires,
    security: sections.security,
    gpu: sections.gpu,
  };
  // Who reads a metric, and what it is for, changes no rule.
  return fingerprint(content, ['readers', 'help']);
}
