import { readFileSync } from 'node:fs';
import type { CommandModule } from 'yargs';
import { showAuditReport } from '../inspect/audit/show.js';
import { verifyAudit } from '../inspect/audit/verify.js';
import { exitCodes, type ExitCode } from './exit-code.js';
import { print } from './terminal.js';
import { UsageError } from './usage-error.js';

interface DoctorArguments {
  readonly audit: readonly string[] | undefined;
  readonly files: readonly string[] | undefined;
  readonly 'key-env': string | undefined;
  readonly 'key-file': string | undefined;
  readonly records: number | undefined;
  readonly format: 'pretty' | 'json';
}

/**
 * Reads a file of the operator's.
 * @throws UsageError where it cannot be read
 */
function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function keyOf(args: DoctorArguments): string | undefined {
  const file = args['key-file'];
  if (file !== undefined) return read(file).toString('utf8').trim();
  const name = args['key-env'];
  if (name === undefined) return undefined;
  const key = process.env[name];
  if (key === undefined || key === '')
    throw new UsageError(`the environment has no ${name}`, [
      'it holds the secret that the service seals its trail with',
    ]);
  return key;
}

function doctor(args: DoctorArguments): ExitCode {
  const paths = [...(args.audit ?? []), ...(args.files ?? [])];
  if (args.audit === undefined)
    throw new UsageError('there is nothing to look at', [
      'name the files of an audit trail: obs-gen doctor --audit FILE...',
    ]);
  const key = keyOf(args);
  const files = paths.map((path) => ({ path, bytes: read(path) }));
  if (key === undefined && files.some(({ bytes }) => /"sealed":"hmac-sha256"/.test(firstLine(bytes))))
    throw new UsageError('the trail is sealed with a key', [
      'give it with --key-env NAME or --key-file FILE, as `security.audit` of the spec names it',
    ]);
  const report = verifyAudit(files, { key, records: args.records });
  print(args.format === 'json' ? `${JSON.stringify(report, undefined, 2)}\n` : showAuditReport(report));
  return report.files.some(({ fault }) => fault !== undefined) ? exitCodes.findings : exitCodes.fine;
}

function firstLine(bytes: Buffer): string {
  const end = bytes.indexOf(10);
  return bytes.subarray(0, end < 0 ? bytes.length : end).toString('utf8');
}

/** `obs-gen doctor --audit FILE...`: proves that nobody has changed an audit trail. */
export const doctorCommand: CommandModule<object, DoctorArguments> = {
  command: 'doctor [files..]',
  describe: 'Look at what a running service has left behind',
  builder: (yargs) =>
    yargs
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
      .example('$0 doctor --audit audit.jsonl audit.jsonl.000000004711', 'Both files of one chain'),
  handler: (args) => {
    process.exitCode = doctor(args);
  },
};
