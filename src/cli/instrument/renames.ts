import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { diagnostic, hasErrors } from '../../diagnostics/create.js';
import type { Place } from '../../instrument/apply/refusals.js';
import type { PlannedRenames } from '../../instrument/renames/plan-renames.js';
import type { Model } from '../../model/model.js';
import { shownPath } from '../../output/paths.js';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-code.js';
import { writes, type InstrumentArguments } from './arguments.js';
import { printDiff } from './report.js';
import { report } from '../report.js';
import { print, printError } from '../terminal.js';
import { UsageError } from '../usage-error.js';

/** Places that are named one by one. */
const mostNamed = 20;

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

function summary({ files, unsure, read }: PlannedRenames, place: Place, verb: string): string {
  const places = files.reduce((sum, { count }) => sum + count, 0);
  const lines = [
    places === 0
      ? `no call site has a former name (${counted(read, 'file')} read)`
      : `${counted(places, 'call site')} in ${counted(files.length, 'file')} ${verb}`,
    ...unsure
      .slice(0, mostNamed)
      .map(
        ({ path, line, name }) =>
          `left alone: ${shownPath(place.shown, path)}:${line}: nothing tells that this \`${name}\` is a helper`,
      ),
    ...(unsure.length > mostNamed ? [`left alone: ${unsure.length - mostNamed} more`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function leftToDo({ files }: PlannedRenames, place: Place): readonly Diagnostic[] {
  return files.map(({ path, count }) =>
    diagnostic('OBS5208', {
      message: `\`${shownPath(place.shown, path)}\` has ${counted(count, 'former name')} of metrics`,
      range: undefined,
      help: 'run `obs-gen instrument --renames`',
    }),
  );
}

/**
 * Rewrites call sites that use the former names of metrics.
 * @throws UsageError where the spec renames nothing
 */
export async function runRenames(
  args: InstrumentArguments,
  place: Place,
  model: Model,
  folders: { readonly outDir: string; readonly paths: readonly string[] },
): Promise<ExitCode> {
  const { planRenames } = await import('../../instrument/renames/plan-renames.js');
  const plan = await planRenames(model, { root: place.root, ...folders });
  if (plan.names.size === 0)
    throw new UsageError('no metric of the spec says that it was renamed', [
      'write metrics.NEW.renamedFrom: { name: OLD, until: DATE }',
    ]);
  const found: Diagnostic[] = plan.notes.map(({ code, path, message, help }) =>
    diagnostic(code, { message: `\`${shownPath(place.shown, path)}\`: ${message}`, range: undefined, help }),
  );
  const tell = args.format === 'pretty' && args['dry-run'] !== true ? print : printError;
  if (!writes(args)) {
    if (args.check === true) found.push(...leftToDo(plan, place));
    else if (args.format === 'pretty') printDiff(plan.files, place);
    await report(found, args);
    if (args.quiet !== true) tell(summary(plan, place, args.check === true ? 'are left' : 'would change'));
    return exitCodeOf(found, args.strict === true);
  }
  if (args['allow-dirty'] !== true && plan.files.length > 0) {
    const { guardByGit } = await import('../../instrument/apply/uncommitted.js');
    found.push(
      ...(
        await guardByGit(
          place,
          plan.files.map(({ path }) => path),
        )
      ).diagnostics,
    );
  }
  if (!hasErrors(found) && plan.files.length > 0) {
    const { writeFiles } = await import('../../instrument/apply/write-files.js');
    const done = await writeFiles(
      place,
      plan.files.map(({ path, hash, after }) => ({ path, before: hash, content: after })),
    );
    found.push(...done.diagnostics);
    if (done.value !== 'written' && done.diagnostics.length === 0) return exitCodes.findings;
  }
  await report(found, args);
  if (args.quiet !== true && !hasErrors(found)) tell(summary(plan, place, 'changed'));
  return exitCodeOf(found, args.strict === true);
}
