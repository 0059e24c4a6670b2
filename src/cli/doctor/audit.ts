import { readFileSync } from 'node:fs';
import { showAuditReport } from '../../inspect/audit/show.js';
import { verifyAudit } from '../../inspect/audit/verify.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { print } from '../terminal.js';
import { UsageError } from '../usage-error.js';

export interface AuditArguments {
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

function keyOf(args: AuditArguments): string | undefined {
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

function firstLine(bytes: Buffer): string {
  const end = bytes.indexOf(10);
  return bytes.subarray(0, end < 0 ? bytes.length : end).toString('utf8');
}

/**
 * Proves that nobody has changed an audit trail.
 * @throws UsageError
 */
export function runAudit(args: AuditArguments): ExitCode {
  const paths = [...(args.audit ?? []), ...(args.files ?? [])];
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
