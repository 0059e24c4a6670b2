import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { putBaselines } from '../../src/cli/baseline.js';
import { ended, program, runCli, startCli } from './run-cli.js';

const root = mkdtempSync(join(tmpdir(), 'obs-gen-lifecycle-'));

afterAll(() => {
  rmSync(root, { recursive: true });
});

/** A folder of its own with some files. */
function folder(name: string, files: Readonly<Record<string, string>>): string {
  const path = join(root, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
  }
  return path;
}

const env = { SOURCE_DATE_EPOCH: '1795132800' }; // 2026-11-20

const spec = (name: string, more = ''): string =>
  `version: 1\nservice: { name: ${name}, owner: team-${name}, selector: { job: ${name} } }\nmetrics:\n  ${name}_jobs_total: { type: counter, help: Jobs.${more} }\nalerts:\n  ${name}Idle: { expr: 'rate(${name}_jobs_total[5m]) == 0', severity: info, summary: Idle. }\n`;

const services = 'services/*/observability.yaml';

describe('several services', () => {
  it('are built each to a folder of its own, or not at all', async () => {
    const cwd = folder('build', {
      'services/a/observability.yaml': spec('a'),
      'services/b/observability.yaml': spec('b'),
    });
    const built = await runCli(['build', '--spec', services], { cwd, env });
    expect([built.code, built.stderr]).toEqual([0, '']);
    expect(built.stdout).toMatch(/-> services\/a\/generated\/\n.* -> services\/b\/generated\/\n$/);
    for (const name of ['a', 'b'])
      expect(existsSync(join(cwd, `services/${name}/generated/prometheus/rules/${name}-alerts.yaml`))).toBe(
        true,
      );

    writeFileSync(join(cwd, 'services/a/observability.yaml'), spec('a').replace('Jobs.', 'Other jobs.'));
    writeFileSync(join(cwd, 'services/b/observability.yaml'), spec('a'));
    const clash = await runCli(['build', '--spec', services, '--format', 'json'], { cwd, env });
    expect(clash.code).toBe(1);
    const { diagnostics } = JSON.parse(clash.stdout) as { diagnostics: { code: string }[] };
    expect(diagnostics.map(({ code }) => code)).toContain('OBS3720');
    expect(readFileSync(join(cwd, 'services/a/generated/metrics.ts'), 'utf8')).not.toContain('Other jobs');
  });

  it('are built again where one of them changes, and that one alone is written', async () => {
    const cwd = folder('watch', {
      'services/a/observability.yaml': spec('a'),
      'services/b/observability.yaml': spec('b'),
    });
    const child = startCli(['build', '--spec', services, '--watch'], { cwd, env });
    const end = ended(child);
    let shown = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: string) => (shown += chunk));
    const until = async (text: RegExp): Promise<string> => {
      for (let waited = 0; !text.test(shown); waited += 20) {
        if (waited > 60_000) throw new Error(`${text.source} was not printed: ${shown}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const all = shown;
      shown = '';
      return all;
    };
    await until(/watching 2 specs/);
    writeFileSync(join(cwd, 'services/a/observability.yaml'), spec('a').replace('Jobs.', 'Other jobs.'));
    expect(await until(/written/)).not.toContain('services/b');
    // What is between services is looked at each time, and nothing is written meanwhile.
    writeFileSync(join(cwd, 'services/a/observability.yaml'), spec('b'));
    await until(/error\[OBS3720\]/);
    mkdirSync(join(cwd, 'services/c'));
    writeFileSync(join(cwd, 'services/c/observability.yaml'), spec('c'));
    await until(/error\[OBS3720\]/);
    expect(existsSync(join(cwd, 'services/c/generated'))).toBe(false);
    writeFileSync(join(cwd, 'services/a/observability.yaml'), spec('a'));
    await until(/services\/c\/generated/);
    child.kill('SIGINT');
    expect((await end).code).toBe(130);
  });

  it('are mended together, and have a baseline each', async () => {
    const more = 'labels:\n  unused: { description: U., values: [x] }\n';
    const cwd = folder('fix', {
      'services/a/observability.yaml': spec('a').replace('type:', 'typ:') + more,
      'services/b/observability.yaml': spec('b').replace('help:', 'halp:'),
    });
    const fixed = await runCli(['validate', '--spec', services, '--fix'], { cwd, env });
    expect([fixed.code, fixed.stdout]).toEqual([0, '2 findings mended in 2 files (OBS2001 2); 1 is left\n']);
    expect(readFileSync(join(cwd, 'services/b/observability.yaml'), 'utf8')).toBe(spec('b'));
    const written = await runCli(
      ['validate', '--spec', services, '--write-baseline', '--baseline', 'known.json'],
      { cwd, env },
    );
    expect(written.stdout).toBe(
      '1 finding accepted -> services/a/known.json\n0 findings accepted -> services/b/known.json\n',
    );
    const after = await runCli(
      ['validate', '--spec', services, '--baseline', 'known.json', '--format', 'json'],
      { cwd, env },
    );
    expect((JSON.parse(after.stdout) as { diagnostics: unknown[] }).diagnostics).toEqual([]);
  });

  it('have all of their baselines written or none', () => {
    const cwd = folder('baselines', { 'a/.keep': '', 'b/known.json/file': '' });
    const entries = [{ at: 'metrics.x_total', code: 'OBS3014', count: 1 }];
    const [a, b] = ['a/known.json', 'b/known.json'].map((path) => ({ path: join(cwd, path), entries }));
    if (a === undefined || b === undefined) throw new Error('two paths');
    expect(() => {
      putBaselines([a, b]);
    }).toThrow(/b\/known\.json cannot be written: it is not a regular file/);
    expect(readdirSync(join(cwd, 'a'))).toEqual(['.keep']);
    putBaselines([a]);
    expect(readFileSync(a.path, 'utf8')).toContain('OBS3014');
  });

  it('go to one place by their names where --out says so', async () => {
    const cwd = folder('out', { 'a.yaml': spec('a'), 'b.yaml': spec('b') });
    const beside = await runCli(['build', '--spec', 'a.yaml', '--spec', 'b.yaml'], { cwd, env });
    expect(beside.code).toBe(2);
    expect(beside.stderr).toContain('a.yaml and b.yaml would both be written to generated');
    const built = await runCli(['build', '--spec', 'a.yaml', '--spec', 'b.yaml', '--out', 'all'], {
      cwd,
      env,
    });
    expect(built.code).toBe(0);
    expect(existsSync(join(cwd, 'all/b/.obs-gen.json'))).toBe(true);
  });
});

describe('a baseline', () => {
  it('is written, read without being asked for, and not needed any more', async () => {
    const cwd = folder('baseline', { 'observability.yaml': spec('a', ', expires: 2026-01-31') });
    expect((await runCli(['validate', '--strict'], { cwd, env })).code).toBe(1);
    const written = await runCli(['validate', '--write-baseline'], { cwd, env });
    expect(written.stdout).toBe('1 finding accepted -> .obs-gen-baseline.json\n');
    const accepted = await runCli(['validate', '--strict'], { cwd, env });
    expect([accepted.code, accepted.stderr]).toEqual([0, '']);
    expect(accepted.stdout).toContain('; 1 finding in the baseline');
    expect((await runCli(['build', '--strict'], { cwd, env })).code).toBe(0);
  });
});

describe('expiring', () => {
  it('fails where something is overdue, and never on request', async () => {
    const cwd = folder('expiring', { 'observability.yaml': spec('a', ', expires: 2027-01-31') });
    const ahead = await runCli(['expiring', '--within', '90d'], { cwd, env });
    expect([ahead.code, ahead.stderr]).toEqual([0, '']);
    expect(ahead.stdout).toContain(
      '2027-01-31  in 72 days  expiry  metrics.a_jobs_total  team-a  observability.yaml:4',
    );
    expect((await runCli(['expiring', '--fail-on', 'any'], { cwd, env })).code).toBe(1);
    expect((await runCli(['expiring', '--within', 'soon'], { cwd, env })).code).toBe(2);
  });
});

/** What bash offers for some command lines, by the script that obs-gen prints. */
function completed(cwd: string, lines: readonly (readonly string[])[]): readonly string[][] {
  const script = `
obs-gen() { '${process.execPath}' '${program}' "$@"; }
eval "$(obs-gen completion bash)"
complete -p obs-gen > complete.txt
try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _obs_gen_completions; echo "\${COMPREPLY[*]}"; }
${lines.map((words) => `try obs-gen ${words.map((word) => `'${word}'`).join(' ')}`).join('\n')}
`;
  const output = execFileSync('bash', ['--noprofile', '--norc', '-c', script], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, SHELL: '/bin/zsh' },
  });
  return output
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ').filter((word) => word !== ''));
}

describe('completion in bash', () => {
  it('offers commands, options, choices, codes and names of the spec', () => {
    const cwd = folder('completion', { 'observability.yaml': spec('a'), 'other.yaml': spec('b') });
    expect(
      completed(cwd, [
        ['exp'],
        ['validate', '--wr'],
        ['expiring', '--format', ''],
        ['expiring', '--format', '=', 'm'],
        ['validate', '--spec', ''],
        ['schema', '--'],
        ['explain', 'OBS371'],
        ['test', '--only', ''],
        ['owners', '--spec', 'other.yaml', '--owner', ''],
      ]),
    ).toEqual([
      ['expiring', 'explain'],
      ['--write-baseline'],
      ['pretty', 'json', 'markdown'],
      ['markdown'],
      // Nothing of ours: bash goes on with names of files.
      [],
      // It has no options of its own.
      ['--version', '--help'],
      ['OBS3710', 'OBS3711', 'OBS3712'],
      ['aIdle'],
      ['team-b'],
    ]);
    expect(readFileSync(join(cwd, 'complete.txt'), 'utf8')).toContain('-o default');
  });
});
