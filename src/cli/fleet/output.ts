import { dirname, join } from 'node:path';
import type { FleetService } from '../../fleet/fleet.js';

/** Where a service of several is written to: a folder of its name below `--out`, or `generated` beside its spec. */
export function outDirOf({ spec, model }: FleetService, out: string | undefined): string {
  if (out === undefined) return join(dirname(spec), 'generated');
  return join(out, model?.service.name ?? spec);
}
