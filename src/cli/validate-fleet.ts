import { analyseFleet } from '../fleet/analyse-fleet.js';
import { writeBaseline, type BaselineArguments } from './baseline-run.js';
import { describeModel } from './describe-model.js';
import { exitCodeOf, exitCodes, type ExitCode } from './exit-code.js';
import { fleetDiagnostics, reportFleet } from './fleet-report.js';
import { specPaths } from './specs.js';
import { print, progress } from './terminal.js';
import { today } from './today.js';
import { UsageError } from './usage-error.js';
import type { FixArguments } from './validate-fix.js';

/** Refuses what is about one spec. @throws UsageError */
export function refuseForFleet(args: { readonly baseline?: string | undefined }): void {
  if (args.baseline !== undefined)
    throw new UsageError('--baseline is about one spec', [
      'with several, each has its .obs-gen-baseline.json beside it',
    ]);
}

/** Checks the specs of several services, by themselves and beside each other; one report, one exit code. */
export async function validateFleet(args: FixArguments & BaselineArguments): Promise<ExitCode> {
  refuseForFleet(args);
  if (args.fix === true || args['dry-run'] === true)
    throw new UsageError('--fix is about one spec', ['name one with --spec FILE']);
  const date = today(process.env);
  const specs = specPaths(args.spec);
  if (args['write-baseline'] === true) {
    let worst: ExitCode = exitCodes.fine;
    for (const spec of specs) {
      const exitCode = await writeBaseline({ ...args, spec });
      if (exitCode > worst) worst = exitCode;
    }
    return worst;
  }
  const status = progress(args.quiet === true);
  status.step(`checking ${specs.length} specs`);
  const fleet = analyseFleet(specs, date);
  status.done();
  await reportFleet(fleet, args.format);
  const strict = args.strict === true;
  const exitCode = exitCodeOf(fleetDiagnostics(fleet), strict);
  if (args.format === 'pretty' && args.quiet !== true) {
    const valid = fleet.services.filter(
      ({ diagnostics }) => exitCodeOf(diagnostics, strict) === exitCodes.fine,
    );
    for (const { spec, model } of valid)
      if (model !== undefined) print(`${spec} is valid: ${model.service.name}, ${describeModel(model)}\n`);
    print(
      `${valid.length} of ${specs.length} services ${valid.length === 1 ? 'is' : 'are'} valid by themselves\n`,
    );
  }
  return exitCode;
}
