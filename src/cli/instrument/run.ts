import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { existsSync, realpathSync } from 'node:fs';
import type { Compilation } from '../../compile.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { sortDiagnostics } from '../../diagnostics/sort.js';
import type { Draft } from '../../instrument/apply/draft.js';
import type { Place } from '../../instrument/apply/refusals.js';
import type { Stages, Subject } from '../../instrument/apply/stages.js';
import type { RuleData } from '../../instrument/rules/rule-set.js';
import { isWithin } from '../../output/paths.js';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-code.js';
import { writes, type InstrumentArguments } from './arguments.js';
import { printOutcome, type InstrumentOutcome } from './report.js';
import { report } from '../report.js';
import { requireSpec } from '../spec-file.js';
import { progress } from '../terminal.js';
import { progressBar } from '../test/progress.js';
import { today } from '../today.js';
import { UsageError } from '../usage-error.js';

const sectionExample = [
  'write for example:',
  '',
  '  instrument:',
  "    include: ['src/**/*.ts']",
  '    rules:',
  "      - match: { function: 'run*', async: true, exported: true }",
  '        span: agent.run',
];

/** The root is the spec's folder: rules name files from there. */
function placeOf(spec: string): Place {
  const root = realpathSync(dirname(spec));
  const way = relative(process.cwd(), root).split(sep).join('/');
  return { root, shown: way === '' ? '.' : way };
}

/** Paths as typed, from the working directory, made absolute. */
function requirePaths(paths: readonly string[], place: Place): readonly string[] {
  return paths.map((path) => {
    if (path === '') throw new UsageError('a path is empty');
    if (!existsSync(path)) throw new UsageError(`there is no file or folder ${path}`);
    // A link itself is not followed, the folders that lead to it are.
    const absolute = join(realpathSync(dirname(resolve(path))), basename(resolve(path)));
    if (!isWithin(place.root, absolute)) {
      throw new UsageError(`${path} lies outside of the spec's folder, ${place.shown}`, [
        'rules name files from the folder of the spec: move the spec up, or name another one with --spec',
      ]);
    }
    return absolute;
  });
}

/** The rules that --only names, by label or by their number in the spec. */
function onlyRules(rules: RuleData, only: readonly string[]): ReadonlySet<number> {
  return new Set(
    only.map((name) => {
      const found = rules.rules.findIndex(
        ({ label }) => label === name || label === `instrument.rules[${name}]`,
      );
      if (found >= 0) return found;
      throw new UsageError(`--only ${name} names no rule`, [
        rules.rules.length === 0 ? 'the spec has none' : 'the rules are',
        ...rules.rules.map(({ label }) => `  ${label}`),
      ]);
    }),
  );
}

async function subjectOf(
  args: InstrumentArguments,
  place: Place,
  { model }: Compilation,
): Promise<{ readonly subject: Subject | undefined; readonly diagnostics: readonly Diagnostic[] }> {
  if (model === undefined) return { subject: undefined, diagnostics: [] };
  if (model.sections.instrument === undefined && args.remove !== true)
    throw new UsageError(`${args.spec} has no section \`instrument\``, sectionExample);
  const { compileRules } = await import('../../instrument/rules/compile.js');
  const { value: rules, diagnostics } = compileRules(model);
  if (rules === undefined) return { subject: undefined, diagnostics };
  const subject: Subject = {
    model,
    rules,
    specPath: args.spec,
    place,
    outDir: existsSync(args.out) ? realpathSync(args.out) : resolve(args.out),
    paths: requirePaths(args.paths ?? [], place),
    only: args.only === undefined ? undefined : onlyRules(rules, args.only),
    remove: args.remove === true,
    jobs: args.jobs,
    cache: args['no-cache'] !== true,
  };
  return { subject, diagnostics };
}

