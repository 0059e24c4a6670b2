import type { CommandModule } from 'yargs';
import { exitCodes, type ExitCode } from './exit-code.js';
import { single } from './options.js';
import { namesSeveral, specsOption, type SpecWords } from './specs.js';
import { print, wantsColor } from './terminal.js';
import { UsageError } from './usage-error.js';

interface OwnersArguments {
  readonly spec: SpecWords;
  readonly owner: string | undefined;
  readonly org: string | undefined;
  readonly out: string | undefined;
  readonly format: 'pretty' | 'json' | 'codeowners';
}

async function owners(args: OwnersArguments): Promise<ExitCode> {
  const isForFiles = args.format === 'codeowners';
  if (!isForFiles && (args.org ?? args.out) !== undefined)
    throw new UsageError('--org and --out go with --format codeowners');
  if (isForFiles && args.owner !== undefined)
    throw new UsageError('--owner does not go with --format codeowners', [
      'the last line of a file that fits counts: a part of it would say something else',
    ]);
  const { readNamedServices } = await import('./read-services.js');
  const services = await readNamedServices(args.spec);
  if (services === undefined) return exitCodes.findings;
  if (isForFiles) {
    const { serviceFiles } = await import('./owners/files.js');
    const { codeowners } = await import('../inspect/lifecycle/codeowners.js');
    print(codeowners(serviceFiles(services, args.out, namesSeveral(args.spec)), args.org));
    return exitCodes.fine;
  }
  const { ownedEntries } = await import('../inspect/lifecycle/owned.js');
  const { ownedJson, ownedPretty } = await import('../inspect/lifecycle/render/owned.js');
  const entries = ownedEntries(services, args.owner);
  if (args.owner !== undefined && entries.length === 0) {
    const known = [...new Set(ownedEntries(services).flatMap(({ owner }) => owner ?? []))].sort();
    throw new UsageError(`nothing is owned by ${args.owner}`, [
      known.length === 0 ? 'no owner is named at all' : `owners are: ${known.join(', ')}`,
    ]);
  }
  print(
    args.format === 'json'
      ? ownedJson(entries)
      : ownedPretty(entries, wantsColor(process.stdout, process.env)),
  );
  return exitCodes.fine;
}

/** `obs-gen owners`: who is asked about what. */
export const ownersCommand: CommandModule<object, OwnersArguments> = {
  command: 'owners',
  describe:
    'Say who owns which metrics, spans, objectives, alerts and dashboards; write lines for CODEOWNERS',
  builder: (yargs) =>
    specsOption(yargs)
      .option('owner', { type: 'string', requiresArg: true, describe: 'Only what this one owns' })
      .option('org', {
        type: 'string',
        requiresArg: true,
        describe: 'With codeowners: the organisation that teams belong to',
      })
      .option('out', {
        type: 'string',
        requiresArg: true,
        describe: 'With codeowners: where `obs-gen build` writes to, if elsewhere than by default',
      })
      .option('format', {
        choices: ['pretty', 'json', 'codeowners'] as const,
        requiresArg: true,
        default: 'pretty' as const,
        describe: 'How to print the owners',
      })
      .check(single('owner'), false)
      .check(single('org'), false)
      .check(single('out'), false)
      .check(single('format'), false)
      .group(['spec', 'owner', 'format', 'org', 'out'], 'Options:')
      .example('$0 owners', 'Who is asked about what, and what nobody owns')
      .example('$0 owners --format codeowners --org acme >> .github/CODEOWNERS', 'Who reviews which files'),
  handler: async (args) => {
    process.exitCode = await owners(args);
  },
};
