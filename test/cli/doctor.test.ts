import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AuditTrail } from '../../src/runtime/audit/trail.js';
import { runCli, temporaryFolder } from './run-cli.js';

function trail(key?: string): string {
  const file = join(temporaryFolder(), 'audit.jsonl');
  const written = new AuditTrail({ file, key, sync: 'never' });
  for (let index = 0; index < 4; index += 1) written.add('auth.failed', { index });
  written.close();
  return file;
}

test('a whole trail is proven, and what it does not prove is said', async () => {
  const file = trail();
  const { code, stdout, stderr } = await runCli(['doctor', '--audit', file]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^ok {5}.*: records 1 to 5 of chain [0-9a-f]{16} proven\n/);
  expect(stdout).toContain('no key: whoever can write these files');
});

test('the first changed line is named, for people and for programs', async () => {
  const file = trail();
  writeFileSync(file, readFileSync(file, 'utf8').replace('{"index":1}', '{"index":9}'));
  const pretty = await runCli(['doctor', '--audit', file]);
  expect(pretty.code).toBe(1);
  expect(pretty.stdout).toContain('line 3: edited: its hash is not that of its content');
  const json = await runCli(['doctor', '--audit', file, '--format', 'json']);
  expect(json.code).toBe(1);
  expect(JSON.parse(json.stdout)).toMatchObject({
    files: [{ fault: { kind: 'edited', line: 3 }, records: 2 }],
  });
});

test('records that the service told of and that are not there', async () => {
  const file = trail();
  expect((await runCli(['doctor', '--audit', file, '--records', '5'])).code).toBe(0);
  const { code, stdout } = await runCli(['doctor', '--audit', file, '--records', '7']);
  expect(code).toBe(1);
  expect(stdout).toContain('truncated: the trail ends with record 5, and there were 7');
});

test('a trail with a key needs it', async () => {
  const file = trail('the secret');
  const without = await runCli(['doctor', '--audit', file]);
  expect(without.code).toBe(2);
  expect(without.stderr).toContain('sealed with a key');
  const args = ['doctor', '--audit', file, '--key-env', 'AUDIT_KEY'];
  expect((await runCli(args)).code).toBe(2);
  expect((await runCli(args, { env: { AUDIT_KEY: 'the secret' } })).code).toBe(0);
  expect((await runCli(args, { env: { AUDIT_KEY: 'another' } })).code).toBe(1);
});

test.each([
  [['doctor', 'audit.jsonl'], 'there is nothing to look at'],
  [['doctor', '--audit', '/nowhere/audit.jsonl'], 'cannot be read'],
])('%j is refused', async (args, message) => {
  const { code, stderr } = await runCli(args);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
