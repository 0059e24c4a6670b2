import { readFileSync } from 'node:fs';
import { namedPlaces } from '../../inspect/doctor/addresses.js';
import type { ServiceRequest } from '../../inspect/doctor/journey.js';
import type { Places } from '../../inspect/doctor/places.js';
import type { Model } from '../../model/model.js';
import { credentialsOf } from './credentials.js';
import type { StackDoctorArguments } from './options.js';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-code.js';
import { report } from '../report.js';
import { requireSpec } from '../spec-file.js';
import { print, progress, wantsColor } from '../terminal.js';
import { today } from '../today.js';
import { untilSignal } from '../until-signal.js';
import { UsageError } from '../usage-error.js';

/** @throws UsageError */
async function requestOf({ request, body }: StackDoctorArguments): Promise<ServiceRequest> {
  const { usualRequest } = await import('../../inspect/doctor/journey.js');
  const [method, path] = request ?? [];
  if (method === undefined || path === undefined) return usualRequest;
  return { method, path, body: body === undefined ? undefined : bodyOf(body), named: true };
}

function bodyOf(file: string): string {
  try {
    const text = readFileSync(file, 'utf8');
    JSON.parse(text);
    return text;
  } catch (error) {
    const why =
      error instanceof SyntaxError
        ? 'it is no JSON'
        : ((error as NodeJS.ErrnoException).code ?? 'it cannot be read');
    throw new UsageError(`the file of --body cannot be sent: ${file}: ${why}`);
  }
}

/**
 * Where the parts are, and where the secrets of the stack lie.
 * @throws UsageError
 */
async function placesOf(
  args: StackDoctorArguments,
  model: Model,
): Promise<{ readonly places: Places; readonly out: string }> {
  const [{ findPlaces }, { readStackState }, { stackFolder }] = await Promise.all([
    import('../../inspect/doctor/find.js'),
    import('../../stack/run/state.js'),
    import('../../stack/run/folder.js'),
  ]);
  const state = readStackState(stackFolder(args.spec, args.state).path);
  if (args.state !== undefined && state === undefined)
    throw new UsageError(`no stack has been started in ${args.state}`, [
      'start one: `obs-gen stack up --native`',
    ]);
  const named = Object.fromEntries(
    namedPlaces.flatMap((name) => (args[name] === undefined ? [] : [[name, args[name]]])),
  );
  const places = findPlaces({ model, state, named });
  if ('reason' in places) throw new UsageError(`--${places.name} cannot be used: ${places.reason}`);
  if (places.size === 0)
    throw new UsageError('there is nothing to look at: the spec has no `stack`', [
      'add one, `stack: {}` is a whole stack, or name where the parts are: --prometheus URL, --service URL',
    ]);
  return { places, out: state?.out ?? args.out };
}

async function examine(args: StackDoctorArguments, signal: AbortSignal): Promise<ExitCode> {
  const date = today(process.env);
  requireSpec(args.spec);
  const status = progress(args.quiet === true);
  try {
    status.step(`reading ${args.spec}`);
    const { analyse } = await import('../../analyse.js');
    const { diagnostics, model } = analyse(args.spec, date);
    if (model === undefined || exitCodeOf(diagnostics, false) !== exitCodes.fine) {
      status.done();
      await report(diagnostics, { format: 'pretty' });
      return exitCodeOf(diagnostics, false);
    }
    const [{ checks }, { chosen, unknownWord }] = await Promise.all([
      import('../../inspect/doctor/checks/index.js'),
      import('../../inspect/doctor/choose.js'),
    ]);
    const choice = { only: args.only ?? [], skip: args.skip ?? [] };
    const unknown = unknownWord(checks, choice);
    if (unknown !== undefined) {
      const { nearest } = await import('../../diagnostics/did-you-mean.js');
      const ids = checks.map(({ id }) => id);
      const meant = nearest(unknown, ids);
      throw new UsageError(`there is no check ${unknown}`, [
        ...(meant === undefined ? [] : [`did you mean ${meant}?`]),
        `there are ${ids.join(', ')}`,
      ]);
    }
    const { places, out } = await placesOf(args, model);
    const asked = chosen(checks, choice).map(({ id }) => id);
    const [{ Examination }, { reportOf, hasFindings }, { outputHashes }] = await Promise.all([
      import('../../inspect/doctor/run.js'),
      import('../../inspect/doctor/report.js'),
      import('../../inspect/doctor/drift/hash.js'),
    ]);
    const visit = {
      ...{ model, places, wait: args.wait, signal },
      credentials: credentialsOf(args, model.stack, out),
      request: await requestOf(args),
    };
    const started = performance.now();
    const open = new Set(asked);
    status.step(`asking ${asked.length} questions`);
    const answered = await new Examination(visit, checks).run(asked, ({ check }) => {
      open.delete(check.id);
      const [next] = open;
      if (next !== undefined)
        status.step(`${asked.length - open.size} of ${asked.length} answered, waiting for ${next}`);
    });
    status.done();
    signal.throwIfAborted();
    const seconds = (performance.now() - started) / 1000;
    const found = reportOf(answered, {
      service: model.service.name,
      hashes: outputHashes(model),
      places,
      seconds,
    });
    if (args.format === 'json') print(`${JSON.stringify(found, undefined, 2)}\n`);
    else {
      const [{ showDoctorReport }, { painter }] = await Promise.all([
        import('../../inspect/doctor/show.js'),
        import('../../diagnostics/render/style.js'),
      ]);
      print(showDoctorReport(found, painter(wantsColor(process.stdout, process.env)), args.verbose === true));
    }
    return hasFindings(found, args.strict === true) ? exitCodes.findings : exitCodes.fine;
  } finally {
    status.done();
  }
}

/** Asks a running stack whether it works, until it has answered or a signal ends it. */
export async function runStackDoctor(args: StackDoctorArguments): Promise<ExitCode> {
  return untilSignal(
    (ended) => examine(args, ended),
    (_, ended) => ended.aborted,
  );
}
