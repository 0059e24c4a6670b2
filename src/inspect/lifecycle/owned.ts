import type { ReadService } from '../../fleet/fleet.js';
import type { Origin } from '../../model/model.js';
import { spotOf, type Spot } from './place.js';

export const ownedKinds = [
  'service',
  'metric',
  'span',
  'log event',
  'objective',
  'alert',
  'dashboard',
] as const;
export type OwnedKind = (typeof ownedKinds)[number];

/** Something that somebody is asked about. */
export interface Owned extends Spot {
  readonly service: string;
  readonly kind: OwnedKind;
  readonly name: string;
  readonly owner: string | undefined;
  /** Whether the owner stands at the entry itself, or is the one of the service. */
  readonly source: 'entry' | 'service' | 'nobody';
  /** The preset that it came from. */
  readonly preset: string | undefined;
}

interface Entry {
  readonly name: string;
  readonly origin: Origin;
  readonly owner?: string | undefined;
}

function ownedBy({ model }: ReadService): readonly Owned[] {
  const { service, metrics, spans, logs, slos, alerts, dashboards } = model;
  const of = (kind: OwnedKind, entries: Iterable<Entry>): readonly Owned[] =>
    [...entries].map(({ name, origin, owner = service.owner }) => ({
      service: service.name,
      kind,
      name,
      owner,
      source:
        origin.text('owner') !== undefined ? 'entry' : owner === undefined ? ('nobody' as const) : 'service',
      preset: origin.preset,
      ...spotOf(origin.key),
    }));
  return [
    ...of('service', [service]),
    ...of('metric', metrics.values()),
    ...of('span', spans.values()),
    ...of('log event', logs.events.values()),
    ...of('objective', slos.values()),
    ...of('alert', alerts.values()),
    ...of('dashboard', dashboards.values()),
  ];
}

/**
 * Who is asked about what, in the order of the specs.
 * @param owner only what this one is asked about; `''`: what has no owner
 */
export function ownedEntries(services: readonly ReadService[], owner?: string): readonly Owned[] {
  const all = services.flatMap(ownedBy);
  return owner === undefined ? all : all.filter((each) => (each.owner ?? '') === owner);
}
