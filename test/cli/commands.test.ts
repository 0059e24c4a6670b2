import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTree } from '../support/directory.js';
import { ended, runCli, startCli, temporaryFolder } from './run-cli.js';
import { writeSpec } from './spec-fixture.js';

/** A folder with a spec; `change` rewrites its text. */
function workspace(change: (text: string) => string = (text) => text): string {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'observability.yaml'), change(writeSpec(cwd)));
  return cwd;
}

const withError = (text: string): string => text.replace('type: counter', 'typ: counter');
const withWarning = (text: string): string =>
  `${text}  old_total: { type: counter, help: Old., labels: [result], deprecated: { sunset: 2026-12-31 } }\n`;

/** Changes one bit in the middle of a file; returns what puts it right again. */
function flipByte(path: string): () => void {
  const bytes = readFileSync(path);
  const flipped = Buffer.from(bytes);
  const middle = flipped.length >> 1;
  flipped[middle] = (flipped[middle] ?? 0) ^ 1;
  writeFileSync(path, flipped);
  return () => {
    writeFileSync(path, bytes);
  };
}

/** Days on either side of the sunset above. */
const before = { SOURCE_DATE_EPOCH: String(Date.UTC(2026, 5, 1) / 1000) };
const after = { SOURCE_DATE_EPOCH: String(Date.UTC(2027, 5, 1) / 1000) };

