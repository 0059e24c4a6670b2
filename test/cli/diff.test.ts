import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli, temporaryFolder } from './run-cli.js';

const specText = (metric: string): string => `version: 1
service: { name: a, owner: team }
metrics:
  ${metric}: { type: counter, help: Runs. }
`;

function written(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('a spec is compared with a revision, with a file, and with standard input', async () => {
  const folder = temporaryFolder();
  const git = (...words: readonly string[]): void => {
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...words], {
      cwd: folder,
      stdio: 'ignore',
    });
  };
  const spec = written(folder, 'observability.yaml', specText('a_old_total'));
  git('init');
  git('add', '.');
  git('commit', '-m', 'first');
  writeFileSync(spec, specText('a_new_total'));
  const { code, stdout, stderr } = await runCli(['diff', 'HEAD', '--format', 'json'], { cwd: folder });
  expect([code, stderr]).toEqual([1, '']);
  const { version, breaking, changes } = JSON.parse(stdout) as {
    version: number;
    breaking: boolean;
    changes: readonly { at: string; kind: string; renamedTo?: string }[];
  };
  expect([version, breaking]).toEqual([1, true]);
  expect(changes.map(({ at, kind, renamedTo }) => [kind, at, renamedTo])).toEqual([
    ['removed', 'metrics.a_old_total', 'a_new_total'],
    ['added', 'metrics.a_new_total', undefined],
  ]);
  const same = await runCli(['diff', spec], { cwd: folder });
  expect([same.code, same.stdout]).toEqual([0, 'nothing changed\n']);
  const nowhere = await runCli(['diff', 'nowhere'], { cwd: folder });
  expect([nowhere.code, nowhere.stdout]).toEqual([2, '']);
  expect(nowhere.stderr).toContain('nowhere is neither a file nor a revision of git');
});

test('a spec that cannot be read is an error with its place', async () => {
  const folder = temporaryFolder();
  const good = written(folder, 'good.yaml', specText('a_total'));
  const bad = written(folder, 'bad.yaml', 'version: 1\nservice: [');
  const { code, stdout, stderr } = await runCli(['diff', good, bad]);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('bad.yaml:2');
});

test('call sites get the new names, and are left to do until then', async () => {
  const folder = temporaryFolder();
  const spec = written(
    folder,
    'observability.yaml',
    specText('a_new_total').replace(
      'help: Runs.',
      'help: Runs., renamedFrom: { name: a_old_total, until: 2027-06-30 }',
    ),
  );
  mkdirSync(join(folder, 'src'));
  const code = "import { metrics } from '../generated/index.js';\nmetrics.aOldTotal.inc();\n";
  const file = written(join(folder, 'src'), 'a.ts', code);
  const run = (...words: readonly string[]) => runCli(['instrument', '--renames', ...words], { cwd: folder });
  expect((await runCli(['build', '--spec', spec], { cwd: folder })).code).toBe(0);
  expect(await run('--check')).toMatchObject({ code: 1 });
  const dry = await run('--dry-run');
  expect(dry.stdout).toContain('-metrics.aOldTotal.inc();\n+metrics.aNewTotal.inc();\n');
  expect((await run('--allow-dirty')).code).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe(code.replace('aOldTotal', 'aNewTotal'));
  expect((await run('--check')).code).toBe(0);
});
