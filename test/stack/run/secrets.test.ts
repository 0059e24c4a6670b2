import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificatesOf } from '../../../src/stack/certificates.js';
import { makeCertificates } from '../../../src/stack/run/certificates.js';
import { makeSecrets, requireGivenSecrets } from '../../../src/stack/run/secrets.js';
import { StackFault } from '../../../src/stack/run/stack-fault.js';
import { secretsOf } from '../../../src/stack/secrets.js';
import { modelOf } from '../../support/model.js';

const model = modelOf(`version: 1
service: { name: checkout, owner: payments }
stack:
  service: { tokenFile: /run/secrets/page-token }
  access: { tls: true }
`);
const { stack } = model;
if (stack === undefined) throw new Error('the spec has no stack');
const secrets = secretsOf(model, stack);
const certificates = certificatesOf(model, stack);

let out: string;
const make = (env: NodeJS.ProcessEnv = process.env): Promise<readonly string[]> =>
  makeCertificates(certificates, { out, service: 'checkout', env, signal: AbortSignal.timeout(60_000) });

function modeOf(path: string): number {
  return statSync(join(out, path)).mode & 0o777;
}

beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'obs-gen-secrets-'));
});

afterAll(() => {
  rmSync(out, { recursive: true, force: true });
});

describe('secrets', () => {
  it('are made once, each another, in a folder that is shut', () => {
    const paths = makeSecrets(secrets, out);
    expect(paths).toEqual(['stack/secrets/grafana-admin-password', 'stack/secrets/grafana-secret-key']);
    const texts = paths.map((path) => readFileSync(join(out, path), 'utf8'));
    for (const text of texts) expect(text).toMatch(/^[\w-]{43}$/);
    expect(new Set(texts).size).toBe(2);
    expect(modeOf('stack/secrets')).toBe(0o700);
    expect(makeSecrets(secrets, out)).toEqual([]);
    expect(paths.map((path) => readFileSync(join(out, path), 'utf8'))).toEqual(texts);
  });

  it('that only somebody has are asked for, with what they are', () => {
    const ask = (): void => {
      requireGivenSecrets(secrets, out);
    };
    expect(ask).toThrow('a secret is missing that only you have');
    try {
      ask();
    } catch (error) {
      expect((error as StackFault).help[0]).toBe(
        `${join(out, 'stack/secrets/page-token')}: the token that the metrics page of the service asks for`,
      );
    }
    writeFileSync(join(out, 'stack/secrets/page-token'), 'x');
    expect(ask).not.toThrow();
  });
});

describe('certificates', () => {
  it('need openssl: that, and the way out', async () => {
    const fault: unknown = await make({ PATH: out }).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(StackFault);
    expect((fault as StackFault).help[0]).toContain('apt-get install openssl');
  });

  it('are signed by one authority, for the names of each part, and made once', async () => {
    const made = await make();
    expect(made).toEqual(certificates.map(({ path }) => path));
    const folder = join(out, 'stack/secrets/tls');
    const openssl = (...args: readonly string[]): string => {
      const { status, stdout, stderr } = spawnSync('openssl', args, { encoding: 'utf8', cwd: folder });
      expect(stderr).toBe('');
      expect(status).toBe(0);
      return stdout;
    };
    for (const purpose of ['sslserver', 'sslclient'])
      expect(openssl('verify', '-purpose', purpose, '-CAfile', 'authority/ca.crt', 'loki/tls.crt')).toBe(
        'loki/tls.crt: OK\n',
      );
    expect(openssl('x509', '-in', 'loki/tls.crt', '-noout', '-ext', 'subjectAltName')).toMatch(
      /DNS:loki, DNS:localhost, IP Address:127\.0\.0\.1/,
    );
    expect(openssl('x509', '-in', 'loki/tls.crt', '-noout', '-checkhost', 'prometheus')).toContain(
      'does NOT match',
    );
    expect(modeOf('stack/secrets/tls/authority/ca.key')).toBe(0o600);
    expect(modeOf('stack/secrets/tls')).toBe(0o700);
    expect(existsSync(join(folder, 'loki/ca.key'))).toBe(false);
    expect(await make()).toEqual([]);

    // One that was taken away is made again by the same authority; a new authority makes all of them again.
    rmSync(join(folder, 'loki'), { recursive: true });
    expect(await make()).toEqual(['stack/secrets/tls/loki']);
    openssl('verify', '-CAfile', 'prometheus/ca.crt', 'loki/tls.crt');
    rmSync(join(folder, 'authority'), { recursive: true });
    expect(await make()).toEqual(certificates.map(({ path }) => path));
  });
});
