import type { CommandModule } from 'yargs';
import type { ExitCode } from './exit-code.js';
import { single, specOption } from './options.js';
import type { PlanArguments } from './plan/arguments.js';

async function plan(args: PlanArguments): Promise<ExitCode> {
  const { runPlan } = await import('./plan/run.js');
  return runPlan(args);
}

/** `obs-gen plan`: how large everything becomes that the spec describes, and what that takes to run. */
export const planCommand: CommandModule<object, PlanArguments> = {
  command: 'plan',
  describe: 'Work out series, samples, bytes and what to run for them, as expected and at worst',
  builder: (yargs) =>
    specOption(yargs)
      .option('instances', {
        type: 'number',
        requiresArg: true,
        describe:
          'Instances of the service, over all regions; those of stack.service.instances where it is left out',
      })
      .option('regions', {
        type: 'number',
        requiresArg: true,
        default: 1,
        describe: 'Regions with a Prometheus of their own, over which the instances are spread',
      })
      .option('share', {
        type: 'number',
        requiresArg: true,
        describe: 'How much of their caps labels are expected to fill, 0 to 1; a tenth where it is left out',
      })
      .option('format', {
        choices: ['pretty', 'json'] as const,
        requiresArg: true,
        default: 'pretty' as const,
        describe: 'How to print the plan',
      })
      .check(single('instances'), false)
      .check(single('regions'), false)
      .check(single('share'), false)
      .check(single('format'), false)
      .group(['spec', 'instances', 'regions', 'share', 'format'], 'Options:')
      .example('$0 plan --instances 40', 'What does this service cost on forty machines?')
      .example('$0 plan --instances 900 --regions 3', 'One Prometheus in each region, or Mimir?'),
  handler: async (args) => {
    process.exitCode = await plan(args);
  },
};