/** The run after the spec has been read: plan, formatter, verification. */
async function propose(
  subject: Subject,
  stages: Stages,
  args: InstrumentArguments,
  status: { step(text: string): void },
  unwritten: ReadonlyMap<string, string> | undefined,
): Promise<InstrumentOutcome> {
  const { rules, place } = subject;
  const bar = progressBar(process.stderr.columns, performance.now());
  const tree = await stages.planTree(({ done, total }) => {
    status.step(bar({ done, total, what: 'reading' }, performance.now()));
  });
  const { finishDrafts } = await import('../../instrument/apply/finish.js');
  const finished = await finishDrafts(subject, stages, tree, {
    verify: args.verify,
    format: args['format-code'] === 'auto',
    unwritten,
    onStep: (what) => {
      status.step(what);
    },
  });
  const found = [...tree.diagnostics, ...finished.diagnostics];
  if (subject.paths.length === 0 && !subject.remove && subject.only === undefined) {
    const { idleRules } = await import('../../instrument/apply/idle-rules.js');
    found.push(...idleRules(rules, finished.files, (rule) => stages.rangeOf(rule)));
  }
  return { place, rules, tree, ...finished, diagnostics: found };
}

/** What stands between a plan and the disk: files that are not committed, for one. */
async function guard(
  drafts: readonly Draft[],
  subject: Subject,
  args: InstrumentArguments,
): Promise<{ readonly diagnostics: readonly Diagnostic[]; readonly notes: readonly string[] }> {
  if (args['allow-dirty'] === true || drafts.length === 0) return { diagnostics: [], notes: [] };
  const { guardByGit } = await import('../../instrument/apply/uncommitted.js');
  const { diagnostics, note } = await guardByGit(
    subject.place,
    drafts.map(({ path }) => path),
    subject.remove,
  );
  return { diagnostics, notes: note === undefined ? [] : [note] };
}

/** OBS5208 for each file that a run would change. */
async function leftToDo(outcome: InstrumentOutcome, remove: boolean): Promise<readonly Diagnostic[]> {
  const { unfinished } = await import('../../instrument/apply/unfinished.js');
  return outcome.drafts.map((draft) => unfinished(outcome.place, draft, remove));
}

async function write(
  outcome: InstrumentOutcome,
  subject: Subject,
  args: InstrumentArguments,
): Promise<InstrumentOutcome> {
  const checked = await guard(outcome.drafts, subject, args);
  const diagnostics = [...outcome.diagnostics, ...checked.diagnostics];
  const notes = [...outcome.notes, ...checked.notes];
  if (exitCodeOf(checked.diagnostics, false) !== exitCodes.fine)
    return { ...outcome, diagnostics, notes, written: false };
  let { drafts } = outcome;
  if (args.interactive === true) {
    const { askForEach } = await import('./interactive.js');
    drafts = await askForEach(drafts, subject.place);
  }
  if (drafts.length === 0) return { ...outcome, drafts, diagnostics, notes, written: true };
  const [{ writeFiles }, { writesOf }] = await Promise.all([
    import('../../instrument/apply/write-files.js'),
    import('../../instrument/apply/draft.js'),
  ]);
  const done = await writeFiles(subject.place, writesOf(drafts));
  return {
    ...outcome,
    drafts,
    diagnostics: [...diagnostics, ...done.diagnostics],
    notes,
    written: done.value === 'written',
  };
}

/** A run that was killed while it wrote is taken back before anything is read; a run that writes nothing only tells of it. */
async function cleanUp(place: Place, args: InstrumentArguments): Promise<readonly Diagnostic[]> {
  const { recoveryOf } = await import('../../instrument/apply/recovery.js');
  return recoveryOf(place, writes(args));
}

