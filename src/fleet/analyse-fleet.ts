import { resolve } from 'node:path';
import { analyseLoaded, isFile } from '../analyse.js';
import { Baseline, type Acceptance } from '../baseline/baseline.js';
import { readBaselineFile } from '../baseline/beside.js';
import { baselinePath } from '../baseline/path.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { sortDiagnostics } from '../diagnostics/sort.js';
import { diskFiles } from '../spec/layers/imports.js';
import { loadSpecFrom } from '../spec/load.js';
import type { Surroundings } from '../spec/observed-files.js';
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

/** Everything that was found, each finding once: one in a file that several specs import is one. */
export function fleetDiagnostics({ services, across }: Fleet): readonly Diagnostic[] {
  return sortDiagnostics([...services.flatMap(({ diagnostics }) => diagnostics), ...across]);
}

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

/** Where several services are read from. */
export interface FleetSource extends Surroundings {
  /** What the store knows a spec by. */
  idOf(spec: string): string;
}

/** The disk; each service has its baseline beside its spec. */
export const fleetOnDisk: FleetSource = {
  store: diskFiles,
  idOf: (spec) => resolve(spec),
  exists: isFile,
  baseline: (spec) => readBaselineFile(baselinePath(spec)),
};

/** Reads and checks one service of several, by itself. */
export function analyseService(
  spec: string,
  today: string,
  source: FleetSource,
  acceptance: Acceptance | undefined,
): FleetService {
  const outcome = loadSpecFrom(source.store, source.idOf(spec));
  const exists = (path: string): boolean => source.exists(path);
  const { model, diagnostics, accepted } = analyseLoaded(outcome, today, exists, acceptance);
  return { spec, model, loaded: outcome.value, diagnostics, ...(accepted === undefined ? {} : { accepted }) };
}

/** The baseline of a service, if it has one. */
export function baselineOf(spec: string, source: Surroundings): Baseline | undefined {
  const read = source.baseline(spec);
  return read && Baseline.of(read);
}

/** Services that were looked at by themselves, looked at together. */
export function together(services: readonly FleetService[]): Fleet {
  const used = withoutUsedElsewhere(services);
  return { services: used, across: sortDiagnostics(checkFleet(used)) };
}

/**
 * Reads and checks the specs of several services: each by itself, then all of them together.
 * @param specs paths, in the order of the report
 * @param today an ISO date
 * @param source where the files come from; the disk where it is left out
 * @param acceptance the findings that are accepted of a service; those of its baseline where it is left out
 */
export function analyseFleet(
  specs: readonly string[],
  today: string,
  source: FleetSource = fleetOnDisk,
  acceptance: (spec: string) => Acceptance | undefined = (spec) => baselineOf(spec, source),
): Fleet {
  const once = { ...source, store: readOnce(source.store) };
  return together(specs.map((spec) => analyseService(spec, today, once, acceptance(spec))));
}
