import { relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { emit } from '../emit/index.js';
import { analyseFleet } from '../fleet/analyse-fleet.js';
import type { FleetService } from '../fleet/fleet.js';
import { planOutput, type WritePlan } from '../output/plan.js';
import { finish, type BuildArguments } from './build-once.js';
import { exitCodeOf, exitCodes, type ExitCode } from './exit-code.js';
import { outDirOf } from './fleet-output.js';
import { fleetDiagnostics, reportFleet } from './fleet-report.js';
import { specPaths } from './specs.js';
import { print, printError, progress } from './terminal.js';
import { today } from './today.js';
import { UsageError } from './usage-error.js';
import { refuseForFleet } from './validate-fleet.js';

/** What `--out` is where nobody gave it. */
const usualOut = 'generated';

function isBelow(folder: string, path: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way !== '..' && !way.startsWith(`..${sep}`);
}

/** The folder of each service. @throws UsageError where two would be one */
function outDirs(services: readonly FleetService[], out: string): ReadonlyMap<FleetService, string> {
  const base = out === usualOut ? undefined : out;
  const taken = new Map<string, FleetService>();
  return new Map(
    services.map((service) => {
      const folder = outDirOf(service, base);
      const other = taken.get(resolve(folder));
      if (other !== undefined)
        throw new UsageError(`${other.spec} and ${service.spec} would both be written to ${folder}`, [
          base === undefined
            ? 'put them into folders of their own, or name one with --out: each service gets a folder in it'
            : 'give their services different names',
        ]);
      taken.set(resolve(folder), service);
      return [service, folder] as const;
    }),
  );
}

interface Step {
  readonly plan: WritePlan;
  readonly spec: string;
}

/**
 * Compiles the specs of several services and writes each to a folder of its own. Any error in any of them, or between them, and nothing is
 * written at all; plans are made for all before the first is carried out.
 */
export async function buildFleet(args: BuildArguments): Promise<ExitCode> {
  refuseForFleet(args);
  if (args.watch === true) throw new UsageError('--watch is about one spec', ['name one with --spec FILE']);
  const date = today(process.env);
  const specs = specPaths(args.spec);
  const quiet = args.quiet === true;
  const strict = args.strict === true;
  const status = progress(quiet);
  status.step(`compiling ${specs.length} specs`);
  const fleet = analyseFleet(specs, date);
  const more: Diagnostic[] = [];
  const summaries: string[] = [];
  if (exitCodeOf(fleetDiagnostics(fleet), strict) === exitCodes.fine) {
    const folders = outDirs(fleet.services, args.out);
    const steps: Step[] = [];
    for (const [{ spec, model }, folder] of folders) {
      if (model === undefined) continue;
      status.step(`compiling ${spec}`);
      const force = (args.force ?? []).filter((path) => isBelow(folder, path));
      const planned = planOutput(emit(model), folder, { force });
      more.push(...planned.diagnostics);
      if (planned.value !== undefined) steps.push({ plan: planned.value, spec });
    }
    if (exitCodeOf(more, strict) === exitCodes.fine) {
      for (const { plan } of steps) {
        const { diagnostics, summary } = await finish(plan, args);
        more.push(...diagnostics);
        if (summary !== undefined) summaries.push(summary);
      }
    }
  }
  status.done();
  await reportFleet(fleet, args.format, more);
  if (!quiet) (args.format === 'pretty' ? print : printError)(summaries.join(''));
  return exitCodeOf([...fleetDiagnostics(fleet), ...more], strict);
}
