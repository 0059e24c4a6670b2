import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { isIP } from 'node:net';
import { dirname, join } from 'node:path';
import { onPath } from '../../processes/on-path.js';
import { runProgram } from '../../prove/run/process.js';
import { certificateFiles, type Certificate } from '../certificates.js';
import { secretModes } from '../secrets.js';
import { StackFault } from './stack-fault.js';

/** The authority's own key, which nothing but the making of certificates reads. */
export const authorityKey = 'ca.key';

/** Days. Browsers and clients of Go take certificates of private authorities for any time; ten years outlive the stack. */
const authorityDays = 3650;
/** Two years and a bit: renewed by removing the folder. */
const partDays = 825;
/** Milliseconds for one call. */
const deadline = 30_000;

interface Openssl {
  readonly program: string;
  readonly cwd: string;
  readonly signal: AbortSignal;
}

/** @throws StackFault with what openssl says */
async function openssl({ program, cwd, signal }: Openssl, args: readonly string[]): Promise<void> {
  const { status, stderr } = await runProgram({ program, args, cwd, deadline, signal });
  if (status === 0) return;
  const said = stderr.trim().split('\n').slice(-4);
  throw new StackFault(`openssl ${args[0] ?? ''} fails`, said);
}

/** A key on the curve that every TLS library has. */
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'] as const;

async function makeAuthority(tool: Openssl, service: string): Promise<void> {
  writeFileSync(
    join(tool.cwd, 'authority.cnf'),
    [
      '[req]',
      'distinguished_name = name',
      'x509_extensions = authority',
      'prompt = no',
      '[name]',
      `CN = ${service} stack`,
      '[authority]',
      'basicConstraints = critical, CA:TRUE, pathlen:0',
      'keyUsage = critical, keyCertSign, cRLSign',
      'subjectKeyIdentifier = hash',
      '',
    ].join('\n'),
  );
  await openssl(tool, [
    ...['req', '-x509', '-sha256', '-config', 'authority.cnf', ...newKey, '-days', String(authorityDays)],
    ...['-keyout', authorityKey, '-out', certificateFiles.authority],
  ]);
}

function alternativeName(host: string): string {
  return `${isIP(host) === 0 ? 'DNS' : 'IP'}:${host}`;
}

/** @param authority the folder of the authority */
async function makeSigned(tool: Openssl, { name, hosts }: Certificate, authority: string): Promise<void> {
  writeFileSync(
    join(tool.cwd, 'part.cnf'),
    [
      '[req]',
      'distinguished_name = name',
      'prompt = no',
      '[name]',
      `CN = ${name}`,
      '[part]',
      'basicConstraints = critical, CA:FALSE',
      'keyUsage = critical, digitalSignature',
      'extendedKeyUsage = serverAuth, clientAuth',
      `subjectAltName = ${hosts.map(alternativeName).join(', ')}`,
      '',
    ].join('\n'),
  );
  const { certificate, key } = certificateFiles;
  await openssl(tool, ['req', '-new', '-config', 'part.cnf', ...newKey, '-keyout', key, '-out', 'part.csr']);
  await openssl(tool, [
    ...['x509', '-req', '-sha256', '-in', 'part.csr', '-out', certificate, '-days', String(partDays)],
    ...['-CA', join(authority, certificateFiles.authority), '-CAkey', join(authority, authorityKey)],
    ...['-CAcreateserial', '-CAserial', 'part.srl', '-extfile', 'part.cnf', '-extensions', 'part'],
  ]);
  copyFileSync(join(authority, certificateFiles.authority), join(tool.cwd, certificateFiles.authority));
}

/** What a finished folder holds. */
function filesOf({ isAuthority }: Certificate): readonly string[] {
  const { authority, certificate, key } = certificateFiles;
  return isAuthority ? [authority, authorityKey] : [authority, certificate, key];
}

function isThere(certificate: Certificate, out: string): boolean {
  return filesOf(certificate).every((file) => existsSync(join(out, certificate.path, file)));
}

/** Makes one certificate beside its place and moves the whole folder there: half a certificate is never found. */
async function make(
  certificate: Certificate,
  out: string,
  build: (cwd: string) => Promise<void>,
): Promise<void> {
  const place = join(out, certificate.path);
  mkdirSync(dirname(place), { recursive: true, mode: secretModes.folder });
  const cwd = mkdtempSync(`${place}.`);
  try {
    await build(cwd);
    for (const file of filesOf(certificate)) {
      const mode = file === authorityKey ? secretModes.keyOfAuthority : secretModes.file;
      chmodSync(join(cwd, file), mode);
    }
    for (const other of ['authority.cnf', 'part.cnf', 'part.csr', 'part.srl'])
      rmSync(join(cwd, other), { force: true });
    // Read by the users of containers, as the files in it are; the folder above is shut.
    chmodSync(cwd, certificate.isAuthority ? secretModes.folder : 0o755);
    rmSync(place, { recursive: true, force: true });
    renameSync(cwd, place);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/**
 * Makes the authority and those certificates that are not there yet. A new authority replaces all that an older one has signed.
 * @returns the paths of the folders that were made
 * @throws StackFault where openssl is missing or fails
 */
export async function makeCertificates(
  certificates: readonly Certificate[],
  options: {
    readonly out: string;
    readonly service: string;
    readonly env: NodeJS.ProcessEnv;
    readonly signal: AbortSignal;
  },
): Promise<readonly string[]> {
  const { out, service, env, signal } = options;
  const authority = certificates.find(({ isAuthority }) => isAuthority);
  if (authority === undefined) return [];
  const isNew = !isThere(authority, out);
  const wanted = certificates.filter((each) => isNew || !isThere(each, out));
  if (wanted.length === 0) return [];
  const program = onPath(['openssl'], env);
  if (program === undefined)
    throw new StackFault(
      'the parts speak TLS with each other, and there is no openssl to make their certificates',
      [
        'install it: `apt-get install openssl`, `brew install openssl`',
        `or put certificates of your own below ${join(out, dirname(authority.path))}`,
      ],
    );
  for (const each of wanted)
    await make(each, out, (cwd) =>
      each.isAuthority
        ? makeAuthority({ program, cwd, signal }, service)
        : makeSigned({ program, cwd, signal }, each, join(out, authority.path)),
    );
  return wanted.map(({ path }) => path);
}
