import { existsSync } from 'node:fs';
import { diffModels } from '../../inspect/diff/diff.js';
import { differenceJson } from '../../inspect/diff/render/json.js';
import { differenceMarkdown } from '../../inspect/diff/render/markdown.js';
import { differencePretty } from '../../inspect/diff/render/pretty.js';
import { filePlace, inputPlace, revisionPlace, type Place } from '../../inspect/diff/revision.js';
import { hasErrors } from '../../diagnostics/create.js';
import type { Model } from '../../model/model.js';
import { resolve } from '../../model/resolve.js';
import { loadSpecFrom } from '../../spec/load.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { report } from '../report.js';
import { requireSpec } from '../spec-file.js';
import { print, printError, wantsColor } from '../terminal.js';
import { today } from '../today.js';
import { UsageError } from '../usage-error.js';

export interface DiffArguments {
  readonly spec: string;
  readonly old: string;
  readonly new: string | undefined;
  readonly format: 'pretty' | 'json' | 'markdown';
  readonly verbose: boolean | undefined;
}

/** Where a spec is. @throws UsageError */
function placeOf(word: string, spec: string): Place {
  if (word === '') throw new UsageError('the name of a spec is empty', ['name a file, a revision, or -']);
  if (word === '-') return inputPlace();
  if (existsSync(word)) {
    requireSpec(word);
    return filePlace(word);
  }
  const place = revisionPlace(word, spec);
  if ('fault' in place) throw new UsageError(place.fault, place.help);
  return place;
}

/** The model of a spec, also of one whose meaning is faulty; what makes it unreadable is printed. */
async function modelAt({ store, main, shown }: Place, isNew: boolean): Promise<Model | undefined> {
  const { value, diagnostics } = loadSpecFrom(store, main);
  const isFaulty = hasErrors(diagnostics);
  if (value === undefined || (isFaulty && isNew)) {
    await report(diagnostics, { format: 'pretty' });
    return undefined;
  }
  if (isFaulty) printError(`note: ${shown} has errors; it is compared as far as it can be read\n`);
  return resolve(value).value;
}

/** Prints what changed between two specs; 1 where something breaks that is not accepted. */
export async function runDiff(args: DiffArguments): Promise<ExitCode> {
  const { spec, format } = args;
  const [before, after] = [args.old, args.new ?? spec];
  if (before === '-' && after === '-') throw new UsageError('both specs cannot come from standard input');
  if (args.new === undefined) requireSpec(spec);
  const places = [placeOf(before, spec), placeOf(after, spec)] as const;
  const old = await modelAt(places[0], false);
  const now = await modelAt(places[1], true);
  if (old === undefined || now === undefined) return exitCodes.findings;
  const difference = diffModels(old, now, today(process.env));
  if (format === 'json') print(differenceJson(difference));
  else if (format === 'markdown') print(differenceMarkdown(difference));
  else print(differencePretty(difference, wantsColor(process.stdout, process.env), args.verbose === true));
  if (difference.diagnostics.length > 0 && format === 'pretty')
    await report(difference.diagnostics, { format });
  return difference.breaking ? exitCodes.findings : exitCodes.fine;
}
