import { readServices } from '../fleet/read-services.js';
import type { FleetService, ReadService } from '../fleet/fleet.js';
import { report } from './report.js';
import { specPaths, type SpecWords } from './specs.js';
import { printError } from './terminal.js';

export type NamedService = FleetService & ReadService;

/**
 * The services whose specs `--spec` names, also those with faults, as far as they can be read. Undefined where one cannot be read at all:
 * that has been printed then.
 * @throws UsageError
 */
export async function readNamedServices(spec: SpecWords): Promise<readonly NamedService[] | undefined> {
  const services = readServices(specPaths(spec));
  const unreadable = services.filter(({ model }) => model === undefined);
  if (unreadable.length > 0) {
    await report(
      unreadable.flatMap(({ diagnostics }) => diagnostics),
      { format: 'pretty' },
    );
    return undefined;
  }
  for (const { spec: path, isFaulty } of services)
    if (isFaulty) printError(`note: ${path} has errors; it is looked at as far as it can be read\n`);
  return services.flatMap((each) => (each.model === undefined ? [] : [{ ...each, model: each.model }]));
}
