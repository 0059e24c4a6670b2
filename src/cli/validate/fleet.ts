import { analyseFleet, fleetDiagnostics } from '../../fleet/analyse-fleet.js';
import type { BaselineArguments } from '../baseline.js';
import { describeModel, inBaseline } from '../describe-model.js';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-code.js';
import { fleetSource, writeFleetBaselines } from '../fleet/baselines.js';
import { reportFleet } from '../fleet/report.js';
import { specPaths } from '../specs.js';
import { print, progress } from '../terminal.js';
import { today } from '../today.js';
import type { FixArguments } from './fix.js';

/** Checks the specs of several services, by themselves and beside each other; one report, one exit code. */
export async function validateFleet(args: FixArguments & BaselineArguments): Promise<ExitCode> {
  if (args['write-baseline'] === true) return writeFleetBaselines(args);
  if (args.fix === true) {
    const { fixFleet } = await import('./fix.js');
    return fixFleet(args);
  }
  const date = today(process.env);
  const specs = specPaths(args.spec);
  const status = progress(args.quiet === true);
  status.step(`checking ${specs.length} specs`);
  const fleet = analyseFleet(specs, date, fleetSource(args.baseline, specs));
  status.done();
  await reportFleet(fleet, args.format);
  const strict = args.strict === true;
  const exitCode = exitCodeOf(fleetDiagnostics(fleet), strict);
  if (args.format === 'pretty' && args.quiet !== true) {
    const valid = fleet.services.filter(
      ({ diagnostics }) => exitCodeOf(diagnostics, strict) === exitCodes.fine,
    );
    for (const { spec, model, accepted } of valid)
      if (model !== undefined)
        print(`${spec} is valid: ${model.service.name}, ${describeModel(model)}${inBaseline(accepted)}\n`);
    print(
      `${valid.length} of ${specs.length} services ${valid.length === 1 ? 'is' : 'are'} valid by themselves\n`,
    );
  }
  return exitCode;
}
