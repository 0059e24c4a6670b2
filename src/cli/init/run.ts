import { join, relative } from 'node:path';
import { folderFacts, type FolderFacts } from '../../init/folder-facts.js';
import { nextSteps } from '../../init/next-steps.js';
import { initPlan, schemaPath, type InitPlan } from '../../init/plan.js';
import { InitFault, writeStep } from '../../init/write-plan.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { InitArguments } from './arguments.js';
import { answersWithoutAsking, ask, type Answers } from './questions.js';
import { print, printError, progress } from '../terminal.js';
import { today } from '../today.js';
import { UsageError } from '../usage-error.js';

/** A spec made of what exists; undefined where nothing was named. */
async function inferred(args: InitArguments, { name, owner }: Answers): Promise<string | undefined> {
  const { 'from-metrics': metrics = [], 'from-code': code = [] } = args;
  if (metrics.length + code.length === 0) return undefined;
  const { readCodeFiles, readMetricPages } = await import('../infer/sources.js');
  const { infer } = await import('../../inspect/infer/infer.js');
  const shown = progress(false);
  const pages = await readMetricPages(metrics, 1, 0, (step) => {
    shown.step(step);
  });
  const files = await readCodeFiles(code);
  shown.done();
  const { text, taken, guesses } = infer({
    pages,
    code: files,
    rules: [],
    dashboards: [],
    service: { name, owner },
    schema: schemaPath,
    today: today(process.env),
  });
  printError(
    `${taken.metrics} metrics found, ${guesses.length} guesses marked in the spec; obs-gen infer shows what was left out\n`,
  );
  return text;
}

function facts(folder: string): FolderFacts {
  try {
    return folderFacts(folder);
  } catch {
    throw new UsageError(`there is no folder ${folder}`);
  }
}

function planText({ steps }: InitPlan): string {
  const width = Math.max(...steps.map(({ path }) => path.length));
  return steps
    .map(({ action, path, note }) => `  ${action.padEnd(6)}  ${path.padEnd(width)}  ${note}\n`)
    .join('');
}

/**
 * Writes what a service needs to begin with, and builds.
 * @throws UsageError
 */
export async function runInit(args: InitArguments): Promise<ExitCode> {
  const found = facts(args.folder);
  const isInferred = (args['from-metrics'] ?? []).length + (args['from-code'] ?? []).length > 0;
  const mayAsk = args.yes !== true && process.stdin.isTTY && process.stderr.isTTY;
  const answers = mayAsk ? await ask(found, args, isInferred) : answersWithoutAsking(found, args);
  const packageManager = args['package-manager'] ?? found.packageManager;
  const spec = await inferred(args, answers);
  const plan = initPlan(found, { ...answers, packageManager, editor: args.editor, spec });
  print(planText(plan));
  for (const hint of plan.hints) print(`  note: ${hint}\n`);
  if (args['dry-run'] === true) return exitCodes.fine;
  try {
    for (const step of plan.steps) writeStep(step);
  } catch (error) {
    if (error instanceof InitFault) throw new UsageError(error.message);
    throw error;
  }
  const exitCode = await build(found.root);
  if (exitCode !== exitCodes.fine) return exitCode;
  print('\nNext:\n');
  nextSteps(found, packageManager, isInferred).forEach((step, index) => {
    print(`  ${index + 1}. ${step}\n`);
  });
  return exitCodes.fine;
}

async function build(root: string): Promise<ExitCode> {
  const { buildOnce } = await import('../build/once.js');
  const path = (name: string): string => relative(process.cwd(), join(root, name)) || name;
  const { exitCode } = await buildOnce({
    spec: path('observability.yaml'),
    out: path('generated'),
    format: 'pretty',
    strict: undefined,
    quiet: undefined,
    check: undefined,
    'dry-run': undefined,
    watch: undefined,
    force: undefined,
  });
  return exitCode;
}
