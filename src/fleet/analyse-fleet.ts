import { resolve } from 'node:path';
import { analyseLoaded, isFile } from '../analyse.js';
import { baselineBeside } from '../baseline/beside.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { sortDiagnostics } from '../diagnostics/sort.js';
import { diskFiles, type FileStore } from '../spec/layers/imports.js';
import { loadSpecFrom } from '../spec/load.js';
import { checkFleet } from './checks/index.js';
import type { FleetService } from './fleet.js';
import { readOnce } from './read-once.js';

/** All services of a repository, and what is only seen when they are looked at together. */
export interface Fleet {
  readonly services: readonly FleetService[];
  readonly across: readonly Diagnostic[];
}

/** Findings that something of an imported file is of no use: they hold where no spec that imports the file has a use for it. */
const ofUse: ReadonlySet<string> = new Set(['OBS3018', 'OBS3050']);

function withoutUsedElsewhere(services: readonly FleetService[]): readonly FleetService[] {
  const identity = ({ code, range, message }: Diagnostic): string =>
    JSON.stringify([code, range?.source.path, range?.start, message]);
  const counts = new Map<string, number>();
  for (const each of services.flatMap(({ diagnostics }) => diagnostics))
    if (ofUse.has(each.code)) counts.set(identity(each), (counts.get(identity(each)) ?? 0) + 1);
  const holders = (path: string | undefined): number =>
    services.filter(({ loaded }) => loaded?.files.some((file) => file.path === path) === true).length;
  return services.map((service) => ({
    ...service,
    diagnostics: service.diagnostics.filter((each) => {
      const count = counts.get(identity(each));
      return count === undefined || count >= holders(each.range?.source.path);
    }),
  }));
}

/**
 * Reads and checks the specs of several services: each by itself, then all of them together.
 * @param specs paths, in the order of the report
 * @param today an ISO date
 * @param store where the files come from; the disk where it is left out
 */
export function analyseFleet(specs: readonly string[], today: string, store?: FileStore): Fleet {
  const files = readOnce(store ?? diskFiles);
  const services = specs.map((spec): FleetService => {
    const outcome = loadSpecFrom(files, store === undefined ? resolve(spec) : spec);
    const isOnDisk = store === undefined;
    const { model, diagnostics } = analyseLoaded(
      outcome,
      today,
      isOnDisk ? isFile : undefined,
      isOnDisk ? baselineBeside(spec) : undefined,
    );
    return { spec, model, loaded: outcome.value, diagnostics };
  });
  const used = withoutUsedElsewhere(services);
  return { services: used, across: sortDiagnostics(checkFleet(used)) };
}
