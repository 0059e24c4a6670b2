import type { Range } from '../../diagnostics/diagnostic.js';
import type { ReadService } from '../../fleet/fleet.js';
import { isDay } from '../../model/checks/deprecation.js';
import { expiringEntries } from '../../model/checks/expiries.js';
import type { Model } from '../../model/model.js';
import { compareText, spotOf, type Spot } from './place.js';

export type DayKind = 'expiry' | 'sunset' | 'renaming' | 'suppression' | 'allowance';

/** A day that stands in a spec. */
export interface DatedEntry extends Spot {
  /** ISO date. */
  readonly date: string;
  /** Days from today; negative or zero: the day has come. */
  readonly days: number;
  readonly kind: DayKind;
  /** What it is about: `metrics.runs_total`. */
  readonly at: string;
  readonly owner: string | undefined;
  /** Names of the services whose specs have the entry: one, or all that import its file. */
  readonly services: readonly string[];
  /** What to do when the day comes. */
  readonly action: string;
}

type Found = Omit<DatedEntry, 'file' | 'line' | 'days' | 'services'> & { readonly range: Range };

const sections = {
  metric: 'metrics',
  alert: 'alerts',
  dashboard: 'dashboards',
  'log event': 'logs.events',
} as const;

function* datesIn(model: Model): Generator<Found> {
  const ofService = model.service.owner;
  for (const { kind, name, expires, owner, origin } of expiringEntries(model)) {
    const at = `${sections[kind]}.${name}`;
    const action = `decide whether the ${kind} is still wanted: remove it, or move the day`;
    yield { date: expires, kind: 'expiry', at, owner, range: origin.of('expires'), action };
  }
  for (const { name, deprecated, renamedFrom, owner, origin, readers } of model.metrics.values()) {
    const at = `metrics.${name}`;
    if (deprecated?.sunset !== undefined) {
      const { sunset, replacedBy } = deprecated;
      const instead = replacedBy === undefined ? 'to another metric' : `to ${replacedBy}`;
      const action =
        readers.length === 0
          ? 'remove the metric'
          : `move ${readers.join(', ')} ${instead}, then remove the metric`;
      yield { date: sunset, kind: 'sunset', at, owner, range: origin.of('deprecated', 'sunset'), action };
    }
    if (renamedFrom !== undefined) {
      const action = `remove renamedFrom once nobody reads ${renamedFrom.name}`;
      const range = origin.of('renamedFrom', 'until');
      yield { date: renamedFrom.until, kind: 'renaming', at, owner, range, action };
    }
  }
  for (const { code, at, until, reason, origin } of model.suppressions) {
    if (until === undefined) continue;
    const action = `mend ${code}, or accept it anew; the reason was: ${reason}`;
    yield { date: until, kind: 'suppression', at, owner: ofService, range: origin.of('until'), action };
  }
  for (const { at, until, allow, reason, origin } of model.allowances) {
    const action = `remove it once the change is merged (${allow.join(', ')}); the reason was: ${reason}`;
    yield { date: until, kind: 'allowance', at, owner: ofService, range: origin.of('until'), action };
  }
}

const millisecondsOfDay = 86_400_000;

/** Days from one ISO date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / millisecondsOfDay);
}

/**
 * Every day that stands in the specs of some services, the nearest first. Days that the calendar does not have are left out: they are
 * findings of `validate`.
 * @param today an ISO date
 */
export function datedEntries(services: readonly ReadService[], today: string): readonly DatedEntry[] {
  const byPlace = new Map<string, DatedEntry>();
  for (const { model } of services) {
    for (const { range, ...found } of datesIn(model)) {
      if (!isDay(found.date)) continue;
      const key = JSON.stringify([range.source.path, range.start, found.kind]);
      const known = byPlace.get(key);
      byPlace.set(
        key,
        known === undefined
          ? {
              ...found,
              ...spotOf(range),
              days: daysBetween(today, found.date),
              services: [model.service.name],
            }
          : { ...known, services: [...known.services, model.service.name] },
      );
    }
  }
  return [...byPlace.values()].sort(
    (a, b) =>
      compareText(a.date, b.date) ||
      compareText(a.file, b.file) ||
      a.line - b.line ||
      compareText(a.kind, b.kind),
  );
}
