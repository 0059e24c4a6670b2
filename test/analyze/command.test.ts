import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { run } from '../../src/cli/run.js';

const spec = (floor: number): string => `version: 1
service: { name: my-agent, owner: my-team }
instrument:
  include: ['src/**/*.ts']
  coverage: { floor: ${floor} }
`;

const code = {
  'src/a.ts': 'export async function load() { await fetch(u); }\n',
  'src/b.ts': "export async function save() { return tracer.startActiveSpan('x', async () => fetch(u)); }\n",
};

function workspace(tree: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'obs-gen-analyze-'));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** Runs the command with the spec of a workspace. */
async function analyze(
  root: string,
  ...args: readonly string[]
): Promise<{ readonly code: unknown; readonly stdout: string; readonly stderr: string }> {
  let stdout = '';
  let stderr = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((stdout += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((stderr += String(text)), true));
  await run([
    'analyze',
    '--spec',
    join(root, 'observability.yaml'),
    '--out',
    join(root, 'generated'),
    ...args,
  ]);
  vi.restoreAllMocks();
  return { code: process.exitCode, stdout, stderr };
}

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

interface Json {
  readonly coverage: { readonly share: number };
  readonly diagnostics: readonly { readonly code: string }[];
  readonly functions: readonly { readonly name: string; readonly path: string }[];
}

describe('obs-gen analyze', () => {
  it('prints the table, and fails below the floor of the spec with OBS5301', async () => {
    const met = await analyze(workspace({ ...code, 'observability.yaml': spec(50) }));
    expect([met.code, met.stderr]).toEqual([0, '']);
    expect(met.stdout).toContain('coverage: 50 % of the functions that count are observed (1 of 2');
    const missed = await analyze(workspace({ ...code, 'observability.yaml': spec(51) }));
    expect(missed.code).toBe(1);
    expect(missed.stderr).toContain(
      'error[OBS5301]: 1 of 2 functions that count are observed: 50 %, below the floor of 51 %',
    );
    expect(missed.stderr).toContain('floor: 51');
  });

  it('lets --floor stand above the spec', async () => {
    const root = workspace({ ...code, 'observability.yaml': spec(0) });
    expect((await analyze(root, '--floor', '80')).code).toBe(1);
    expect((await analyze(root, '--floor', '101')).code).toBe(2);
  });

  it('prints JSON with the diagnostics in it', async () => {
    const { stdout, stderr } = await analyze(
      workspace({ ...code, 'observability.yaml': spec(90) }),
      '--format',
      'json',
    );
    const { coverage, diagnostics, functions } = JSON.parse(stdout) as Json;
    expect([coverage.share, stderr]).toEqual([50, '']);
    expect(diagnostics.map((each) => each.code)).toEqual(['OBS5301']);
    expect(functions.map(({ path }) => path).sort()).toEqual(['src/a.ts', 'src/b.ts']);
  });

  it('writes a page, again over the older one, and never over code', async () => {
    const root = workspace({ ...code, 'observability.yaml': spec(0) });
    const out = join(root, 'analysis.html');
    for (const turn of [1, 2]) {
      const { code: ended, stdout } = await analyze(root, '--format', 'html', '--out-file', out);
      expect([turn, ended, stdout]).toEqual([turn, 0, '']);
    }
    expect(readFileSync(out, 'utf8')).toMatch(/^<!doctype html>/);
    expect((await analyze(root, '--format', 'html', '--out-file', join(root, 'src/a.ts'))).code).toBe(2);
    expect(readFileSync(join(root, 'src/a.ts'), 'utf8')).toBe(code['src/a.ts']);
  });

  it('writes rules once, and says OBS5303 where there are none', async () => {
    const root = workspace({ ...code, 'observability.yaml': spec(0) });
    const out = join(root, 'rules.yaml');
    expect((await analyze(root, '--write-rules', '--out-file', out)).code).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain('function: load');
    expect((await analyze(root, '--write-rules', '--out-file', out)).code).toBe(2);
    const none = workspace({ 'src/b.ts': code['src/b.ts'], 'observability.yaml': spec(0) });
    const { code: ended, stdout, stderr } = await analyze(none, '--write-rules', '--min-score', '10');
    expect([ended, stdout]).toEqual([0, '']);
    expect(stderr).toContain('OBS5303');
    expect(existsSync(join(none, 'rules.yaml'))).toBe(false);
  });

  it('says OBS5302 where no function counts', async () => {
    const root = workspace({ 'src/c.ts': 'export const c = () => 1;\n', 'observability.yaml': spec(80) });
    const { code: ended, stderr } = await analyze(root);
    expect(ended).toBe(0);
    expect(stderr).toContain('warning[OBS5302]');
  });

  it('leaves out what cannot be parsed, with a note', async () => {
    const root = workspace({ ...code, 'src/broken.ts': 'function (', 'observability.yaml': spec(0) });
    const { code: ended, stderr } = await analyze(root);
    expect(ended).toBe(0);
    expect(stderr).toContain('OBS5053');
  });
});
