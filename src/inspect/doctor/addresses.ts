import type { PlaceName } from './places.js';

/** Parts whose address can be named. The preview has none of its own: it stands in for Grafana on this machine. */
export const namedPlaces = [
  'service',
  'prometheus',
  'alertmanager',
  'grafana',
  'loki',
  'tempo',
  'jaeger',
  'collector',
  'pushgateway',
] as const satisfies readonly PlaceName[];
export type NamedPlace = (typeof namedPlaces)[number];

/** Says that a part is none of the stack. */
export const noPlace = 'none';
