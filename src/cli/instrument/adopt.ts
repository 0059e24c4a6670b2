import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { diagnostic, hasErrors } from '../../diagnostics/create.js';
import { redactorFor } from '../../diagnostics/render/masking.js';
import { serialDiagnostic } from '../../diagnostics/render/serialise.js';
import { visible } from '../../diagnostics/render/visible.js';
import type { PlannedAdoption } from '../../instrument/adopt/plan-adoption.js';
import type { Place } from '../../instrument/apply/refusals.js';
import type { Model } from '../../model/model.js';
import { shownPath } from '../../output/paths.js';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-code.js';
import { writes, type InstrumentArguments } from './arguments.js';
import { printDiff } from './report.js';
import { report } from '../report.js';
import { print, printError } from '../terminal.js';

/** Metrics that are named one by one, without --verbose. */
const mostNamed = 20;

interface Folders {
  readonly outDir: string;
  readonly paths: readonly string[];
  /** Generated files that are not on disk as the spec has them, by their absolute paths. */
  readonly unwritten: ReadonlyMap<string, string>;
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

function sum(plan: PlannedAdoption, what: 'definitions' | 'calls'): number {
  return plan.files.reduce((total, file) => total + file[what], 0);
}

/** What was done and what was not, for people. */
export function adoptionSummary(
  plan: PlannedAdoption,
  place: Place,
  verb: string,
  isVerbose: boolean,
): string {
  const { files, leftAlone, read, remarks } = plan;
  const named = isVerbose ? leftAlone : leftAlone.slice(0, mostNamed);
  const lines = [
    files.length === 0
      ? `no metric is to be adopted (${counted(read, 'file')} read)`
      : `${counted(sum(plan, 'definitions'), 'definition')} and ${counted(sum(plan, 'calls'), 'call')} in ${counted(files.length, 'file')} ${verb}`,
    ...named.flatMap(({ path, line, metric, reason, help }) => [
      `left alone: ${visible(shownPath(place.shown, path))}:${line}: ${visible(metric)}: ${visible(reason)}`,
      `  ${visible(help)}`,
    ]),
    ...(named.length < leftAlone.length
      ? [`left alone: ${leftAlone.length - named.length} more, which --verbose names`]
      : []),
    ...listed('of the spec that nothing in the code records', plan.undefined),
    ...listed('of the code that the spec does not have', plan.unknown),
    ...remarks.map((remark) => `note: ${visible(remark)}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** Names in one line, as far as they are few. */
function listed(fact: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, mostNamed).map(visible).join(', ');
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  return [`${counted(names.length, 'metric')} ${fact}: ${shown}${more}`];
}

function leftToDo({ files }: PlannedAdoption, place: Place): readonly Diagnostic[] {
  return files.map(({ path, definitions, calls }) => {
    const parts = [
      ...(definitions === 0 ? [] : [`${counted(definitions, 'metric')} of the spec by hand`]),
      ...(calls === 0 ? [] : [`${counted(calls, 'call')} in a form that helpers do not have`]),
    ];
    return diagnostic('OBS5208', {
      message: `\`${shownPath(place.shown, path)}\` has ${parts.length === 0 ? 'a type of prom-client for a metric of the spec' : parts.join(' and ')}`,
      range: undefined,
      help: 'run `obs-gen instrument --adopt`',
    });
  });
}

function adoptionJson(
  plan: PlannedAdoption,
  place: Place,
  found: readonly Diagnostic[],
  isWritten: boolean,
): string {
  const redact = redactorFor(found);
  const value = {
    diagnostics: found.map((each) => serialDiagnostic(each, redact)),
    written: isWritten,
    files: plan.files.map(({ path, definitions, calls }) => ({
      path: shownPath(place.shown, path),
      definitions,
      calls,
    })),
    adopted: plan.adopted,
    leftAlone: plan.leftAlone.map((each) => ({ ...each, path: shownPath(place.shown, each.path) })),
    undefined: plan.undefined,
    unknown: plan.unknown,
    notes: plan.remarks,
    read: plan.read,
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Puts the helpers in the place of metrics that the code defines by prom-client. */
export async function runAdoption(
  args: InstrumentArguments,
  place: Place,
  model: Model,
  { unwritten, ...folders }: Folders,
  before: readonly Diagnostic[],
): Promise<ExitCode> {
  const { planAdoption } = await import('../../instrument/adopt/plan-adoption.js');
  const plan = await planAdoption(model, { root: place.root, ...folders }, unwritten);
  const found: Diagnostic[] = [
    ...before,
    ...plan.notes.map(({ code, path, message, help }) =>
      diagnostic(code, {
        message: `\`${shownPath(place.shown, path)}\`: ${message}`,
        range: undefined,
        help,
      }),
    ),
  ];
  let isWritten = false;
  if (args.check === true) found.push(...leftToDo(plan, place));
  else if (writes(args)) isWritten = await write(args, place, plan, found);
  else if (args.format === 'pretty') printDiff(plan.files, place);
  if (args.format === 'json') print(adoptionJson(plan, place, found, isWritten));
  else await report(found, args);
  if (args.quiet !== true && args.format !== 'json' && (!writes(args) || isWritten)) {
    const verb = isWritten ? 'changed' : args.check === true ? 'are left' : 'would change';
    const tell = args.format === 'pretty' && args['dry-run'] !== true ? print : printError;
    tell(adoptionSummary(plan, place, verb, args.verbose === true));
  }
  // A signal that came in time: nothing was changed, and that was not what was asked for.
  const isCutOff = writes(args) && !isWritten && !hasErrors(found);
  return isCutOff ? exitCodes.findings : exitCodeOf(found, args.strict === true);
}

/** Whether all is on disk; what stood in the way is among the findings. */
async function write(
  args: InstrumentArguments,
  place: Place,
  { files }: PlannedAdoption,
  found: Diagnostic[],
): Promise<boolean> {
  if (files.length === 0) return !hasErrors(found);
  if (args['allow-dirty'] !== true) {
    const { guardByGit } = await import('../../instrument/apply/uncommitted.js');
    const guard = await guardByGit(
      place,
      files.map(({ path }) => path),
      true,
    );
    found.push(...guard.diagnostics);
  }
  if (hasErrors(found)) return false;
  const { writeFiles } = await import('../../instrument/apply/write-files.js');
  const done = await writeFiles(
    place,
    files.map(({ path, hash, after }) => ({ path, before: hash, content: after })),
  );
  found.push(...done.diagnostics);
  return done.value === 'written';
}
