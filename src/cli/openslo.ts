import { writeFileSync } from 'node:fs';
import type { Argv, CommandModule } from 'yargs';
import type { Note } from '../openslo/notes.js';
import { exitCodeOf, exitCodes, type ExitCode } from './exit-code.js';
import { reportOptions, type ReportArguments } from './options.js';
import { report } from './report.js';
import { requireSpec } from './spec-file.js';
import { errorPaint, print, printError } from './terminal.js';
import { today } from './today.js';
import { UsageError } from './usage-error.js';

/** Prints what the reader of a conversion has to know: errors first. */
function printNotes(notes: readonly Note[]): void {
  const paint = errorPaint();
  const styles = { error: 'error', lost: 'warning', assumed: 'help' } as const;
  for (const kind of ['error', 'lost', 'assumed'] as const) {
    for (const note of notes) {
      if (note.kind === kind) printError(`${paint(styles[kind], kind)}: ${note.where}: ${note.message}\n`);
    }
  }
}

/** Writes a file that is not there yet. */
function writeNew(path: string, content: string): void {
  try {
    writeFileSync(path, content, { flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST')
      throw new UsageError(`${path} is there already`, ['name a new file: nothing is overwritten']);
    throw new UsageError(`${path} cannot be written: ${code ?? message}`);
  }
}

interface ImportArguments {
  readonly files: readonly string[];
  readonly output: string | undefined;
}

async function importFiles({ files, output }: ImportArguments): Promise<ExitCode> {
  if (output === '') throw new UsageError('--output needs a value', ['write --output FILE']);
  const { readSource } = await import('../spec/yaml/read.js');
  const { importOpenSlo } = await import('../openslo/import.js');
  const sources = files.map((path) => {
    const { value, diagnostics } = readSource(path, path);
    if (value === undefined) throw new UsageError(diagnostics[0]?.message ?? `${path} cannot be read`);
    return value;
  });
  const { spec, notes } = importOpenSlo(sources);
  printNotes(notes);
  if (spec === undefined) return exitCodes.findings;
  if (output === undefined) print(spec);
  else writeNew(output, spec);
  return exitCodes.fine;
}

async function exportSpec(args: ReportArguments): Promise<ExitCode> {
  requireSpec(args.spec);
  const { analyse } = await import('../analyse.js');
  const { diagnostics, model } = analyse(args.spec, today(process.env));
  const found = exitCodeOf(diagnostics, args.strict === true);
  // What is printed on standard output is the documents, and nothing else.
  if (found !== exitCodes.fine || model === undefined) {
    await report(diagnostics, args);
    return exitCodes.findings;
  }
  const { exportOpenSlo } = await import('../openslo/export.js');
  const { printYaml } = await import('../encode/yaml.js');
  const { documents, notes } = exportOpenSlo(model);
  if (documents.length === 0)
    throw new UsageError(`${args.spec} has no objectives`, ['they are declared under `slos`']);
  if (args.quiet !== true) printNotes(notes);
  print(documents.map((document) => printYaml(document)).join('---\n'));
  return exitCodes.fine;
}

const importCommand: CommandModule<object, ImportArguments> = {
  command: 'import <files..>',
  describe: 'Turn OpenSLO v1 documents into a fragment of a spec',
  builder: (yargs) =>
    yargs
      .positional('files', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'Files of one or more documents, which may refer to one another',
      })
      .option('output', {
        type: 'string',
        requiresArg: true,
        describe: 'A new file to write to; else standard output',
      })
      .example('$0 openslo import slo.yaml > slos.yaml', 'What is lost is said on standard error'),
  handler: async (args) => {
    process.exitCode = await importFiles(args);
  },
};

const exportCommand: CommandModule<object, ReportArguments> = {
  command: 'export',
  describe: 'Print the objectives of the spec as OpenSLO v1 documents',
  builder: (yargs) =>
    reportOptions(yargs).example(
      '$0 openslo export > openslo.yaml',
      'What is lost is said on standard error',
    ),
  handler: async (args) => {
    process.exitCode = await exportSpec(args);
  },
};

/** `obs-gen openslo import FILE...`, `obs-gen openslo export`: objectives from other tools, and for them. */
export const openSloCommand: CommandModule = {
  command: 'openslo',
  describe: 'Import objectives from OpenSLO v1, or export them to it',
  builder: (yargs: Argv) =>
    yargs.command(importCommand).command(exportCommand).demandCommand(1, 'no command given'),
  handler: () => undefined,
};
