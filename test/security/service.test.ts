import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyAudit } from '../../src/inspect/audit/verify.js';
import type { AuditReport } from '../../src/inspect/audit/report.js';
import { Service } from '../support/service.js';

const events = `
  events:
    auth.failed: { severity: medium, description: A log-in was refused., fields: { source_ip: ip, principal: string }, alert: { above: 3, per: 5m, by: source_ip } }
    prompt.injection: { severity: high, fields: { tool: string, password: string }, alert: { above: 0, per: 5m } }
    root.used: { severity: critical }
`;
const spec = `
version: 1
service: { name: guard, owner: team }
presets: [security]
security:${events}
  reputation: { lists: [blocklist.txt] }
  audit: { file: audit.jsonl, keyEnv: GUARD_KEY }
`;

const program = `
import { diag, DiagLogLevel } from '@opentelemetry/api';
import { security, securityComponent, metrics } from './generated/index.js';
import { register } from 'prom-client';
import { writeFileSync } from 'node:fs';
diag.setLogger({ error: console.error, warn: console.error, info: console.error, debug() {}, verbose() {} }, DiagLogLevel.INFO);
security.rootUsed();
await securityComponent.start({ service: { name: 'guard' }, environment: undefined, settings: {} });
for (let turn = 0; turn < 6; turn += 1) security.authFailed({ source_ip: '::ffff:198.51.100.7', principal: 'sk-proj-' + 'a1B2'.repeat(8) });
security.authFailed({ source_ip: '203.0.113.9', principal: 'bob' });
security.authFailed({ source_ip: 'not an address', principal: 'mallory' });
security.promptInjection({ tool: 'search', password: 'planted-password-value' });
writeFileSync('blocklist.txt', '2001:db8::/32\\n');
await new Promise((done) => setTimeout(done, 6500));
security.authFailed({ source_ip: '2001:DB8::1', principal: 'late' });
security.authFailed({ source_ip: '203.0.113.9', principal: 'bob' });
const page = await register.metrics();
const stats = securityComponent.stats();
await securityComponent.close();
console.log('REPORT ' + JSON.stringify({ page, stats }));
`;

describe('security events of a service', () => {
  let service: Service;
  let stdout = '';
  let stderr = '';
  beforeAll(async () => {
    service = new Service(spec, []);
    service.write('main.mjs', program);
    service.write('blocklist.txt', '# known\n203.0.113.0/24\nnonsense\n');
    ({ stdout, stderr } = await service.run('main.mjs', { GUARD_KEY: 'the secret' }));
  });
  afterAll(() => {
    service.remove();
  });

  const lines = (): Record<string, unknown>[] =>
    stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const report = (): { page: string; stats: Record<string, unknown> } =>
    JSON.parse(
      stdout
        .split('\n')
        .find((line) => line.startsWith('REPORT '))
        ?.slice('REPORT '.length) ?? '',
    ) as { page: string; stats: Record<string, unknown> };

  test('are lines of the log, with addresses in their one form and no secret', () => {
    const [first] = lines().filter(({ event }) => event === 'auth.failed');
    expect(first).toMatchObject({
      level: 'warn',
      category: 'security',
      severity: 'medium',
      source_ip: '198.51.100.7',
      message: 'A log-in was refused.',
    });
    expect(lines().find(({ event }) => event === 'root.used')).toMatchObject({
      level: 'error',
      severity: 'critical',
    });
    expect(lines().find(({ principal }) => principal === 'mallory')).toMatchObject({
      source_ip: '[invalid]',
    });
    expect(stdout).not.toContain('a1B2a1B2');
    expect(stdout).not.toContain('planted-password-value');
  });

  test('are counted by name and severity, and by nothing that came from outside', () => {
    const { page } = report();
    expect(page).toContain('security_events_total{event="auth.failed",severity="medium"} 10\n');
    expect(page).toContain('security_events_total{event="prompt.injection",severity="high"} 1\n');
    expect(page).toContain('security_tracked_keys{event="auth.failed"} 4\n');
    expect(page).toContain('security_evicted_keys_total{event="auth.failed"} 0\n');
    expect(page).toContain('obsgen_dropped_total{metric="auth.failed",reason="invalid_value"} 1\n');
    for (const outside of ['198.51.100.7', '203.0.113.9', 'bob', 'mallory'])
      expect(page).not.toContain(outside);
  });

  test('that are too frequent are detected once', () => {
    expect(report().page).toContain('security_detections_total{event="auth.failed"} 1\n');
    expect(report().page).toContain('security_detections_total{event="prompt.injection"} 1\n');
    const detected = lines().filter(({ event }) => event === 'security.detected');
    expect(detected).toHaveLength(2);
    expect(detected[0]).toMatchObject({
      detected: 'auth.failed',
      by: 'source_ip',
      key: '198.51.100.7',
      above: 3,
    });
  });

  test('from an address of ill repute say so, by the list as it is now', () => {
    const listed = lines().filter(({ reputation }) => reputation === 'listed');
    expect(listed.map(({ source_ip, principal }) => [source_ip, principal])).toEqual([
      ['203.0.113.9', 'bob'],
      ['2001:db8::1', 'late'],
    ]);
    expect(report().page).toContain('security_reputation_matches_total{event="auth.failed"} 2\n');
    expect(stderr).toContain('line 3: "nonsense"');
  });

  test('are in the audit trail, those before the start too', () => {
    const { stats } = report();
    expect(stats['audit']).toMatchObject({ sealed: 'hmac-sha256', seq: 15 });
    const bytes = readFileSync(join(service.folder, 'audit.jsonl'));
    const [file] = verifyAudit([{ path: 'audit.jsonl', bytes }], { key: 'the secret', records: 15 }).files;
    expect(file).toMatchObject({ records: 15, fault: undefined });
    expect(bytes.toString()).not.toContain('a1B2a1B2');
    expect(bytes.toString()).toContain('"event":"root.used"');
  });
});

