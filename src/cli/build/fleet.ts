import { relative, resolve, sep } from 'node:path';
import { readBaselineFile } from '../../baseline/beside.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { emit } from '../../emit/index.js';
import { analyseFleet, fleetDiagnostics, fleetOnDisk, type Fleet } from '../../fleet/analyse-fleet.js';
import { findSpecs } from '../../fleet/find-specs.js';
import type { FleetService } from '../../fleet/fleet.js';
import { KeptFleet } from '../../fleet/kept-fleet.js';
import type { Model } from '../../model/model.js';
import { planOutput, type WritePlan } from '../../output/plan.js';
import { finish, type BuildArguments, type Built } from './once.js';
import { watchBuilds } from './watch.js';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-code.js';
import { fleetBaselines, fleetSource } from '../fleet/baselines.js';
import { outDirOf } from '../fleet/output.js';
import { reportFleet } from '../fleet/report.js';
import { specPaths, type SpecWords } from '../specs.js';
import { print, printError, progress } from '../terminal.js';
import { today } from '../today.js';
import { UsageError } from '../usage-error.js';

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
  readonly model: Model;
  readonly folder: string;
}

/** What a process that builds the same services again and again keeps between two rounds. */
interface Round {
  /** Analyses of services of which nothing has changed. */
  readonly look: (specs: readonly string[], today: string) => Fleet;
  /** What was written last, by spec: the model that it was made of, and where to. */
  readonly written: Map<string, { readonly model: Model; readonly folder: string }>;
}

/**
 * Compiles the specs of several services and writes each to a folder of its own. Any error in any of them, or between them, and nothing is
 * written at all; plans are made for all before the first is carried out.
 */
export async function buildFleet(args: BuildArguments): Promise<ExitCode> {
  if (args.watch !== true) {
    const specs = specPaths(args.spec);
    const source = fleetSource(args.baseline, specs);
    const look = (each: readonly string[], date: string): Fleet => analyseFleet(each, date, source);
    return (await buildRound(args, specs, { look, written: new Map() })).exitCode;
  }
  const pathOf = fleetBaselines(args.baseline);
  const kept = new KeptFleet({ ...fleetOnDisk, baseline: (spec) => readBaselineFile(pathOf(spec)) });
  const round: Round = { look: (specs, date) => kept.look(specs, date), written: new Map() };
  // Without a service to begin with there is nothing to watch; one that comes or goes later is taken up by the pattern that it fits.
  specPaths(args.spec);
  const found = specFinder(args.spec);
  return watchBuilds(args, {
    files: () => found().flatMap((spec) => [spec, pathOf(spec)]),
    title: `${found().length} specs`,
    build: (each) => buildRound(each, specPaths(args.spec), round),
  });
}

async function buildRound(args: BuildArguments, specs: readonly string[], round: Round): Promise<Built> {
  const date = today(process.env);
  const quiet = args.quiet === true;
  const strict = args.strict === true;
  const status = progress(quiet);
  status.step(`compiling ${specs.length} specs`);
  const fleet = round.look(specs, date);
  const more: Diagnostic[] = [];
  const summaries: string[] = [];
  if (exitCodeOf(fleetDiagnostics(fleet), strict) === exitCodes.fine) {
    const steps: Step[] = [];
    for (const [{ spec, model }, folder] of outDirs(fleet.services, args.out)) {
      const last = round.written.get(spec);
      if (model === undefined || (last?.model === model && last.folder === folder)) continue;
      status.step(`compiling ${spec}`);
      const force = (args.force ?? []).filter((path) => isBelow(folder, path));
      const planned = planOutput(emit(model), folder, { force });
      more.push(...planned.diagnostics);
      if (planned.value !== undefined) steps.push({ plan: planned.value, spec, model, folder });
    }
    if (exitCodeOf(more, strict) === exitCodes.fine) {
      for (const { plan, spec, model, folder } of steps) {
        const { diagnostics, summary } = await finish(plan, args);
        more.push(...diagnostics);
        if (exitCodeOf(diagnostics, strict) === exitCodes.fine) round.written.set(spec, { model, folder });
        if (summary !== undefined) summaries.push(summary);
      }
    }
  }
  status.done();
  await reportFleet(fleet, args.format, more);
  if (!quiet) (args.format === 'pretty' ? print : printError)(summaries.join(''));
  const all = [...fleetDiagnostics(fleet), ...more];
  return { exitCode: exitCodeOf(all, strict), files: filesOf(fleet) };
}

/** Every file that was read; one that is too broken to be a part of a spec is known from what is wrong with it. */
function filesOf(fleet: Fleet): readonly string[] {
  const sources = [
    ...fleet.services.flatMap(({ loaded }) => loaded?.files ?? []),
    ...fleetDiagnostics(fleet).flatMap(({ range }) => (range === undefined ? [] : [range.source])),
  ];
  return [...new Set(sources.map(({ path }) => path))];
}

/** How often folders are looked through for specs that have come or gone. */
const lookEveryMs = 1000;

/** The specs that words name at present, as of at most a second ago. */
function specFinder(words: SpecWords): () => readonly string[] {
  let latest: readonly string[] = [];
  let lookedAt = -Infinity;
  return () => {
    const now = performance.now();
    if (now - lookedAt < lookEveryMs) return latest;
    lookedAt = now;
    return (latest = findSpecs([words].flat()).paths);
  };
}
