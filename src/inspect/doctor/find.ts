import type { Model } from '../../model/model.js';
import { prometheusAddress } from '../../preview/prometheus/address.js';
import { partsOf, type PartName } from '../../stack/parts.js';
import { apiPorts, otlpPorts } from '../../stack/ports.js';
import type { RunningPart, StackState } from '../../stack/run/state.js';
import { namedPlaces, noPlace, type NamedPlace } from './addresses.js';
import { placeNames, type Place, type PlaceName, type Places } from './places.js';

/** Where the parts may be. */
export interface Whereabouts {
  readonly model: Model;
  /** What runs on this machine without containers. */
  readonly state: StackState | undefined;
  /** Addresses by hand; `none` takes a part out. */
  readonly named: Readonly<Partial<Record<NamedPlace, string>>>;
}

/** Why an address cannot be used. It does not repeat the address, which may hold a password. */
export interface BadAddress {
  readonly name: NamedPlace;
  readonly reason: string;
}

function placeAt(name: PlaceName, url: string, from: string, more: Partial<Place> = {}): Place {
  return { name, url, from, authorization: undefined, ended: undefined, isLocal: false, ...more };
}

const isPlace = (name: string): name is PlaceName => placeNames.some((each) => each === name);

/** A part that `stack up --native` has started. */
function running({ part, url, also, ended }: RunningPart): Place | undefined {
  if (!isPlace(part)) return undefined;
  // Its health has a port of its own, and what it takes another one.
  const own = part === 'collector' ? (also?.['otlpHttp'] ?? url) : url;
  return placeAt(part, own.replace(/\/+$/, ''), '`stack up`', { ended, isLocal: true });
}

/** What the compose file publishes on this machine. */
function composed(model: Model): readonly Place[] {
  const { stack } = model;
  if (stack?.compose !== true) return [];
  const scheme = stack.access.tls ? 'https' : 'http';
  const portOf = (part: PartName): number => (part === 'collector' ? otlpPorts.http : apiPorts[part]);
  return partsOf(model, stack).flatMap((part) =>
    isPlace(part) ? [placeAt(part, `${scheme}://127.0.0.1:${portOf(part)}`, 'the compose file')] : [],
  );
}

/** The page that is scraped is on the same port as what else there is to ask, unless somebody says otherwise. */
function scraped({ stack }: Model): readonly Place[] {
  if (stack === undefined) return [];
  const { scheme, targets, port } = stack.service;
  return [placeAt('service', `${scheme}://${targets?.[0] ?? `127.0.0.1:${port}`}`, '`stack.service`')];
}

/** Finds the parts: what is named, else what runs here, else what the compose file publishes. */
export function findPlaces({ model, state, named }: Whereabouts): Places | BadAddress {
  const known = [
    ...scraped(model),
    ...(state === undefined ? composed(model) : state.parts.flatMap((part) => running(part) ?? [])),
  ];
  const found = new Map<PlaceName, Place>(known.map((place) => [place.name, place]));
  for (const name of namedPlaces) {
    const given = named[name];
    if (given === undefined) continue;
    if (given === noPlace) {
      found.delete(name);
      continue;
    }
    const address = prometheusAddress(given);
    if (typeof address === 'string') return { name, reason: address };
    found.set(name, placeAt(name, address.url, `--${name}`, { authorization: address.authorization }));
  }
  return new Map(
    placeNames.flatMap((name) => {
      const place = found.get(name);
      return place === undefined ? [] : [[name, place] as const];
    }),
  );
}
