import type { CommandModule } from 'yargs';
import type { ExitCode } from './exit-code.js';
import { traceOptions, type TraceArguments } from './trace/options.js';

async function trace(args: TraceArguments): Promise<ExitCode> {
  const { runTrace } = await import('./trace/run.js');
  return runTrace(args);
}

/** `obs-gen trace [FILE...]`: where the time and the money of recorded traces go. */
export const traceCommand: CommandModule<object, TraceArguments> = {
  command: 'trace [files..]',
  describe: 'Show the critical path, self time, cost, loops, gaps and errors of recorded traces',
  builder: (yargs) =>
    traceOptions(yargs)
      .example('$0 trace trace.json', 'One trace, or what all traces of the file have in common')
      .example(
        '$0 trace traces.json --id 4bf92f3577b34da6a3ce929d0e0e4736 --html trace.html',
        'A page with the waterfall',
      )
      .example(
        "$0 trace --tempo http://localhost:3200 --query '{ duration > 5s }'",
        'Traces that Tempo finds',
      )
      .example('$0 trace --jaeger http://localhost:16686 --service my-agent', 'The last traces of a service'),
  handler: async (args) => {
    process.exitCode = await trace(args);
  },
};
