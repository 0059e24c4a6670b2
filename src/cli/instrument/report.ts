import { catalogueEntry, type DiagnosticCode } from '../../diagnostics/catalogue.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { painter } from '../../diagnostics/render/style.js';
import { visible } from '../../diagnostics/render/visible.js';
import type { PlannedTree } from '../../instrument/apply/codemod.js';
import type { Draft } from '../../instrument/apply/draft.js';
import type { Finished } from '../../instrument/apply/finish.js';
import type { Place } from '../../instrument/apply/refusals.js';
import { hunksOf, shownDiff, unifiedDiff } from '../../instrument/apply/unified-diff.js';
import type { FilePlan } from '../../instrument/file/file-plan.js';
import type { Insertion } from '../../instrument/insertion.js';
import type { RuleData } from '../../instrument/rules/rule-set.js';
import { shownPath } from '../../output/paths.js';
import { writes, type InstrumentArguments } from './arguments.js';
import { report } from '../report.js';
import { print, printError, wantsColor } from '../terminal.js';

/** All that there is to say about a run. */
export interface InstrumentOutcome extends Finished {
  readonly place: Place;
  readonly rules: RuleData;
  readonly tree: PlannedTree;
  /** Whether the drafts are on disk; undefined where none was to be written. */
  readonly written?: boolean;
}

/** Places of one reason that are listed; the rest is counted. */
const mostPlaces = 3;
/** Places left alone up to which each is printed with its code. */
const mostSkips = 10;

/** Prints a run: the diff or the summary for people, diagnostics and all the rest for programs. */
export async function printOutcome(outcome: InstrumentOutcome, args: InstrumentArguments): Promise<void> {
  if (args.format === 'json') {
    const { instrumentJson } = await import('./json.js');
    print(instrumentJson(outcome));
    return;
  }
  const isPretty = args.format === 'pretty';
  if (isPretty && args['dry-run'] === true) printDiff(outcome.drafts, outcome.place);
  await report(isPretty ? shownFindings(outcome, args) : outcome.diagnostics, args);
  if (args.quiet === true) return;
  // The diff, or what a program reads, has standard output to itself.
  (isPretty && args['dry-run'] !== true ? print : printError)(summaryOf(outcome, args));
}

/** A diff that can be applied, or one to look at where a terminal shows it. */
export function printDiff(drafts: readonly Pick<Draft, 'path' | 'before' | 'after'>[], place: Place): void {
  const color = wantsColor(process.stdout, process.env);
  const paint = painter(color);
  for (const { path, before, after } of drafts) {
    const hunks = hunksOf(before, after);
    const shown = shownPath(place.shown, path);
    print(color || process.stdout.isTTY ? shownDiff(shown, hunks, paint) : unifiedDiff(shown, hunks));
  }
}

/** A place that was left alone is a line of the summary where there are many. */
function shownFindings(
  { diagnostics }: InstrumentOutcome,
  { verbose }: InstrumentArguments,
): readonly Diagnostic[] {
  const skips = diagnostics.filter(isSkip);
  if (verbose === true || skips.length <= mostSkips) return diagnostics;
  return diagnostics.filter((each) => !isSkip(each));
}

