import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TextFile } from '../../inspect/infer/sources/rules.js';
import { queriesOfBoard, queriesOfRules, type Outside } from '../../inspect/lifecycle/outside.js';
import { unusedJson, unusedPretty } from '../../inspect/lifecycle/render/unused.js';
import { unusedEntries, wordsOfCode } from '../../inspect/lifecycle/unused.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { readCodeFiles, readText } from '../infer/sources.js';
import { readNamedServices } from '../read-services.js';
import { print, wantsColor } from '../terminal.js';
import type { UnusedArguments } from '../unused.js';
import { UsageError } from '../usage-error.js';

/**
 * The files below some paths whose names end as asked, in the order of their paths; a file that is named is read whatever it is called.
 * @throws UsageError
 */
function filesBelow(paths: readonly string[], ending: RegExp, option: string): readonly TextFile[] {
  return paths.flatMap((path) => {
    let isFolder: boolean;
    try {
      isFolder = statSync(path).isDirectory();
    } catch {
      throw new UsageError(`there is nothing at ${path}`, [`--${option} names a file or a folder`]);
    }
    if (!isFolder) return [readText(path)];
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((name) => ending.test(name) && !/(?:^|[\\/])(?:node_modules|\.git)[\\/]/.test(name))
      .sort();
    if (names.length === 0)
      throw new UsageError(`there is no file below ${path} that --${option} could read`, [
        option === 'rules' ? 'rule files end in .yaml or .yml' : 'dashboards end in .json',
      ]);
    return names.map((name) => readText(join(path, name)));
  });
}

/** Prints what nothing needs; with `--strict`, 1 where there is something. */
export async function runUnused(args: UnusedArguments): Promise<ExitCode> {
  const services = await readNamedServices(args.spec);
  if (services === undefined) return exitCodes.findings;
  const outside: readonly Outside[] = [
    ...filesBelow(args.dashboards ?? [], /\.json$/i, 'dashboards').map(queriesOfBoard),
    ...filesBelow(args.rules ?? [], /\.ya?ml$/i, 'rules').map(queriesOfRules),
  ];
  const files = args.code === undefined ? undefined : await readCodeFiles(args.code);
  const queries = outside.flatMap((each) => each.queries);
  const code = files === undefined ? undefined : wordsOfCode(files.map(({ text }) => text));
  const entries = unusedEntries(services, { queries, code });
  const looked = {
    queries: queries.length,
    code: files?.length,
    faults: outside.flatMap(({ faults }) => faults),
  };
  if (args.format === 'json') print(unusedJson(entries, looked));
  else print(unusedPretty(entries, looked, wantsColor(process.stdout, process.env)));
  return args.strict === true && entries.length > 0 ? exitCodes.findings : exitCodes.fine;
}