describe('a spec without the preset and without lists', () => {
  test('has the events all the same', async () => {
    const service = new Service(
      `version: 1\nservice: { name: guard, owner: team }\nsecurity:\n  events:\n    root.used: { severity: critical }\n`,
      [],
    );
    service.write(
      'main.mjs',
      `import { security, securityComponent } from './generated/index.js';
       await securityComponent.start({ service: { name: 'guard' }, environment: undefined, settings: {} });
       security.rootUsed();
       await securityComponent.close();`,
    );
    const { stdout, stderr, code } = await service.run('main.mjs', {});
    service.remove();
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(JSON.parse(stdout)).toMatchObject({ event: 'root.used', severity: 'critical' });
  });
});

describe('the audit trail of processes that are killed', () => {
  let service: Service;
  beforeAll(() => {
    service = new Service(spec.replace(', keyEnv: GUARD_KEY', ''), []);
    service.write('blocklist.txt', '');
    service.write(
      'writer.mjs',
      `import { security, securityComponent } from './generated/index.js';
       await securityComponent.start({ service: { name: 'guard' }, environment: undefined, settings: {} });
       process.stderr.write('ready');
       const limit = Number(process.env.COUNT ?? Infinity);
       let told = 0;
       const more = () => {
         for (let turn = 0; turn < 20 && told < limit; turn += 1, told += 1) security.promptInjection({ tool: 'tool ' + told, password: 'x' });
         if (told < limit) setImmediate(more);
         else void securityComponent.close();
       };
       more();`,
    );
  });
  afterAll(() => {
    service.remove();
  });

  function verify(): AuditReport {
    const names = readdirSync(service.folder).filter(
      (name) => /^audit.*\.jsonl/.test(name) && !name.includes('.lock.'),
    );
    return verifyAudit(names.map((path) => ({ path, bytes: readFileSync(join(service.folder, path)) })));
  }

  function lines(): number {
    const path = join(service.folder, 'audit.jsonl');
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
  }

  /** Kills a writer so long after it has written more than twenty records: how soon that is depends on the machine. */
  function killed(milliseconds: number): Promise<void> {
    const before = lines();
    return new Promise((settle) => {
      const child = spawn(process.execPath, ['writer.mjs'], {
        cwd: service.folder,
        env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'silent' },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const watch = (): void => {
        if (child.exitCode !== null) return;
        if (lines() > before + 20) setTimeout(() => child.kill('SIGKILL'), milliseconds);
        else setTimeout(watch, 5);
      };
      child.stderr.once('data', watch);
      child.on('close', () => {
        settle();
      });
    });
  }

  test('is whole, and goes on in the same file', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      await killed(13 * turn);
      const report = verify();
      expect(report.files.map(({ fault }) => fault)).toEqual([undefined]);
      expect(report.files[0]?.records).toBeGreaterThan(20 * (turn + 1));
    }
  });

  test('is a file for each of those that write at once, and none loses a record', async () => {
    const env = { LOG_LEVEL: 'silent', COUNT: '2000', OBSGEN_AUDIT_FILE: 'audit-many.jsonl' };
    const ended = await Promise.all([1, 2].map(() => service.run('writer.mjs', env)));
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    const { files } = verify();
    const many = files.filter(({ file }) => file.startsWith('audit-many'));
    const records = many.reduce((sum, file) => sum + file.records, 0);
    expect(many.every(({ fault }) => fault === undefined)).toBe(true);
    // Each start writes a record of its own, and each process one of what it detected.
    expect(records).toBe(2 * (2000 + 2));
  });

  test('is proven by a program without obs-gen too: every hash by the sum of the line up to it', () => {
    const line = readFileSync(join(service.folder, 'audit.jsonl'), 'utf8').split('\n')[0] ?? '';
    const [, head = '', hash] = /^(.*),"hash":"([0-9a-f]{64})"}$/.exec(line) ?? [];
    const { stdout } = spawnSync('sha256sum', { input: head, encoding: 'utf8' });
    expect(stdout.split(' ')[0]).toBe(hash);
  });
});
