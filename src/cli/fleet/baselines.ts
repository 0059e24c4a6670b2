import { basename, dirname, join } from 'node:path';
import { EverythingFound } from '../../baseline/baseline.js';
import { readBaselineFile } from '../../baseline/beside.js';
import { usualBaseline } from '../../baseline/path.js';
import { hasErrors } from '../../diagnostics/create.js';
import { analyseFleet, fleetDiagnostics, fleetOnDisk, type FleetSource } from '../../fleet/analyse-fleet.js';
import { acceptedLine, putBaselines, type BaselineArguments } from '../baseline.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { reportFleet } from './report.js';
import type { ReportArguments } from '../options.js';
import { specPaths } from '../specs.js';
import { print, printError } from '../terminal.js';
import { today } from '../today.js';
import { UsageError } from '../usage-error.js';

/**
 * Where the baseline of each of several specs lies: beside it, under the name that `--baseline` gives.
 * @throws UsageError where that is more than a name
 */
export function fleetBaselines(named: string | undefined): (spec: string) => string {
  const name = named ?? usualBaseline;
  if (basename(name) !== name || name === '.' || name === '..')
    throw new UsageError(`--baseline ${name} is one file, and there are several specs`, [
      'give only a name: it is looked for beside each spec',
    ]);
  return (spec) => join(dirname(spec), name);
}

/**
 * The disk, with the baselines that `--baseline` names.
 * @throws UsageError where it names some, and none of the specs has one
 */
export function fleetSource(named: string | undefined, specs: readonly string[]): FleetSource {
  const pathOf = fleetBaselines(named);
  const source = { ...fleetOnDisk, baseline: (spec: string) => readBaselineFile(pathOf(spec)) };
  if (named !== undefined && specs.every((spec) => source.baseline(spec) === undefined))
    throw new UsageError(`there is no baseline ${named} beside any of the specs`, [
      `write them with \`obs-gen validate --baseline ${named} --write-baseline\` and the same --spec`,
    ]);
  return source;
}

/** Two specs in one folder have one baseline beside them, in which the findings of one would be idle for the other. */
function refuseOneForTwo(specs: readonly string[], pathOf: (spec: string) => string): void {
  const taken = new Map<string, string>();
  for (const spec of specs) {
    const other = taken.get(pathOf(spec));
    if (other !== undefined)
      throw new UsageError(`${other} and ${spec} would have one baseline: ${pathOf(spec)}`, [
        'put them into folders of their own, or write one of another name for each: --spec FILE --baseline FILE',
      ]);
    taken.set(pathOf(spec), spec);
  }
}

/** Writes what is found now to the baseline of each service; an error that none can accept, anywhere, and none is written. */
export async function writeFleetBaselines(args: ReportArguments & BaselineArguments): Promise<ExitCode> {
  const pathOf = fleetBaselines(args.baseline);
  const specs = specPaths(args.spec);
  refuseOneForTwo(specs, pathOf);
  const found = new Map(specs.map((spec) => [spec, new EverythingFound()]));
  const fleet = analyseFleet(specs, today(process.env), fleetOnDisk, (spec) => found.get(spec));
  await reportFleet(fleet, args.format);
  if (hasErrors(fleetDiagnostics(fleet))) {
    printError('no baseline was written: mend what no baseline can accept first\n');
    return exitCodes.findings;
  }
  const baselines = [...found].map(([spec, { entries }]) => ({ path: pathOf(spec), entries }));
  putBaselines(baselines);
  const lines = baselines.map(acceptedLine).join('');
  if (args.quiet !== true) (args.format === 'pretty' ? print : printError)(lines);
  return exitCodes.fine;
}
