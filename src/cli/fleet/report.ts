import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { sortDiagnostics } from '../../diagnostics/sort.js';
import { fleetDiagnostics, type Fleet } from '../../fleet/analyse-fleet.js';
import { serviceTitle } from '../../fleet/fleet.js';
import type { Format } from '../options.js';
import { report } from '../report.js';
import { errorPaint, printError } from '../terminal.js';

const identity = ({ code, range, message }: Diagnostic): string =>
  JSON.stringify([code, range?.source.path, range?.start, message]);

/** Prints the findings of several services: for people under a heading a service, for programs as one list. */
export async function reportFleet(
  fleet: Fleet,
  format: Format,
  more: readonly Diagnostic[] = [],
): Promise<void> {
  if (format !== 'pretty') {
    await report(sortDiagnostics([...fleetDiagnostics(fleet), ...more]), { format });
    return;
  }
  const paint = errorPaint();
  const shown = new Set<string>();
  const section = async (title: string, found: readonly Diagnostic[]): Promise<void> => {
    const fresh = found.filter((each) => !shown.has(identity(each)));
    for (const each of fresh) shown.add(identity(each));
    if (fresh.length === 0) return;
    printError(`${paint('strong', title)}\n\n`);
    await report(fresh, { format });
    printError('\n');
  };
  for (const service of fleet.services) await section(serviceTitle(service), service.diagnostics);
  await section('across services', fleet.across);
  await section('output', more);
}
