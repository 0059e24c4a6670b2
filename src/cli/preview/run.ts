import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { startPreview, type Preview, type PreviewSpec } from '../../preview/index.js';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-code.js';
import { chosenData, requireSense, type Choice, type PreviewArguments } from './options.js';
import { report } from '../report.js';
import { requireSpec } from '../spec-file.js';
import { print, printError, progress } from '../terminal.js';
import { today } from '../today.js';
import { reportUsageError, UsageError } from '../usage-error.js';
import { untilSignal } from '../until-signal.js';
import { watch } from '../watch.js';

/** A spec as it is on disk now. */
interface Read extends PreviewSpec {
  readonly exitCode: ExitCode;
  /** Every file that was read. */
  readonly files: readonly string[];
}

/** Reads and checks the spec, and prints what is wrong with it as `validate` does. */
async function read(path: string): Promise<Read> {
  const date = today(process.env);
  const { analyse } = await import('../../analyse.js');
  const { diagnostics, model, sources } = analyse(path, date);
  await report(diagnostics, { format: 'pretty' });
  const exitCode = exitCodeOf(diagnostics, false);
  const files = [
    ...sources,
    ...diagnostics.flatMap(({ range }) => (range === undefined ? [] : [range.source])),
  ].map((source) => source.path);
  return {
    path,
    model: exitCode === exitCodes.fine ? model : undefined,
    problems: await problemsOf(diagnostics),
    exitCode,
    files: [...new Set(files)],
  };
}

/** The errors alone, each as it is printed. */
async function problemsOf(diagnostics: readonly Diagnostic[]): Promise<readonly string[]> {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return [];
  const { renderPretty } = await import('../../diagnostics/render/pretty.js');
  // The last line counts the errors: of one that is no news.
  return errors.map((each) => renderPretty([each], { color: false }).replace(/\n+1 error\n*$/, ''));
}

async function start(spec: PreviewSpec, choice: Choice, args: PreviewArguments): Promise<Preview> {
  try {
    return await startPreview({
      ...spec,
      prometheus: choice.prometheus,
      // Pictures are taken by nobody but us.
      port: args.screenshot === undefined ? args.port : (args.port ?? 0),
      onFault: (error) => {
        printError(
          `a fault of obs-gen: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
        );
      },
    });
  } catch (error) {
    const { code, message, syscall } = error as NodeJS.ErrnoException;
    if (syscall !== 'listen') throw error;
    throw new UsageError(
      `port ${args.port ?? 'of the preview'} on 127.0.0.1 cannot be used: ${code ?? message}`,
      ['name another one with --port, or leave it out for one that is free'],
    );
  }
}

/** The page that is shown first. */
function addressOf(preview: Preview, { dashboard, theme }: PreviewArguments): string {
  const query = new URLSearchParams();
  if (dashboard?.[0] !== undefined) query.set('dashboard', dashboard[0]);
  if (theme !== undefined) query.set('theme', theme);
  const text = query.toString();
  return text === '' ? preview.url : `${preview.url}?${text}`;
}

/** Says where the page is, and why there is no data where there is none. */
async function present(preview: Preview, args: PreviewArguments): Promise<void> {
  const address = addressOf(preview, args);
  print(`${address}\n`);
  if (args.open === true) {
    const { openInBrowser } = await import('../../preview/browser/index.js');
    if (!(await openInBrowser(address))) printError('there is no program that opens a browser here\n');
  }
  void sayWhetherData(preview);
  printError(args.watch === true ? `watching ${args.spec}; Ctrl-C ends\n` : 'Ctrl-C ends\n');
}

async function sayWhetherData(preview: Preview): Promise<void> {
  const status = progress(false);
  status.step('preparing the data');
  await preview.ready;
  status.done();
  const { available, reason, help } = preview.state().prometheus;
  if (available) return;
  reportUsageError(
    new UsageError(
      `there is no data: ${reason ?? 'no reason given'}`,
      help === undefined || help === '' ? [] : help.split('\n'),
    ),
  );
}

/**
 * Refuses dashboards that there are not.
 * @throws UsageError
 */
async function requireDashboards(preview: Preview, { dashboard = [] }: PreviewArguments): Promise<void> {
  const known = preview.state().dashboards.map(({ name }) => name);
  const unknown = dashboard.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const { nearest } = await import('../../diagnostics/did-you-mean.js');
  const meant = nearest(unknown, known);
  throw new UsageError(`there is no dashboard ${unknown}`, [
    ...(meant === undefined ? [] : [`did you mean ${meant}?`]),
    known.length === 0 ? 'the spec has no dashboards' : `there are ${known.join(', ')}`,
  ]);
}

/** Shows the spec as it is now, and with `--watch` as it becomes, until the signal. */
class Session {
  #preview: Preview | undefined;
  #files: readonly string[];
  readonly #args: PreviewArguments;
  readonly #choice: Choice;

  constructor(args: PreviewArguments, choice: Choice) {
    this.#args = args;
    this.#choice = choice;
    this.#files = [args.spec];
  }

  async run(signal: AbortSignal): Promise<ExitCode> {
    const { watch: isWatching, screenshot } = this.#args;
    try {
      if (isWatching === true) {
        await watch(
          () => this.#files,
          () => this.#next(),
          signal,
        );
        return exitCodes.fine;
      }
      const { exitCode, ...spec } = await read(this.#args.spec);
      if (exitCode !== exitCodes.fine) return exitCode;
      const preview = await this.#start(spec);
      if (screenshot !== undefined) {
        const { takePictures } = await import('./pictures.js');
        return await takePictures(preview, screenshot, this.#args, signal);
      }
      await present(preview, this.#args);
      await untilAborted(signal);
      return exitCodes.fine;
    } finally {
      await this.#preview?.close();
    }
  }

  async #start(spec: PreviewSpec): Promise<Preview> {
    const preview = await start(spec, this.#choice, this.#args);
    this.#preview = preview;
    if (spec.model !== undefined) await requireDashboards(preview, this.#args);
    return preview;
  }

  /** The spec is there for the first time, or has changed. */
  async #next(): Promise<void> {
    const preview = this.#preview;
    try {
      requireSpec(this.#args.spec);
      const { files, ...spec } = await read(this.#args.spec);
      this.#files = [...new Set([this.#args.spec, ...files])];
      if (preview === undefined) {
        await present(await this.#start(spec), this.#args);
        return;
      }
      // New data takes its time; the page shows the new dashboards meanwhile.
      void preview.update(spec);
      printError(
        spec.model === undefined ? 'the page shows what was there before\n' : 'the page shows the change\n',
      );
    } catch (error) {
      // An editor may have taken the spec away for a moment.
      if (preview === undefined || !(error instanceof UsageError)) throw error;
      reportUsageError(error);
    }
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
  });
}

async function previewUntil(args: PreviewArguments, signal: AbortSignal): Promise<ExitCode> {
  requireSense(args);
  const choice = chosenData(args, process.env);
  requireSpec(args.spec);
  printError(`${choice.text}\n`);
  return new Session(args, choice).run(signal);
}

/** Shows the dashboards until a signal ends it. */
export async function runPreview(args: PreviewArguments): Promise<ExitCode> {
  return untilSignal(
    (ended) => previewUntil(args, ended),
    (_, ended) => ended.aborted,
  );
}
