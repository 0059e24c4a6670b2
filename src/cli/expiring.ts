import type { CommandModule } from 'yargs';
import { exitCodes, type ExitCode } from './exit-code.js';
import { single } from './options.js';
import { specsOption, type SpecWords } from './specs.js';
import { print, wantsColor } from './terminal.js';
import { today } from './today.js';
import { UsageError } from './usage-error.js';

interface ExpiringArguments {
  readonly spec: SpecWords;
  readonly within: string | undefined;
  readonly 'fail-on': 'overdue' | 'any' | 'never';
  readonly format: 'pretty' | 'json' | 'markdown';
}

const daysOf: Readonly<Record<string, number>> = { d: 1, w: 7, y: 365 };

/** `90d`, `12w`, `1y` in days. @throws UsageError */
export function readDays(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,4})([dwy])$/.exec(text) ?? [];
  if (number === '')
    throw new UsageError(`--within cannot be ${text}`, ['write days, weeks or years: 90d, 12w, 1y']);
  return Number(number) * (daysOf[unit] ?? 1);
}

async function expiring(args: ExpiringArguments): Promise<ExitCode> {
  const within = args.within === undefined ? undefined : readDays(args.within);
  const date = today(process.env);
  const { readNamedServices } = await import('./read-services.js');
  const services = await readNamedServices(args.spec);
  if (services === undefined) return exitCodes.findings;
  const { datedEntries } = await import('../inspect/lifecycle/days.js');
  const { daysJson, daysMarkdown, daysPretty, isOverdue } =
    await import('../inspect/lifecycle/render/days.js');
  const entries = datedEntries(services, date).filter(({ days }) => within === undefined || days <= within);
  const shown = { entries, today: date, within };
  if (args.format === 'json') print(daysJson(shown));
  else if (args.format === 'markdown') print(daysMarkdown(shown));
  else print(daysPretty(shown, wantsColor(process.stdout, process.env)));
  const failing = { overdue: entries.some(isOverdue), any: entries.length > 0, never: false };
  return failing[args['fail-on']] ? exitCodes.findings : exitCodes.fine;
}

/** `obs-gen expiring`: every day that stands in the specs. */
export const expiringCommand: CommandModule<object, ExpiringArguments> = {
  command: 'expiring',
  describe: 'List what ends on a day: expiries, sunsets, renamings, accepted findings and changes',
  builder: (yargs) =>
    specsOption(yargs)
      .option('within', {
        type: 'string',
        requiresArg: true,
        describe: 'How far to look ahead: 90d, 12w, 1y; all days without it. What is overdue is always shown',
      })
      .option('fail-on', {
        choices: ['overdue', 'any', 'never'] as const,
        requiresArg: true,
        default: 'overdue' as const,
        describe: 'When to exit with 1',
      })
      .option('format', {
        choices: ['pretty', 'json', 'markdown'] as const,
        requiresArg: true,
        default: 'pretty' as const,
        describe: 'How to print the days',
      })
      .check(single('within'), false)
      .check(single('fail-on'), false)
      .check(single('format'), false)
      .group(['spec', 'within', 'fail-on', 'format'], 'Options:')
      .example('$0 expiring --within 90d', 'What has to be decided in this quarter')
      .example('$0 expiring --within 30d --format markdown', 'The same for an issue, from a scheduled run'),
  handler: async (args) => {
    process.exitCode = await expiring(args);
  },
};
