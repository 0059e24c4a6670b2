import type { DiagnosticCode } from '../../diagnostics/catalogue.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import {
  acceptancesOf,
  expired,
  idle,
  isSuppressibleLive,
  type Acceptance,
} from '../../model/checks/suppress.js';
import type { Model } from '../../model/model.js';
import type { LoadedSpec } from '../../spec/loaded.js';

/** Names of what was looked at. */
export interface SeenNames {
  readonly metrics: ReadonlySet<string>;
  /** Metrics whose type was told. */
  readonly typed: ReadonlySet<string>;
  readonly spans: ReadonlySet<string>;
}

interface Setting {
  readonly model: Model;
  readonly loaded: LoadedSpec;
  /** ISO date. */
  readonly today: string;
  readonly seen: SeenNames;
}

/**
 * Findings that are there or not with the first thing that is seen. All others depend on what happened while the service was looked at: that
 * one did not occur is no reason to remove what accepts it.
 */
const ofFirstSight: ReadonlyMap<DiagnosticCode, readonly ['metrics' | 'spans', keyof SeenNames]> = new Map([
  ['OBS6012', ['metrics', 'typed']],
  ['OBS6014', ['metrics', 'typed']],
  ['OBS6016', ['metrics', 'metrics']],
  ['OBS6017', ['metrics', 'metrics']],
  ['OBS6042', ['spans', 'spans']],
]);

/** Whether a finding is about the entry of an acceptance: the places of a live finding that lie in the spec come after its own. */
function isAbout({ code, isAt }: Acceptance, finding: Diagnostic): boolean {
  return (
    finding.code === code &&
    [finding.range, ...finding.related.map(({ range }) => range)].some(
      (range) => range !== undefined && isAt(range),
    )
  );
}

/** Whether what an acceptance is about was looked at, so that the finding would have been there. */
function isKnown(acceptance: Acceptance, found: readonly Diagnostic[], seen: SeenNames): boolean {
  const { code, suppression } = acceptance;
  const [section, names] = ofFirstSight.get(code) ?? [];
  if (section === undefined || names === undefined) return false;
  const { at } = suppression;
  const isSeen = [...seen[names]].some(
    (name) => at === `${section}.${name}` || at.startsWith(`${section}.${name}.`),
  );
  // Of a metric of another type, nothing else is looked at.
  const isOfOtherType =
    code !== 'OBS6012' && found.some((each) => isAbout({ ...acceptance, code: 'OBS6012' }, each));
  return isSeen && !isOfOtherType;
}

/**
 * Takes out what the spec accepts of a running service, and adds what is to be said of the entries that do so: those whose day has come,
 * and those that nothing needs, where that can be known.
 */
export function withoutSuppressed(
  found: readonly Diagnostic[],
  { model, loaded, today, seen }: Setting,
): { readonly left: readonly Diagnostic[]; readonly accepted: number } {
  const acceptances = acceptancesOf(model, loaded.root).acceptances.filter(({ code }) =>
    isSuppressibleLive(code),
  );
  if (acceptances.length === 0) return { left: found, accepted: 0 };
  const hits = new Set<Acceptance>();
  const kept = found.filter((finding) => {
    const fitting = acceptances.filter((each) => isAbout(each, finding));
    for (const each of fitting) hits.add(each);
    return !fitting.some(({ suppression: { until } }) => until === undefined || until > today);
  });
  const about = acceptances.flatMap((each): readonly Diagnostic[] => {
    if (hits.has(each)) return [expired(each.suppression, today) ?? []].flat();
    return isKnown(each, found, seen) ? [idle(each.suppression)] : [];
  });
  return { left: [...kept, ...about], accepted: found.length - kept.length };
}
