import { baselinePath } from '../../baseline/path.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { WritePlan } from '../../output/plan.js';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-code.js';
import type { ReportArguments } from '../options.js';
import { report } from '../report.js';
import { requireSpec } from '../spec-file.js';
import { print, printError, progress } from '../terminal.js';
import { today } from '../today.js';

export interface BuildArguments extends ReportArguments {
  readonly out: string;
  readonly check: boolean | undefined;
  readonly 'dry-run': boolean | undefined;
  readonly watch: boolean | undefined;
  readonly force: readonly string[] | undefined;
  readonly baseline?: string | undefined;
}

/** How a build ended. */
export interface Built {
  readonly exitCode: ExitCode;
  /** Every file that was read: a change in one of them calls for another build. */
  readonly files: readonly string[];
}

/** What there is to say beyond diagnostics; `summary` is one line, or several for a plan. */
interface Result {
  readonly diagnostics: readonly Diagnostic[];
  readonly summary: string | undefined;
}

/** The baseline that a build looks at, whether there is one or not. */
export function baselineOf({ spec, baseline }: Pick<BuildArguments, 'spec' | 'baseline'>): string {
  return baseline ?? baselinePath(spec);
}

function folderName(outDir: string): string {
  return `${outDir.replace(/(?<=.)\/+$/, '')}/`;
}

function countFiles(count: number): string {
  return `${count} ${count === 1 ? 'file' : 'files'}`;
}

/** `12 files written, 3 unchanged, 1 removed -> generated/`. */
function summaryLine(
  plan: WritePlan,
  written: number,
  unchanged: number,
  removed: number,
  verbs: [string, string],
): string {
  const parts = [`${countFiles(written)} ${verbs[0]}`, `${unchanged} unchanged`];
  if (removed > 0) parts.push(`${removed} ${verbs[1]}`);
  return `${parts.join(', ')} -> ${folderName(plan.outDir)}\n`;
}

async function showPlan(plan: WritePlan): Promise<string> {
  const { countActions, planRows } = await import('../plan/summary.js');
  const counts = countActions(plan);
  // Conflicts hold back the whole build, so what would be written without them is not announced as its outcome.
  const line =
    counts.conflicts > 0
      ? `nothing would be written: ${countFiles(counts.conflicts)} in the way\n`
      : summaryLine(plan, counts.written, counts.unchanged, counts.removed, ['to write', 'to remove']);
  return planRows(plan) + line;
}

/** What becomes of a plan: written, or only looked at. */
export async function finish(plan: WritePlan, args: BuildArguments): Promise<Result> {
  if (args.check === true) {
    const { isCurrent, staleFiles } = await import('../../output/check.js');
    const summary = isCurrent(plan) ? `${folderName(plan.outDir)} is current\n` : undefined;
    return { diagnostics: staleFiles(plan), summary };
  }
  if (args['dry-run'] === true) return { diagnostics: [], summary: await showPlan(plan) };
  if (plan.conflicts.length > 0) return { diagnostics: [], summary: undefined };
  const { applyPlan } = await import('../../output/apply.js');
  const { value, diagnostics } = await applyPlan(plan);
  if (value === undefined) return { diagnostics, summary: undefined };
  const { written, unchanged, removed } = value;
  const summary = summaryLine(plan, written.length, unchanged, removed.length, ['written', 'removed']);
  return { diagnostics, summary };
}

/** Compiles, plans and writes (or with `--check` and `--dry-run` only says what it would write), and reports. */
export async function buildOnce(args: BuildArguments): Promise<Built> {
  const date = today(process.env);
  requireSpec(args.spec);
  const quiet = args.quiet === true;
  const strict = args.strict === true;
  const status = progress(quiet);
  status.step(`compiling ${args.spec}`);
  const { compileEagerly } = await import('../../compile.js');
  const { namedBaseline } = await import('../baseline.js');
  const compilation = compileEagerly(args.spec, date, namedBaseline(args.baseline));
  // With --strict a warning is an error, and any error means that nothing is written.
  const early = strict ? compilation.finish() : undefined;
  const found: Diagnostic[] = [];
  let summary: string | undefined;
  if (
    compilation.files !== undefined &&
    (early === undefined || exitCodeOf(early.diagnostics, strict) === exitCodes.fine)
  ) {
    status.step(`writing ${countFiles(compilation.files.length)} to ${folderName(args.out)}`);
    const { planOutput } = await import('../../output/plan.js');
    const planned = planOutput(compilation.files, args.out, { force: args.force ?? [] });
    found.push(...planned.diagnostics);
    if (planned.value !== undefined) {
      const result = await finish(planned.value, args);
      found.push(...result.diagnostics);
      summary = result.summary;
    }
  }
  const analysis = early ?? compilation.finish();
  found.unshift(...analysis.diagnostics);
  status.done();
  await report(found, args);
  if (summary !== undefined && !quiet) (args.format === 'pretty' ? print : printError)(summary);
  // A file that is too broken to be a part of the spec is known from what is wrong with it.
  const sources = [
    ...analysis.sources,
    ...found.flatMap(({ range }) => (range === undefined ? [] : [range.source])),
  ];
  // A baseline counts before it is there: the one that appears is taken up.
  const files = [baselineOf(args), ...sources.map(({ path }) => path)];
  return { exitCode: exitCodeOf(found, strict), files: [...new Set(files)] };
}
