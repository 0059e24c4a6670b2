import type { CommandModule } from 'yargs';
import type { AuditArguments } from './doctor/audit.js';
import { stackDoctorOptions, type StackDoctorArguments } from './doctor/options.js';
import type { ExitCode } from './exit-code.js';
import { UsageError } from './usage-error.js';

type DoctorArguments = AuditArguments & StackDoctorArguments;

async function doctor(args: DoctorArguments): Promise<ExitCode> {
  if (args.audit !== undefined) {
    const { runAudit } = await import('./doctor/audit.js');
    return runAudit(args);
  }
  if ((args.files ?? []).length > 0 || args['key-file'] !== undefined || args['key-env'] !== undefined)
    throw new UsageError('there is nothing to look at', [
      'name the files of an audit trail: obs-gen doctor --audit FILE...',
      'or no files, for a look at the running stack: obs-gen doctor',
    ]);
  const { runStackDoctor } = await import('./doctor/stack.js');
  return runStackDoctor(args);
}

/** `obs-gen doctor`: asks a running stack whether it works; with `--audit`, proves that nobody has changed an audit trail. */
export const doctorCommand: CommandModule<object, DoctorArguments> = {
  command: 'doctor [files..]',
  describe: 'Ask the running service and its stack whether everything arrives; or verify an audit trail',
  builder: (yargs) =>
    stackDoctorOptions(yargs)
      .positional('files', { type: 'string', array: true, describe: 'Further files of the audit trail' })
      .option('audit', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe:
          'Verify the hash chain of an audit trail; name all its files to prove that none is missing between them',
      })
      .option('key-env', {
        type: 'string',
        requiresArg: true,
        describe: 'Environment variable with the secret of the chain',
      })
      .option('key-file', {
        type: 'string',
        requiresArg: true,
        describe: 'File with the secret of the chain',
      })
      .option('records', {
        type: 'number',
        requiresArg: true,
        describe: 'How many records the trail must have at least',
      })
      .option('format', {
        choices: ['pretty', 'json'] as const,
        requiresArg: true,
        default: 'pretty' as const,
        describe: 'How to print the report',
      })
      .example('$0 doctor --service http://127.0.0.1:3000', 'Does what the service tells arrive?')
      .example('$0 doctor --request POST /tasks --body task.json', 'Follow this request through the stack')
      .example('$0 doctor --only rules --format json', 'Are the rules that run those of the spec?')
      .example('$0 doctor --audit audit.jsonl audit.jsonl.000000004711', 'Both files of one chain') as never,
  handler: async (args) => {
    process.exitCode = await doctor(args);
  },
};
