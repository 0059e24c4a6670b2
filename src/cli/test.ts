import type { CommandModule } from 'yargs';
import type { ExitCode } from './exit-code.js';
import { outOption, single, specOption } from './options.js';
import type { TestArguments } from './test/run.js';
import { UsageError } from './usage-error.js';

/** Refuses a number of programs that is none. */
function wholeJobs({ jobs }: Readonly<Record<string, unknown>>): boolean {
  if (jobs === undefined || (Number.isInteger(jobs) && Number(jobs) > 0)) return true;
  throw new UsageError('--jobs has to be a whole number above 0', ['leave it out for one a processor']);
}

async function test(args: TestArguments): Promise<ExitCode> {
  const { runTests } = await import('./test/run.js');
  return runTests(args);
}

/** `obs-gen test`: the generated tests, run; and rules broken on purpose, to see that the tests notice. */
export const testCommand: CommandModule<object, TestArguments> = {
  command: 'test',
  describe: 'Run the generated rules, their tests and the routes of alerts through promtool and amtool',
  builder: (yargs) =>
    outOption(specOption(yargs), 'The directory that build has written to')
      .option('mutants', {
        type: 'boolean',
        describe: 'Also break the rules on purpose, one at a time, and fail where no test notices',
      })
      .option('only', {
        type: 'string',
        requiresArg: true,
        describe: 'Run the suites alone whose subject this regular expression matches',
      })
      .option('jobs', {
        type: 'number',
        requiresArg: true,
        describe: 'How many programs run at a time; one a processor, at most 8, where it is left out',
      })
      .option('format', {
        choices: ['pretty', 'json'] as const,
        requiresArg: true,
        default: 'pretty' as const,
        describe: 'How to print the report',
      })
      .option('strict', {
        type: 'boolean',
        describe: 'Fail as well where a rule is known not to be testable',
      })
      .option('verbose', { type: 'boolean', describe: 'Print what promtool says, and every mutant' })
      .option('quiet', { type: 'boolean', describe: 'Print nothing but what is wrong' })
      .check(single('format'), false)
      .check(single('only'), false)
      .check(single('jobs'), false)
      .check(wholeJobs, false)
      .group(['spec', 'out', 'mutants', 'only', 'jobs', 'strict', 'format', 'verbose', 'quiet'], 'Options:')
      .example('$0 test', 'Run the tests of ./generated')
      .example('$0 test --mutants', 'Prove that the tests can fail')
      .example("$0 test --mutants --only '^slos.checkout'", 'The same for some objectives'),
  handler: async (args) => {
    process.exitCode = await test(args);
  },
};
