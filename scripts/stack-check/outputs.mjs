/** What the compiler writes for the specs of test/cases/stack*, with the files that a machine has to provide, at paths of this one. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { find, run } from './program.mjs';

const root = join(import.meta.dirname, '../..');

/** The cases: one spec each. */
export const cases = ['stack', 'stack-tls', 'stack-jaeger'];

/** Names that certificates are made for. */
const holders = [
  'prometheus',
  'alertmanager',
  'grafana',
  'collector',
  'loki',
  'tempo',
  'jaeger',
  'pushgateway',
  'client',
];

/** An authority and its certificates, as `obs-gen stack up` lays them out; good for a day. */
function makeCertificates(folder) {
  const openssl = find('openssl');
  if (openssl === undefined) throw new Error('openssl is not on the PATH');
  const say = (...args) => {
    const { ok, text } = run(openssl, args, { cwd: folder });
    if (!ok) throw new Error(`openssl ${args[0]}: ${text}`);
  };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  mkdirSync(folder, { recursive: true });
  say(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    '-days',
    '1',
    '-subj',
    '/CN=obs-gen check',
  );
  for (const name of holders) {
    const own = join(folder, name);
    mkdirSync(own);
    writeFileSync(
      join(own, 'extensions'),
      `subjectAltName=DNS:${name},DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n`,
    );
    say('req', ...key, '-keyout', `${name}/tls.key`, '-out', `${name}/request`, '-subj', `/CN=${name}`);
    const signer = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '1'];
    say(
      'x509',
      '-req',
      '-in',
      `${name}/request`,
      ...signer,
      '-extfile',
      `${name}/extensions`,
      '-out',
      `${name}/tls.crt`,
    );
    writeFileSync(join(own, 'ca.crt'), readFileSync(join(folder, 'ca.crt')));
  }
}

/** Compiles the cases below a folder, and makes the certificates. */
export function makeOutputs(folder) {
  const built = Object.fromEntries(
    cases.map((name) => {
      const out = join(folder, name);
      const { ok, text } = run(
        process.execPath,
        [join(root, 'dist/cli/main.js'), 'build', '--quiet', '--out', out],
        {
          cwd: join(root, 'test/cases', name),
        },
      );
      if (!ok) throw new Error(`the case ${name} does not compile: ${text}`);
      return [name, out];
    }),
  );
  const certificates = join(folder, 'certificates');
  makeCertificates(certificates);
  return { folder, built, certificates };
}

/**
 * A copy of a generated file for a part on this machine.
 * @param replace texts that are other ones here: ports, folders of data
 */
export function localCopy({ folder, built, certificates }, { from, path, part, to, replace = {} }) {
  let text = readFileSync(join(built[from], path), 'utf8');
  for (const [old, now] of Object.entries(replace)) text = text.replaceAll(old, now);
  text = text
    .replaceAll('/etc/obs-gen/tls', join(certificates, part))
    .replaceAll('/run/secrets', join(folder, 'secrets'));
  const target = join(folder, to);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
  for (const [, file] of text.matchAll(/credentials_file: (\S+)/g)) {
    const place = file.startsWith('/') ? file : join(dirname(target), file);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, 'token\n');
  }
  return target;
}

/** Copies the rules of a case, where it has any, beside a copy of its Prometheus's configuration. */
export function copyRules({ folder, built }, from, to) {
  const source = join(built[from], 'prometheus/rules');
  if (!existsSync(source)) return;
  mkdirSync(join(folder, to), { recursive: true });
  for (const name of readdirSync(source))
    writeFileSync(join(folder, to, name), readFileSync(join(source, name)));
}
