import { readFileSync, realpathSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Mended, MendedFile } from '../../fix/mend.js';
import type { BaselineArguments } from '../baseline.js';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-code.js';
import type { ReportArguments } from '../options.js';
import { report } from '../report.js';
import { requireSpec } from '../spec-file.js';
import { print, printError, progress, wantsColor } from '../terminal.js';
import { today } from '../today.js';

export interface FixArguments extends ReportArguments {
  readonly fix: boolean | undefined;
  readonly 'dry-run': boolean | undefined;
}

/** Mends what has a fix, in all files of the spec, and reports what is left; with `--dry-run` prints the change and writes nothing. */
export async function validateAndFix(args: FixArguments & BaselineArguments): Promise<ExitCode> {
  const date = today(process.env);
  requireSpec(args.spec);
  const status = progress(args.quiet === true);
  status.step(`mending ${args.spec}`);
  const [{ mend }, { diskFiles }, { isFile }, { namedBaseline }, { baselineBeside }] = await Promise.all([
    import('../../fix/mend.js'),
    import('../../spec/layers/imports.js'),
    import('../../analyse.js'),
    import('../baseline.js'),
    import('../../baseline/beside.js'),
  ]);
  const acceptance = () => namedBaseline(args.baseline) ?? baselineBeside(args.spec);
  const result = mend(diskFiles, resolve(args.spec), date, isFile, acceptance);
  return carryOut(result, args, async (refusals) => {
    status.done();
    await report([...refusals, ...result.left], args);
  });
}

/**
 * The same for several services: what has a fix in any of them is mended, in files that they share too, unless that would bring an error to
 * another one. All files of all services are written, or none.
 */
export async function fixFleet(args: FixArguments & BaselineArguments): Promise<ExitCode> {
  const date = today(process.env);
  const { specPaths } = await import('../specs.js');
  const specs = specPaths(args.spec);
  const status = progress(args.quiet === true);
  status.step(`mending ${specs.length} specs`);
  const [{ mendFleet }, { fleetSource }, { reportFleet }] = await Promise.all([
    import('../../fleet/mend-fleet.js'),
    import('../fleet/baselines.js'),
    import('../fleet/report.js'),
  ]);
  const result = mendFleet(specs, date, fleetSource(args.baseline, specs));
  return carryOut(result, args, async (refusals) => {
    status.done();
    await reportFleet(result.last.fleet, args.format, refusals);
  });
}

/** Writes what was mended, or shows it; then the report, and what it came to. */
async function carryOut(
  result: Mended,
  args: FixArguments,
  tell: (refusals: readonly Diagnostic[]) => Promise<void>,
): Promise<ExitCode> {
  const isDry = args['dry-run'] === true;
  if (isDry && result.files.length > 0) await showDiff(result.files, args);
  const refusals = isDry || result.files.length === 0 ? [] : await write(result.files);
  await tell(refusals);
  if (args.quiet !== true && refusals.length === 0) say(`${summaryOf(result, isDry)}\n`, args);
  return refusals.length > 0 ? exitCodes.findings : exitCodeOf(result.left, args.strict === true);
}

const say = (text: string, { format }: Pick<ReportArguments, 'format'>): void => {
  (format === 'pretty' ? print : printError)(text);
};

/** `3 findings mended in 1 file (OBS2001 2, OBS3110); 1 is left`. */
function summaryOf({ files, mended, left }: Mended, isDry: boolean): string {
  const rest = left.length === 0 ? 'none is left' : `${left.length} ${left.length === 1 ? 'is' : 'are'} left`;
  if (files.length === 0)
    return left.length === 0 ? 'nothing to mend' : `nothing that obs-gen can mend; ${rest}`;
  const counts = new Map<string, number>();
  for (const { code } of mended) counts.set(code, (counts.get(code) ?? 0) + 1);
  const codes = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  const list = codes.map(([code, count]) => (count === 1 ? code : `${code} ${count}`)).join(', ');
  const what = `${mended.length} ${mended.length === 1 ? 'finding' : 'findings'}`;
  const where = `${files.length} ${files.length === 1 ? 'file' : 'files'}`;
  return `${what} ${isDry ? 'would be mended' : 'mended'} in ${where} (${list}); ${rest}`;
}

/** Prints how the files of a spec would change, secrets masked. */
export async function showDiff(
  files: readonly MendedFile[],
  args: Pick<ReportArguments, 'format'>,
): Promise<void> {
  const [{ hunksOf, shownDiff }, { maskedSlice }, { painter }] = await Promise.all([
    import('../../instrument/apply/unified-diff.js'),
    import('../../diagnostics/render/masking.js'),
    import('../../diagnostics/render/style.js'),
  ]);
  const stream = args.format === 'pretty' ? process.stdout : process.stderr;
  const paint = painter(wantsColor(stream, process.env));
  for (const { before, after } of files) {
    const [old, now] = [before, after].map((source) => maskedSlice(source, 0, source.text.length));
    say(shownDiff(before.path, hunksOf(old ?? '', now ?? ''), paint), args);
  }
}

/** All files or none, through the lock and the journal that every change of a user's files goes through. */
export async function write(files: readonly MendedFile[]): Promise<readonly Diagnostic[]> {
  const [{ writeFiles }, { sha256 }] = await Promise.all([
    import('../../instrument/apply/write-files.js'),
    import('../../output/hash.js'),
  ]);
  const mark = '\ufeff';
  const changes = files.map(({ id, before, after }) => {
    const path = realpathSync(id);
    const lead = readFileSync(path, 'utf8').startsWith(mark) ? mark : '';
    return { path, hash: sha256(lead + before.text), content: lead + after.text };
  });
  const root = changes.map(({ path }) => dirname(path)).reduce(commonFolder);
  const place = { root, shown: relative(process.cwd(), root).split(sep).join('/') || '.' };
  const { diagnostics } = await writeFiles(
    place,
    changes.map(({ path, hash, content }) => ({
      path: relative(root, path).split(sep).join('/'),
      before: hash,
      content,
    })),
  );
  return diagnostics.map((each) =>
    each.code === 'OBS5204'
      ? { ...each, help: 'nothing was changed: make it a plain file that may be written' }
      : each,
  );
}

/** The nearest folder that is above two, or one of them. */
function commonFolder(a: string, b: string): string {
  let folder = a;
  while (folder !== b && !b.startsWith(folder.endsWith(sep) ? folder : folder + sep)) {
    const above = dirname(folder);
    if (above === folder) break;
    folder = above;
  }
  return folder;
}