/** The modes that change uses of metrics: they need the helpers as they are now, and no rules. */
async function changeUses(
  args: InstrumentArguments,
  place: Place,
  { model, files }: Compilation,
  found: Diagnostic[],
): Promise<ExitCode> {
  if (model !== undefined && files !== undefined) {
    const { staleHelpers } = await import('../../instrument/apply/helpers-on-disk.js');
    if (writes(args)) found.push(...staleHelpers(files, args.out), ...(await cleanUp(place, args)));
    if (exitCodeOf(found, args.strict === true) === exitCodes.fine) {
      const outDir = existsSync(args.out) ? realpathSync(args.out) : resolve(args.out);
      const folders = { outDir, paths: requirePaths(args.paths ?? [], place) };
      if (args.adopt === true) {
        const { unwrittenHelpers } = await import('../../instrument/apply/helpers-on-disk.js');
        const { runAdoption } = await import('./adopt.js');
        return runAdoption(
          args,
          place,
          model,
          { ...folders, unwritten: unwrittenHelpers(files, outDir) },
          found,
        );
      }
      const { runRenames } = await import('./renames.js');
      return runRenames(args, place, model, folders);
    }
  }
  await report(found, args);
  return exitCodeOf(found, args.strict === true);
}

/**
 * Plans what the rules make of the code, and writes it, shows it or checks it. A signal ends it at once, as it would any program, until files are
 * written: that is finished or taken back first.
 */
export async function runInstrument(args: InstrumentArguments): Promise<ExitCode> {
  const date = today(process.env);
  requireSpec(args.spec);
  const place = placeOf(args.spec);
  const quiet = args.quiet === true;
  const strict = args.strict === true;
  const status = progress(quiet);
  try {
    status.step(`compiling ${args.spec}`);
    const { compile } = await import('../../compile.js');
    // The helpers are all that code imports; to work out the tests of alerts takes seconds.
    const compilation = compile(args.spec, date, ['typescript']);
    // What else is worth a warning in the spec is for those who build it.
    const found = compilation.diagnostics.filter(
      ({ code, severity }) => severity === 'error' || code.startsWith('OBS5'),
    );
    if (args.renames === true || args.adopt === true)
      return await changeUses(args, place, compilation, found);
    const { subject, diagnostics } = await subjectOf(args, place, compilation);
    found.push(...diagnostics);
    const refused = (): boolean => exitCodeOf(found, strict) !== exitCodes.fine;
    const stop = async (): Promise<ExitCode> => {
      status.done();
      await report(found, args);
      return exitCodeOf(found, strict);
    };
    if (subject === undefined || compilation.files === undefined || refused()) return await stop();
    found.push(...(await cleanUp(place, args)));
    if (refused()) return await stop();
    const { stagesFor } = await import('../../instrument/apply/stages-of.js');
    const stages = stagesFor(subject);
    if (args.explain !== undefined) {
      const { explainPlace } = await import('./explain.js');
      status.done();
      return explainPlace(subject, stages, args.explain, args.format);
    }
    let unwritten: ReadonlyMap<string, string> | undefined;
    if (args.remove !== true) {
      const { staleHelpers, unwrittenHelpers } = await import('../../instrument/apply/helpers-on-disk.js');
      const stale = staleHelpers(compilation.files, args.out);
      const harmless = args['dry-run'] === true;
      found.push(...stale.map((each) => (harmless ? { ...each, severity: 'warning' as const } : each)));
      if (!harmless && stale.length > 0) return await stop();
      if (stale.length > 0) unwritten = unwrittenHelpers(compilation.files, subject.outDir);
    }
    let outcome = await propose(subject, stages, args, status, unwritten);
    status.done();
    if (args.check === true) {
      const left = await leftToDo(outcome, subject.remove);
      outcome = { ...outcome, diagnostics: [...outcome.diagnostics, ...left] };
    } else if (writes(args) && exitCodeOf([...found, ...outcome.diagnostics], strict) === exitCodes.fine) {
      outcome = await write(outcome, subject, args);
    }
    outcome = { ...outcome, diagnostics: sortDiagnostics([...found, ...outcome.diagnostics]) };
    await printOutcome(outcome, args);
    return exitCodeOf(outcome.diagnostics, strict);
  } finally {
    status.done();
  }
}