function isSkip({ code }: Diagnostic): boolean {
  return code.startsWith('OBS51');
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** What was done, in a few lines. */
export function summaryOf(outcome: InstrumentOutcome, args: InstrumentArguments): string {
  const { drafts, formatted, notes } = outcome;
  const rows = [headline(outcome, args)];
  if (args.remove !== true) rows.push(...rulesTable(outcome));
  rows.push(...skipRows(outcome.diagnostics.filter(isSkip)));
  for (const [name, count] of args.remove === true ? [] : formatted)
    rows.push(`formatted with ${name}: ${counted(count, 'file')}`);
  for (const note of notes) rows.push(`note: ${note}`);
  if (drafts.length > 0 && args['dry-run'] === true)
    rows.push('nothing was written; without --dry-run it is');
  return `${rows.join('\n')}\n`;
}

function headline({ tree, drafts, files, written }: InstrumentOutcome, args: InstrumentArguments): string {
  const looked = `of ${counted(tree.looked, 'file')} read`;
  const changes = counted(drafts.length, 'file');
  if (drafts.length === 0) {
    if (args.remove === true) return `nothing to remove in ${counted(tree.looked, 'file')}`;
    const kept = files.filter(({ placed }) => placed.length > 0).length;
    return kept === 0
      ? `nothing to do: no code fits a rule in ${counted(tree.looked, 'file')}`
      : `nothing to do: ${counted(kept, 'file')} ${kept === 1 ? 'is' : 'are'} instrumented as the rules say`;
  }
  const verb = args.remove === true ? 'cleaned' : 'changed';
  if (written === true) return `${changes} ${verb}, ${looked}`;
  return `${changes} ${writes(args) ? `would be ${verb}, and nothing was written` : `to be ${verb}`}, ${looked}`;
}

/** What a rule puts in, by the one word that tells it best. */
function recordedBy({ span, count, time, log, action }: Insertion): string {
  return span?.name ?? (count ?? time)?.metric.name ?? log?.event.name ?? action ?? '';
}

/** One line a rule: places that are new, that were there before, and that were left alone. */
function rulesTable({ rules, files }: InstrumentOutcome): readonly string[] {
  const rows = rules.rules.flatMap(({ label, insertion }, rule) => {
    const placed = files.flatMap((file) => file.placed.filter((each) => each.rule === rule));
    const skipped = files.flatMap((file) => file.skipped.filter((each) => each.rule === rule)).length;
    if (placed.length === 0 && skipped === 0) return [];
    const kept = placed.filter(({ isKept }) => isKept).length;
    const what = recordedBy(insertion);
    const parts = [
      `${placed.length - kept} new`,
      ...(kept > 0 ? [`${kept} kept`] : []),
      ...(skipped > 0 ? [`${skipped} left alone`] : []),
    ];
    return [{ label, what, parts: parts.join(', ') }];
  });
  const width = Math.max(0, ...rows.map(({ label }) => label.length));
  const second = Math.max(0, ...rows.map(({ what }) => what.length));
  const functions = new Set(files.filter(hasPlaces)).size;
  if (rows.length === 0) return [];
  const total = files.reduce((sum, { placed }) => sum + placed.length, 0);
  return [
    `${counted(total, 'place')} in ${counted(functions, 'file')}, by rule:`,
    ...rows.map(
      ({ label, what, parts }) =>
        `  ${visible(label).padEnd(width)}  ${visible(what).padEnd(second)}  ${parts}`,
    ),
  ];
}

function hasPlaces({ placed }: FilePlan): boolean {
  return placed.length > 0;
}

/** Places that were left alone, by reason, with the first few of each. */
function skipRows(skips: readonly Diagnostic[]): readonly string[] {
  if (skips.length === 0) return [];
  const byCode = new Map<DiagnosticCode, Diagnostic[]>();
  for (const each of skips) {
    const same = byCode.get(each.code);
    if (same === undefined) byCode.set(each.code, [each]);
    else same.push(each);
  }
  const rows = [...byCode]
    .sort(([a, first], [b, second]) => second.length - first.length || (a < b ? -1 : 1))
    .map(([code, list]) => {
      const places = list.slice(0, mostPlaces).map(({ range }) => {
        if (range === undefined) return '';
        return `${visible(range.source.path)}:${range.source.position(range.start).line}`;
      });
      const more = list.length > mostPlaces ? ', …' : '';
      return `  ${code} ${catalogueEntry(code).title}: ${list.length} (${places.join(', ')}${more})`;
    });
  return [`${counted(skips.length, 'place')} left alone:`, ...rows];
}
