import type { CommandModule } from 'yargs';
import type { ExitCode } from './exit-code.js';
import { outOption, specOption } from './options.js';

export interface McpArguments {
  readonly spec: string;
  readonly out: string;
  readonly 'read-only': boolean | undefined;
}

async function mcp(args: McpArguments): Promise<ExitCode> {
  const { runMcp } = await import('./mcp/run.js');
  return runMcp(args);
}

/** `obs-gen mcp`: tools for coding agents, over standard input and output. */
export const mcpCommand: CommandModule<object, McpArguments> = {
  command: 'mcp',
  describe:
    'Serve coding agents: look up declared telemetry, validate, explain, check queries, build (MCP over stdio)',
  builder: (yargs) =>
    outOption(specOption(yargs))
      .option('read-only', { type: 'boolean', describe: 'Refuse to write, also where a build is asked to' })
      .group(['spec', 'out', 'read-only'], 'Options:')
      .example('$0 mcp', 'What a client starts, in the root of the repository')
      .example('claude mcp add obs-gen -- npx obs-gen mcp', 'How one client is told of it'),
  handler: async (args) => {
    process.exitCode = await mcp(args);
  },
};
