import type { FleetService, ReadService } from '../../../src/fleet/fleet.js';
import { readServices } from '../../../src/fleet/read-services.js';
import { memoryFiles } from '../../../src/spec/layers/imports.js';

/** The services of some specs in memory; each file that is not named `shared.yaml` is a spec. */
export function servicesOf(files: Readonly<Record<string, string>>): readonly (FleetService & ReadService)[] {
  const specs = Object.keys(files).filter((path) => !path.endsWith('shared.yaml'));
  return readServices(specs, memoryFiles(new Map(Object.entries(files)))).map((service) => {
    if (service.model === undefined || service.isFaulty)
      throw new Error(`${service.spec}: ${service.diagnostics.map(({ message }) => message).join('; ')}`);
    return { ...service, model: service.model };
  });
}