describe('validate', () => {
  it('says that a spec is fine, on standard output, and writes nothing', async () => {
    const cwd = workspace();
    const { code, stdout, stderr } = await runCli(['validate'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe('./observability.yaml is valid: 1 metric, 0 spans, 0 SLOs, 0 alerts, 0 dashboards\n');
    expect([...readTree(cwd).keys()]).toEqual(['observability.yaml']);
    expect((await runCli(['validate', '--quiet'], { cwd })).stdout).toBe('');
  });

  it('prints findings to standard error, with exit code 1', async () => {
    const cwd = workspace(withError);
    const { code, stdout, stderr } = await runCli(['validate'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(' --> observability.yaml:6:21\n');
    expect(stderr).toMatch(/\n\d+ errors?\n$/);
    expect(stderr).not.toContain('\u001b');
  });

  it.each(['json', 'sarif', 'github'])('prints %s to standard output and nothing else', async (format) => {
    for (const [cwd, expected] of [
      [workspace(withError), 1],
      [workspace(), 0],
    ] as const) {
      const { code, stdout, stderr } = await runCli(['validate', '--format', format], { cwd });
      expect(code).toBe(expected);
      expect(stderr).toBe('');
      if (format === 'github') {
        expect(stdout === '').toBe(expected === 0);
        for (const line of stdout.split('\n').slice(0, -1))
          expect(line).toMatch(/^::(error|warning|notice) /);
      } else {
        const parsed = JSON.parse(stdout) as { diagnostics?: unknown[]; runs?: { results: unknown[] }[] };
        const found = parsed.diagnostics ?? parsed.runs?.[0]?.results ?? [];
        expect(found.length > 0).toBe(expected === 1);
      }
    }
  });

  it('annotates files from the root of the checkout', async () => {
    const cwd = workspace(withError);
    const env = { GITHUB_WORKSPACE: join(cwd, '..') };
    const { stdout } = await runCli(['validate', '--format', 'github'], { cwd, env });
    expect(stdout).toMatch(/^::error file=obs-gen-cli-[^/,]+\/observability\.yaml,line=6,col=21,/);
  });

  it('takes today from SOURCE_DATE_EPOCH, and fails on warnings only with --strict', async () => {
    const cwd = workspace(withWarning);
    expect(await runCli(['validate'], { cwd, env: before })).toMatchObject({ code: 0, stderr: '' });
    const late = await runCli(['validate'], { cwd, env: after });
    expect(late.code).toBe(0);
    expect(late.stderr).toContain('warning[OBS3041]');
    expect((await runCli(['validate', '--strict'], { cwd, env: after })).code).toBe(1);
    expect((await runCli(['validate', '--strict'], { cwd, env: before })).code).toBe(0);
  });

  it('colours when told to, and never against NO_COLOR', async () => {
    const cwd = workspace(withError);
    const stderrWith = async (env: Record<string, string>) =>
      (await runCli(['validate'], { cwd, env })).stderr;
    expect(await stderrWith({ FORCE_COLOR: '1' })).toContain('\u001b[1;31merror');
    expect(await stderrWith({ FORCE_COLOR: '0' })).not.toContain('\u001b');
    expect(await stderrWith({ FORCE_COLOR: '1', NO_COLOR: '1' })).not.toContain('\u001b');
    expect(await stderrWith({ FORCE_COLOR: '1', NO_COLOR: '' })).toContain('\u001b');
  });
});

describe('build', () => {
  it('writes, says so in one line, and then has nothing to do', async () => {
    const cwd = workspace();
    const first = await runCli(['build'], { cwd });
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/^\d+ files written, 0 unchanged -> generated\/\n$/);
    const tree = readTree(join(cwd, 'generated'));
    expect(tree.size).toBe(Number(first.stdout.split(' ')[0]));
    const manifest = statSync(join(cwd, 'generated/.obs-gen.json'), { bigint: true });
    const second = await runCli(['build'], { cwd });
    expect(second).toMatchObject({
      code: 0,
      stdout: `0 files written, ${tree.size} unchanged -> generated/\n`,
    });
    expect(statSync(join(cwd, 'generated/.obs-gen.json'), { bigint: true }).mtimeNs).toBe(manifest.mtimeNs);
    expect(await runCli(['build', '--quiet'], { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('writes nothing where there is an error', async () => {
    const cwd = workspace(withError);
    const { code, stdout } = await runCli(['build'], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(existsSync(join(cwd, 'generated'))).toBe(false);
  });

  it('with --strict, writes nothing where there is a warning', async () => {
    const cwd = workspace(withWarning);
    expect((await runCli(['build', '--strict'], { cwd, env: after })).code).toBe(1);
    expect(existsSync(join(cwd, 'generated'))).toBe(false);
    const { code, stderr } = await runCli(['build'], { cwd, env: after });
    expect(code).toBe(0);
    expect(stderr).toContain('warning[OBS3041]');
    expect(existsSync(join(cwd, 'generated'))).toBe(true);
  });

  it('--out names the directory', async () => {
    const cwd = workspace();
    const { stdout } = await runCli(['build', '--out', 'a/b/'], { cwd });
    expect(stdout).toMatch(/ -> a\/b\/\n$/);
    expect(existsSync(join(cwd, 'a/b/.obs-gen.json'))).toBe(true);
  });

  it('--dry-run shows the plan and writes nothing', async () => {
    const cwd = workspace();
    const fresh = await runCli(['build', '--dry-run'], { cwd });
    expect(fresh.code).toBe(0);
    expect(fresh.stdout).toMatch(/^create {4}\.obs-gen\.json {2}\+\d+\n/);
    expect(fresh.stdout).toMatch(/\n\d+ files to write, 0 unchanged -> generated\/\n$/);
    expect(existsSync(join(cwd, 'generated'))).toBe(false);

    await runCli(['build'], { cwd });
    const tree = readTree(join(cwd, 'generated'));
    writeFileSync(join(cwd, 'observability.yaml'), writeSpec(cwd).replace('Orders of kind 0.', 'Orders.'));
    const changed = await runCli(['build', '--dry-run'], { cwd });
    expect(changed.code).toBe(0);
    expect(changed.stdout).toMatch(/^update {4}metrics\.ts {2}\+\d+ -\d+$/m);
    expect(readTree(join(cwd, 'generated'))).toEqual(tree);
  });

  it('--format json keeps standard output for diagnostics', async () => {
    const { code, stdout, stderr } = await runCli(['build', '--format', 'json'], { cwd: workspace() });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ diagnostics: [] });
    expect(stderr).toMatch(/^\d+ files written/);
  });

  it('tells of a directory that cannot be written, with exit code 2', async () => {
    const cwd = workspace();
    writeFileSync(join(cwd, 'generated'), 'a file\n');
    const { code, stderr } = await runCli(['build'], { cwd });
    expect(stderr).toContain('OBS4107');
    expect(code).toBe(2);
  });
});

describe('build --check', () => {
  it('gives every result of a SARIF log a place, counted from the root of the checkout', async () => {
    const cwd = workspace();
    const env = { GITHUB_WORKSPACE: join(cwd, '..') };
    const { stdout } = await runCli(['build', '--check', '--format', 'sarif'], { cwd, env });
    const { runs } = JSON.parse(stdout) as { runs: { results: { locations?: unknown }[] }[] };
    const artifactLocation = { uri: `${basename(cwd)}/observability.yaml`, uriBaseId: '%SRCROOT%' };
    expect(runs[0]?.results).not.toEqual([]);
    for (const { locations } of runs[0]?.results ?? []) {
      expect(locations).toMatchObject([{ physicalLocation: { artifactLocation } }]);
    }
  });

  it('is quiet where all is current, and fails after any flipped byte', async () => {
    const cwd = workspace();
    const missing = await runCli(['build', '--check'], { cwd });
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain('error[OBS4102]');
    expect(existsSync(join(cwd, 'generated'))).toBe(false);

    await runCli(['build'], { cwd });
    expect(await runCli(['build', '--check'], { cwd })).toEqual({
      code: 0,
      stdout: 'generated/ is current\n',
      stderr: '',
    });
    const manifest = '.obs-gen.json';
    const files = [...readTree(join(cwd, 'generated')).keys()].filter((file) => file !== manifest);
    expect(files.length).toBeGreaterThan(3);
    const restored = new Map(
      [...files, manifest].map((file) => [file, flipByte(join(cwd, 'generated', file))]),
    );
    const flipped = readTree(join(cwd, 'generated'));

    // With the manifest flipped as well, every file is one that obs-gen does not know.
    const all = await runCli(['build', '--check', '--format', 'json'], { cwd });
    expect(all.code).toBe(1);
    for (const file of files) expect(all.stdout).toContain(`generated/${file}`);

    restored.get(manifest)?.();
    const known = await runCli(['build', '--check', '--format', 'json'], { cwd });
    expect(known.code).toBe(1);
    for (const file of files) expect(known.stdout).toContain(`generated/${file}`);
    expect(new Map([...readTree(join(cwd, 'generated')), [manifest, '']])).toEqual(
      new Map([...flipped, [manifest, '']]),
    );

    for (const file of files) restored.get(file)?.();
    const restoreManifest = flipByte(join(cwd, 'generated', manifest));
    expect((await runCli(['build', '--check'], { cwd })).code).toBe(1);
    restoreManifest();
    const restoreOne = flipByte(join(cwd, 'generated/metrics.ts'));
    expect((await runCli(['build', '--check'], { cwd })).code).toBe(1);
    restoreOne();
    expect((await runCli(['build', '--check'], { cwd })).code).toBe(0);
  });
});

describe('a file that was edited by hand', () => {
  it('is a conflict, and is given up only by name', async () => {
    const cwd = workspace();
    await runCli(['build'], { cwd });
    const [one, other] = ['metrics.ts', 'labels.ts'].map((file) => join(cwd, 'generated', file)) as [
      string,
      string,
    ];
    const original = readFileSync(one, 'utf8');
    writeFileSync(one, `${original}// mine\n`);
    writeFileSync(other, 'mine\n');

    const refused = await runCli(['build'], { cwd });
    expect(refused.code).toBe(1);
    expect(refused.stdout).toBe('');
    expect(refused.stderr.match(/^error\[OBS4101\]/gm)).toHaveLength(2);
    expect(readFileSync(other, 'utf8')).toBe('mine\n');

    const dry = await runCli(['build', '--dry-run'], { cwd });
    expect(dry.code).toBe(1);
    expect(dry.stdout).toMatch(/^conflict {2}metrics\.ts$/m);
    expect(dry.stdout).toMatch(/\nnothing would be written: 2 files in the way\n$/);

    expect((await runCli(['build', '--force', 'generated/metrics.ts'], { cwd })).code).toBe(1);
    expect(readFileSync(one, 'utf8')).toBe(`${original}// mine\n`);

    const both = await runCli(
      ['build', '--force', 'generated/metrics.ts', '--force', 'generated/labels.ts'],
      { cwd },
    );
    expect(both.code).toBe(0);
    expect(both.stdout).toMatch(/^2 files written, /);
    expect(readFileSync(one, 'utf8')).toBe(original);
  });
});

describe('build --watch', () => {
  it('builds again after a change, also while the spec has errors', async () => {
    const cwd = workspace();
    const child = startCli(['build', '--watch'], { cwd });
    const end = ended(child);
    let shown = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: string) => (shown += chunk));
    const until = async (text: string): Promise<void> => {
      for (let waited = 0; !shown.includes(text); waited += 20) {
        if (waited > 20_000) throw new Error(`${JSON.stringify(text)} was not printed: ${shown}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      shown = '';
    };
    const spec = join(cwd, 'observability.yaml');
    const text = readFileSync(spec, 'utf8');
    await until('watching');
    writeFileSync(spec, withError(text));
    await until('error[');
    writeFileSync(spec, text.replace('kind 0', 'every kind'));
    await until('written');
    expect(readFileSync(join(cwd, 'generated/metrics.ts'), 'utf8')).toContain('every kind');
    // What a baseline accepts is taken up when it appears, and given up when it goes.
    writeFileSync(join(cwd, '.obs-gen-baseline.json'), '{');
    await until('error[OBS3710]');
    rmSync(join(cwd, '.obs-gen-baseline.json'));
    await until('unchanged');
    child.kill('SIGINT');
    expect((await end).code).toBe(130);
  });
});
