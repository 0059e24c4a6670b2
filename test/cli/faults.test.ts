import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { ended, program, repository, runCli, runShell, startCli, temporaryFolder } from './run-cli.js';
import { writeSpec } from './spec-fixture.js';

/** Makes the function `analyse` do something else, as a bug in it would: it stands in one of the chunks that a command loads. */
const broken = (body: string): readonly string[] => [
  '--import',
  `data:text/javascript,${encodeURIComponent(`
  import { register } from 'node:module';
  register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(`
    export async function load(url, context, next) {
      const loaded = await next(url, context);
      if (!url.includes('/dist/cli/chunks/')) return loaded;
      const source = String(loaded.source).replace(
        /^function analyse\\(specPath/m, ${JSON.stringify(`function analyse() { ${body} }\nfunction analyseWell(specPath`)});
      return { ...loaded, source };
    }
  `)}));
`)}`,
];

const brokenCompiler = broken(`throw new TypeError('no such thing');`);

describe('a fault of obs-gen itself', () => {
  it('is told as such, with exit code 70, and asks to be reported', async () => {
    const cwd = temporaryFolder();
    writeSpec(cwd);
    const { code, stdout, stderr } = await runCli(['validate'], { cwd, node: brokenCompiler });
    expect(code).toBe(70);
    expect(stdout).toBe('');
    expect(stderr).toContain('error[OBS9001]: obs-gen failed: no such thing\n');
    expect(stderr).toContain('please report it');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('comes in the format that was asked for', async () => {
    const cwd = temporaryFolder();
    writeSpec(cwd);
    for (const args of [['--format', 'json'], ['--format=json']]) {
      const { code, stdout } = await runCli(['validate', ...args], { cwd, node: brokenCompiler });
      expect(code).toBe(70);
      const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string }[] };
      expect(diagnostics.map((each) => each.code)).toEqual(['OBS9001']);
    }
  });

  it('shows its stack with OBSGEN_DEBUG=1', async () => {
    const cwd = temporaryFolder();
    writeSpec(cwd);
    const { code, stderr } = await runCli(['validate'], {
      cwd,
      node: brokenCompiler,
      env: { OBSGEN_DEBUG: '1' },
    });
    expect(code).toBe(70);
    expect(stderr).toMatch(/^TypeError: no such thing\n\s+at analyse /m);
  });

  it('is caught where it happens after the command has returned', async () => {
    const cwd = temporaryFolder();
    writeSpec(cwd);
    const late = `setTimeout(() => { throw new Error('too late'); }, 5); return { diagnostics: [], sources: [] };`;
    const { code, stderr } = await runCli(['validate'], { cwd, node: broken(late) });
    expect(code).toBe(70);
    expect(stderr).toContain('error[OBS9001]: obs-gen failed: too late\n');
  });

  it('a damaged installation is told from a bug: OBS9002', async () => {
    const copy = temporaryFolder();
    cpSync(join(repository, 'dist'), join(copy, 'dist'), { recursive: true });
    cpSync(join(repository, 'package.json'), join(copy, 'package.json'));
    symlinkSync(join(repository, 'node_modules'), join(copy, 'node_modules'));
    const child = spawn(process.execPath, [join(copy, 'dist/cli/main.js'), 'presets', 'show', 'agent']);
    const { code, stderr } = await ended(child);
    expect(code).toBe(70);
    expect(stderr).toContain('error[OBS9002]: the file presets/agent.yaml of obs-gen is missing\n');
    expect(stderr).toContain('install obs-gen again');
  });
});

describe('a reader that goes away', () => {
  it('ends nothing and is no fault', async () => {
    const { code, stdout, stderr } = await runShell('"$NODE" "$OBS_GEN" explain | head -1', repository);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'Syntax and limits\n', stderr: '' });
  });

  it('does not keep a build from writing', async () => {
    const cwd = temporaryFolder();
    writeSpec(cwd);
    const { code, stderr } = await runShell('"$NODE" "$OBS_GEN" build --format json | true', cwd);
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/EPIPE|^\s+at /m);
    expect(existsSync(join(cwd, 'generated/.obs-gen.json'))).toBe(true);
  });

  it.runIf(existsSync('/dev/full'))('a full disk behind standard output is exit code 2', async () => {
    const { code, stderr } = await runShell('"$NODE" "$OBS_GEN" explain OBS9001 > /dev/full', repository);
    expect(stderr).toBe('error: the output cannot be written: ENOSPC\n');
    expect(code).toBe(2);
  });
});

/** Resolves when the process has printed a piece of text to standard error. */
function printed(child: ReturnType<typeof startCli>, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let seen = '';
    child.stderr?.on('data', (chunk: Buffer | string) => {
      seen += String(chunk);
      if (seen.includes(text)) resolve();
    });
    child.on('close', () => {
      reject(new Error(`ended before it printed ${JSON.stringify(text)}: ${seen}`));
    });
  });
}

describe('a signal', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends a watching build, quietly', async (signal, expected) => {
    const cwd = temporaryFolder();
    writeSpec(cwd);
    const child = startCli(['build', '--watch'], { cwd });
    const end = ended(child);
    await printed(child, 'watching');
    child.kill(signal);
    const { code, stderr } = await end;
    expect(code).toBe(expected);
    expect(stderr).toBe('watching ./observability.yaml; Ctrl-C ends\n');
    expect(existsSync(join(cwd, 'generated/.obs-gen.tmp'))).toBe(false);
  });

  it('at any moment leaves a whole tree or none, no stack and no temporary files', async () => {
    const cwd = temporaryFolder();
    writeSpec(cwd, 300);
    const reference = temporaryFolder();
    writeSpec(reference, 300);
    expect((await runCli(['build'], { cwd: reference })).code).toBe(0);
    const whole = readFileSync(join(reference, 'generated/.obs-gen.json'), 'utf8');
    for (let round = 0; round < 12; round += 1) {
      const out = `out-${round}`;
      const signal = round % 2 === 0 ? 'SIGINT' : 'SIGTERM';
      const child = startCli(['build', '--out', out], { cwd });
      const end = ended(child);
      setTimeout(() => child.kill(signal), 60 + round * 70);
      const { code, stderr } = await end;
      expect([0, signal === 'SIGINT' ? 130 : 143]).toContain(code);
      expect(stderr).toBe('');
      if (existsSync(join(cwd, out))) {
        expect(existsSync(join(cwd, out, '.obs-gen.tmp'))).toBe(false);
        expect(readFileSync(join(cwd, out, '.obs-gen.json'), 'utf8')).toBe(whole);
      } else expect(code).not.toBe(0);
    }
  });
});

it('the program is executable by its first line', () => {
  expect(readFileSync(program, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
});
