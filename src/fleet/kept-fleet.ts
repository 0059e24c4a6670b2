import { ObservedSurroundings } from '../spec/observed-files.js';
import {
  analyseService,
  baselineOf,
  fleetOnDisk,
  together,
  type Fleet,
  type FleetSource,
} from './analyse-fleet.js';
import type { FleetService } from './fleet.js';
import { readOnce } from './read-once.js';

interface KeptService {
  readonly service: FleetService;
  readonly today: string;
  readonly observed: ObservedSurroundings;
}

/** Services that are looked at again and again: one of which nothing has changed is not analysed anew. What is between them, always is. */
export class KeptFleet {
  readonly #source: FleetSource;
  #kept: ReadonlyMap<string, KeptService> = new Map();

  constructor(source: FleetSource = fleetOnDisk) {
    this.#source = source;
  }

  look(specs: readonly string[], today: string): Fleet {
    const once: FleetSource = { ...this.#source, store: readOnce(this.#source.store) };
    const looked = specs.map((spec): readonly [string, KeptService] => {
      const known = this.#kept.get(spec);
      if (known?.today === today && known.observed.holds(once)) return [spec, known];
      const observed = new ObservedSurroundings(once);
      const source: FleetSource = {
        store: observed.store,
        idOf: (each) => once.idOf(each),
        exists: (path) => observed.exists(path),
        baseline: (each) => observed.baseline(each),
      };
      const service = analyseService(spec, today, source, baselineOf(spec, source));
      return [spec, { service, today, observed }];
    });
    this.#kept = new Map(looked);
    return together(looked.map(([, { service }]) => service));
  }
}
