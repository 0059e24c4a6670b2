import { existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { InferInput } from '../../inspect/infer/infer.js';
import { serviceName } from '../../init/folder-facts.js';
import { parseDuration } from '../../promql/duration.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { InferArguments } from './arguments.js';
import { packageName, readCodeFiles, readMetricPages, readText } from './sources.js';
import { inferJson, inferText } from './text.js';
import { print, printError, progress, wantsColor } from '../terminal.js';
import { today } from '../today.js';
import { UsageError } from '../usage-error.js';

function serviceOf(args: InferArguments): InferInput['service'] {
  const owner = args.owner === undefined ? {} : { owner: args.owner };
  if (args.name !== undefined) return { name: args.name, ...owner };
  const [code] = args.code ?? [];
  const start = code === undefined ? '.' : statSync(code).isDirectory() ? code : dirname(code);
  const found = packageName(start);
  const name = found === undefined ? undefined : serviceName(found);
  if (name !== undefined) return { name, nameGuess: 'the name in package.json', ...owner };
  return { name: 'my-service', nameGuess: 'nothing says how the service is called', ...owner };
}

function intervalOf(text: string): number {
  const seconds = parseDuration(text);
  if (seconds === undefined)
    throw new UsageError(`--interval ${text} is no duration`, ['write it as 15s or 1m']);
  return seconds * 1000;
}

function write(path: string, text: string, isForced: boolean): void {
  try {
    writeFileSync(path, text, { flag: isForced ? 'w' : 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST')
      throw new UsageError(`${path} is there already`, [
        'write to another file, or add --force to overwrite it',
      ]);
    throw new UsageError(`${path} cannot be written: ${code ?? message}`);
  }
}

/**
 * Prints, or writes, a spec made of what exists.
 * @throws UsageError
 */
export async function runInfer(args: InferArguments): Promise<ExitCode> {
  const { metrics = [], code = [], rules = [], dashboards = [], write: target } = args;
  if (metrics.length + code.length + rules.length + dashboards.length === 0)
    throw new UsageError('nothing to make a spec of', [
      'name a page (--metrics), code (--code), --rules or --dashboards; several of each can be given',
    ]);
  // Before anything is read: who waits for samples wants to know at the start.
  if (target !== undefined && args.force !== true && existsSync(target))
    throw new UsageError(`${target} is there already`, [
      'write to another file, or add --force to overwrite it',
    ]);
  if (!Number.isInteger(args.samples) || args.samples < 1 || args.samples > 1000)
    throw new UsageError('--samples is a whole number from 1 to 1000');
  if (args['seen-only'] === true && metrics.length === 0)
    throw new UsageError('--seen-only needs a page', ['name one with --metrics']);
  const shown = progress(false);
  const pages = await readMetricPages(metrics, args.samples, intervalOf(args.interval), (text) => {
    shown.step(text);
  });
  shown.step('reading code');
  const files = await readCodeFiles(code);
  shown.done();
  const { infer } = await import('../../inspect/infer/infer.js');
  const inferred = infer({
    pages,
    code: files,
    rules: rules.map(readText),
    dashboards: dashboards.map(readText),
    service: serviceOf(args),
    seenOnly: args['seen-only'] === true,
    schema: args.schema,
    today: today(process.env),
  });
  if (target !== undefined) write(target, inferred.text, args.force === true);
  if (args.format === 'json') print(inferJson(inferred, target === undefined));
  else {
    if (target === undefined) print(inferred.text);
    printError(inferText(inferred, target, args.verbose === true, wantsColor(process.stderr, process.env)));
  }
  return exitCodes.fine;
}
