import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic, Range } from '../../diagnostics/diagnostic.js';
import { sortDiagnostics } from '../../diagnostics/sort.js';
import type { Analysis } from '../../inspect/analyze/analysis.js';
import { usualMinimum } from '../../inspect/analyze/weights.js';
import { noteDiagnostics } from '../../instrument/apply/notes.js';
import type { Place } from '../../instrument/apply/refusals.js';
import type { Model } from '../../model/model.js';
import { isWithin } from '../../output/paths.js';
import { usualTop, type AnalyzeArguments } from './arguments.js';
import { writeResult } from './output.js';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-code.js';
import { report } from '../report.js';
import { requireSpec } from '../spec-file.js';
import { print, progress, wantsColor } from '../terminal.js';
import { progressBar } from '../test/progress.js';
import { today } from '../today.js';
import { UsageError } from '../usage-error.js';

const usualSpec = './observability.yaml';

/** What is known before code is read. */
interface Setting {
  readonly place: Place;
  readonly specPath: string | undefined;
  readonly model: Model | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** With a spec, its folder is the root, as the rules name files from there; without one, the working directory. */
async function settingOf(args: AnalyzeArguments): Promise<Setting> {
  const specPath = args.spec ?? (existsSync(usualSpec) ? usualSpec : undefined);
  const root = realpathSync(specPath === undefined ? '.' : dirname(specPath));
  const way = relative(realpathSync('.'), root).split(sep).join('/');
  const place = { root, shown: way === '' ? '.' : way };
  if (specPath === undefined) return { place, specPath, model: undefined, diagnostics: [] };
  requireSpec(specPath);
  const { analyse } = await import('../../analyse.js');
  const { model, diagnostics } = analyse(specPath, today(process.env));
  // What else is worth a warning in the spec is for those who build it.
  return { place, specPath, model, diagnostics: diagnostics.filter(({ severity }) => severity === 'error') };
}

function requirePaths(paths: readonly string[], place: Place): readonly string[] {
  return paths.map((path) => {
    if (path === '') throw new UsageError('a path is empty');
    if (!existsSync(path)) throw new UsageError(`there is no file or folder ${path}`);
    const absolute = join(realpathSync(dirname(resolve(path))), basename(resolve(path)));
    if (!isWithin(place.root, absolute))
      throw new UsageError(
        `${path} lies outside of ${place.shown === '.' ? 'the working directory' : place.shown}`,
        ['run it in a folder above, or name a spec there with --spec'],
      );
    return absolute;
  });
}

/** Members of `spans` whose span records metrics, as generated code calls them. */
async function recordingSpans(model: Model | undefined): Promise<ReadonlySet<string>> {
  if (model === undefined) return new Set();
  const { namesOf } = await import('../../inspect/analyze/spec-names.js');
  return namesOf(model);
}

async function analysed(
  args: AnalyzeArguments,
  setting: Setting,
): Promise<{ readonly analysis: Analysis; readonly diagnostics: readonly Diagnostic[] }> {
  const { place, model } = setting;
  const status = progress(args.quiet === true);
  const bar = progressBar(process.stderr.columns, performance.now());
  try {
    const [{ readTree }, { analysisOf }] = await Promise.all([
      import('../../inspect/analyze/read-tree.js'),
      import('../../inspect/analyze/analysis.js'),
    ]);
    let shown = 0;
    const { files, notes } = await readTree({
      root: place.root,
      outDir: existsSync(args.out) ? realpathSync(args.out) : resolve(args.out),
      paths: requirePaths(args.paths ?? [], place),
      include: model?.sections.instrument?.include,
      exclude: model?.sections.instrument?.exclude,
      recordingSpans: await recordingSpans(model),
      onProgress(done, total) {
        const now = performance.now();
        // Ten times a second is what an eye follows.
        if (now - shown < 100) return;
        shown = now;
        status.step(bar({ done, total, what: 'reading files' }, now));
      },
    });
    return {
      analysis: analysisOf(files, args['min-score'] ?? usualMinimum),
      diagnostics: noteDiagnostics(place, notes),
    };
  } finally {
    status.done();
  }
}

/** The floor that was asked for, and where: the command line is asked first. */
async function floorOf(
  args: AnalyzeArguments,
  { model, specPath }: Setting,
): Promise<{ readonly floor: number; readonly range: Range | undefined } | undefined> {
  if (args.floor !== undefined) return { floor: args.floor, range: undefined };
  const floor = model?.sections.instrument?.coverage?.floor;
  if (floor === undefined || specPath === undefined) return undefined;
  const [{ loadSpec }, { locate }] = await Promise.all([
    import('../../spec/load.js'),
    import('../../spec/located.js'),
  ]);
  const { value: loaded } = loadSpec(specPath);
  const range =
    loaded === undefined ? undefined : locate(loaded.root, ['instrument', 'coverage', 'floor'])?.range;
  return { floor, range };
}

/** OBS5301 where too little is observed, OBS5302 where nothing was found to judge. */
async function verdict(
  { coverage, functions, totals, minimum }: Analysis,
  args: AnalyzeArguments,
  setting: Setting,
): Promise<readonly Diagnostic[]> {
  const asked = await floorOf(args, setting);
  if (functions.length === 0 && totals.files > 0)
    return [
      diagnostic('OBS5302', {
        message: `no function in ${totals.files} ${totals.files === 1 ? 'file' : 'files'} has a score of ${minimum} or more`,
        range: undefined,
        help: 'name other folders, or lower --min-score',
      }),
    ];
  if (asked === undefined || coverage.share >= asked.floor) return [];
  const next = functions.find(({ observed }) => observed === undefined);
  return [
    diagnostic('OBS5301', {
      message: `${coverage.observed} of ${coverage.scored} functions that count are observed: ${coverage.share} %, below the floor of ${asked.floor} %`,
      range: asked.range,
      help:
        next === undefined
          ? undefined
          : `begin with ${next.path}:${next.line}; obs-gen analyze --write-rules proposes rules`,
    }),
  ];
}

/** Reads the tree, scores it, and prints what was asked for. */
export async function runAnalyze(args: AnalyzeArguments): Promise<ExitCode> {
  const setting = await settingOf(args);
  const found = [...setting.diagnostics];
  if (exitCodeOf(found, false) !== exitCodes.fine) {
    await report(found, { format: 'pretty' });
    return exitCodeOf(found, false);
  }
  const { analysis, diagnostics } = await analysed(args, setting);
  found.push(...diagnostics, ...(await verdict(analysis, args, setting)));
  const text = await textOf(analysis, args, setting, found);
  writeResult(text, args, print);
  // A program reads the diagnostics in the JSON; people read them behind the table.
  if (args.format !== 'json' || args['out-file'] !== undefined)
    await report(sortDiagnostics(found), { format: 'pretty' });
  return exitCodeOf(found, false);
}

async function textOf(
  analysis: Analysis,
  args: AnalyzeArguments,
  setting: Setting,
  found: Diagnostic[],
): Promise<string> {
  if (args['write-rules'] === true) {
    const { proposalOf } = await import('../../inspect/analyze/rules/propose.js');
    const { printProposal } = await import('../../inspect/analyze/rules/print.js');
    const proposal = proposalOf(analysis, setting.model, args.top ?? usualTop);
    if (proposal.rules.length === 0)
      found.push(
        diagnostic('OBS5303', {
          message:
            'there is nothing to propose: no function that counts, and that a rule can mean, is without a span',
          range: undefined,
          help: 'lower --min-score to look further down',
        }),
      );
    return printProposal(proposal);
  }
  switch (args.format) {
    case 'json': {
      const { printAnalysisJson } = await import('../../inspect/analyze/render/json.js');
      return printAnalysisJson(analysis, found, args.top);
    }
    case 'html': {
      const { printAnalysisPage } = await import('../../inspect/analyze/render/html.js');
      return printAnalysisPage(analysis, args.top);
    }
    case 'pretty': {
      const { printAnalysisTable } = await import('../../inspect/analyze/render/pretty.js');
      const isFile = args['out-file'] !== undefined;
      return printAnalysisTable(analysis, {
        top: args.top ?? usualTop,
        color: !isFile && wantsColor(process.stdout, process.env),
        columns: isFile ? undefined : process.stdout.columns,
      });
    }
  }
}
