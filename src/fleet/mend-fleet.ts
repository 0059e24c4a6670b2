import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { mendAll, type Mended } from '../fix/mend.js';
import {
  analyseFleet,
  fleetDiagnostics,
  fleetOnDisk,
  type Fleet,
  type FleetSource,
} from './analyse-fleet.js';

/** What the fixes of several services come to. */
export interface MendedFleet extends Mended {
  /** The services as they are once the fixes are written. */
  readonly last: { readonly fleet: Fleet; readonly diagnostics: readonly Diagnostic[] };
}

/**
 * Applies the fixes of several services to their files in memory. An entry of a shared file that one of them uses is not idle for another,
 * so it stays; findings that a baseline accepts are left as they are.
 * @param specs paths
 * @param today an ISO date
 */
export function mendFleet(
  specs: readonly string[],
  today: string,
  source: FleetSource = fleetOnDisk,
): MendedFleet {
  return mendAll(source.store, (store) => {
    const fleet = analyseFleet(specs, today, { ...source, store });
    return { fleet, diagnostics: fleetDiagnostics(fleet) };
  });
}
