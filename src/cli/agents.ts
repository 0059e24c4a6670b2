import type { CommandModule } from 'yargs';
import type { ExitCode } from './exit-code.js';
import { outOption, single, specOption } from './options.js';

export interface AgentsArguments {
  readonly spec: string;
  readonly out: string;
  readonly write: string | undefined;
  readonly check: boolean | undefined;
}

async function agents(args: AgentsArguments): Promise<ExitCode> {
  const { runAgents } = await import('./agents/run.js');
  return runAgents(args);
}

/** `obs-gen agents`: the section of AGENTS.md that tells coding agents how telemetry is written here. */
export const agentsCommand: CommandModule<object, AgentsArguments> = {
  command: 'agents',
  describe: 'Print the rules of telemetry for coding agents, or keep them in AGENTS.md',
  builder: (yargs) =>
    outOption(specOption(yargs), 'The directory that build writes to')
      .option('write', {
        type: 'string',
        requiresArg: true,
        describe: 'A file whose section is put in or brought up to date; all else in it stays as it is',
      })
      .option('check', {
        type: 'boolean',
        describe: 'Write nothing, and fail where the section of the file is not what the spec says',
      })
      .check(single('write'), false)
      .group(['spec', 'out', 'write', 'check'], 'Options:')
      .example('$0 agents --write AGENTS.md', 'Put the section in, or bring it up to date')
      .example('$0 agents --write AGENTS.md --check', 'For CI: is it current?'),
  handler: async (args) => {
    process.exitCode = await agents(args);
  },
};
