import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/diagnostics/catalogue.js';
import { repository, runCli, temporaryFolder } from './run-cli.js';

const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { version: string };

/** Writes every module that Node loads to standard error. */
const listModules = `data:text/javascript,${encodeURIComponent(`
  import { register } from 'node:module';
  register('data:text/javascript,' + encodeURIComponent(\`
    import { writeSync } from 'node:fs';
    export async function load(url, context, next) {
      writeSync(2, 'loads ' + url + '\\\\n');
      return next(url, context);
    }
  \`));
`)}`;

/** The modules of a command, of which chunks are given without their hashes. */
async function modulesOf(...args: readonly string[]): Promise<string[]> {
  const { stderr, code } = await runCli(args, { node: ['--import', listModules] });
  expect(code).toBe(0);
  return [...stderr.matchAll(/^loads file:\/\/(.*)$/gm)].map(([, path = '']) =>
    path.slice(repository.length + 1).replace(/-[\w-]{8}\.js$/, '.js'),
  );
}

describe('obs-gen --version', () => {
  it('prints the version of the package', async () => {
    expect(await runCli(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    expect((await runCli(['build', '--version'])).stdout).toBe(`${version}\n`);
  });

  it('loads nothing for it', async () => {
    expect(await modulesOf('--version')).toEqual(['dist/cli/main.js', 'dist/cli/chunks/package-root.js']);
  });
});

describe('obs-gen --help', () => {
  it('lists every command, on standard output', async () => {
    const { code, stdout, stderr } = await runCli(['--help']);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    for (const command of ['validate', 'build', 'test', 'explain', 'presets', 'completion']) {
      expect(stdout).toContain(`obs-gen ${command}`);
    }
  });

  it.each(['validate', 'build', 'test', 'explain', 'presets'])(
    '%s --help loads none of the heavy parts',
    async (command) => {
      const loaded = await modulesOf(command, '--help');
      expect(loaded).toContain('dist/cli/chunks/run.js');
      expect(
        loaded.filter((path) =>
          /node_modules\/(ajv|yaml|handlebars|ts-morph|@lezer|@prometheus-io)\//.test(path),
        ),
      ).toEqual([]);
      expect(loaded.filter((path) => /chunks\/(?:compile|analyse|emit|resolve|checks)\b/.test(path))).toEqual(
        [],
      );
    },
  );
});

describe('a slip in the command line', () => {
  it.each([
    [[], 'error: no command given', '--help'],
    [['biuld'], 'error: unknown command biuld', 'did you mean build?'],
    [['presets', 'shw'], 'error: unknown command presets shw', 'did you mean show?'],
    [['build', '--chek'], 'error: unknown option --chek', 'did you mean --check?'],
    [['build', '--chek=1'], 'error: unknown option --chek', 'did you mean --check?'],
    [['build', '-x'], 'error: unknown option -x', 'obs-gen build --help'],
    [['validate', '--dryRun'], 'error: unknown option --dryRun', 'obs-gen validate --help'],
    [['validate', 'extra'], 'error: validate does not take the argument extra', 'obs-gen validate --help'],
    [['build', '--force', 'a', 'extra'], 'error: build does not take the argument extra', '--help'],
    [['build', '--', 'x'], 'error: no command takes arguments after --', 'leave out'],
    [['build', '--format', 'jsn'], 'error: --format cannot be jsn', 'did you mean json?'],
    [['build', '--format'], 'error: --format needs a value', '--format VALUE'],
    [['build', '--spec='], 'error: --spec needs a value', '--spec VALUE'],
    [['plan', '--spec', 'a', '--spec', 'b'], 'error: --spec is given more than once', 'leave out'],
    [['build', '--dry-run=yes'], 'error: --dry-run takes no value', '--dry-run alone'],
    [['build', '--check', '--watch'], 'error: --check and --watch cannot go together', 'leave one'],
    [['presets', 'show'], 'error: presets show needs an argument', 'presets show --help'],
    [['presets', 'show', 'agnet'], 'error: there is no preset agnet', 'did you mean agent?'],
    [['explain', 'OBS9901'], 'error: there is no code OBS9901', 'did you mean OBS9001?'],
    [['explain', 'OBS2001', 'OBS2002'], 'error: explain does not take the argument OBS2002', '--help'],
  ])('%j is refused with exit code 2', async (args, message, help) => {
    const { code, stdout, stderr } = await runCli(args);
    expect(stderr.split('\n')[0]).toBe(message);
    expect(stderr).toContain(help);
    expect(stderr).toMatch(/^help: /m);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('a missing spec comes with how to start', async () => {
    const { code, stdout, stderr } = await runCli(['validate'], { cwd: temporaryFolder() });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('error: there is no spec at ./observability.yaml\n');
    expect(stderr).toContain('version: 1');
    expect(stderr).toContain('obs-gen presets');
  });

  it('a spec that is a directory is refused', async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'observability.yaml'));
    const { code, stderr } = await runCli(['build'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('is a directory');
  });

  it.each(['tomorrow', '-1', '1.5', '1e9', '253402300800'])(
    'SOURCE_DATE_EPOCH=%s is refused',
    async (epoch) => {
      const { code, stdout, stderr } = await runCli(['validate'], { env: { SOURCE_DATE_EPOCH: epoch } });
      expect(stderr).toContain('SOURCE_DATE_EPOCH');
      expect(stdout).toBe('');
      expect(code).toBe(2);
    },
  );
});

describe('obs-gen explain', () => {
  it('prints the text of a code, however it is spelled', async () => {
    const expected = await runCli(['explain', 'OBS4101']);
    expect(expected.code).toBe(0);
    expect(expected.stderr).toBe('');
    expect(expected.stdout).toMatch(/^error\[OBS4101\]: edited by hand\n\n/);
    expect(expected.stdout).toContain('\n  obs-gen build --force generated/metrics.ts\n');
    for (const line of expected.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(90);
    expect(await runCli(['explain', 'obs4101'])).toEqual(expected);
    expect(await runCli(['explain', '4101'])).toEqual(expected);
  });

  it.each([
    ['OBS3014', 'can'],
    ['OBS3110', 'cannot'],
    ['OBS3052', 'cannot'],
    ['OBS6021', 'can'],
    ['OBS6011', 'cannot'],
  ])('says of %s that `suppress` %s accept it', async (code, canOrNot) => {
    const { stdout } = await runCli(['explain', code]);
    expect(stdout).toMatch(new RegExp(`\\n\\n\`suppress\` of a spec ${canOrNot} accept it\\.\\n$`));
  });

  it('lists every code once, in groups', async () => {
    const { code, stdout } = await runCli(['explain']);
    expect(code).toBe(0);
    const listed = [...stdout.matchAll(/^ {2}(OBS\d{4}) {2}(error|warning|info) +\S/gm)].map(
      ([, each]) => each,
    );
    expect(listed).toEqual(Object.keys(catalogue).sort());
    expect(stdout).toMatch(/^Output\n {2}OBS4101/m);
  });
});

describe('obs-gen presets', () => {
  const names = [
    'agent',
    'http',
    'node',
    'security',
    'training',
    'queue',
    'cache',
    'cost',
    'policy',
    'sandbox',
    'gpu',
    'telemetry',
  ];
  const ofRules = ['openai', 'anthropic', 'vercel-ai', 'mcp', 'langchain', 'mastra'];

  it('lists each preset with what it is for, those of rules by themselves', async () => {
    const { code, stdout } = await runCli(['presets']);
    expect(code).toBe(0);
    const sections = stdout.trimEnd().split('\n\n');
    expect(sections.map((section) => section.split('\n')[0])).toEqual([
      'Fragments of spec, for `presets`',
      'Rules of `obs-gen instrument`, for `instrument.presets`',
    ]);
    const rows = sections.map((section) => section.split('\n').slice(1));
    expect(rows.map((each) => each.map((row) => row.trim().split(' ')[0]))).toEqual([names, ofRules]);
    for (const row of rows.flat()) expect(row).toMatch(/^ {2}[a-z-]+ {2,}[A-Z].{10,}$/);
  });

  it.each(ofRules)('prints the rules of %s', async (name) => {
    const { code, stdout } = await runCli(['presets', 'show', name]);
    expect(code).toBe(0);
    expect(stdout).toBe(readFileSync(join(repository, 'presets', 'instrument', `${name}.yaml`), 'utf8'));
  });

  it.each(names)('prints the file of %s', async (name) => {
    const { code, stdout } = await runCli(['presets', 'show', name]);
    expect(code).toBe(0);
    expect(stdout).toBe(readFileSync(join(repository, 'presets', `${name}.yaml`), 'utf8'));
  });
});

describe('completion', () => {
  it('prints a script for the shell', async () => {
    const { code, stdout } = await runCli(['completion'], { env: { SHELL: '/bin/bash' } });
    expect(code).toBe(0);
    expect(stdout).toContain('complete -o bashdefault');
    expect(stdout).toContain('obs-gen --get-yargs-completions');
  });

  it.each([
    [
      ['explain', 'OBS410'],
      ['OBS4101', 'OBS4102'],
    ],
    [
      ['explain', 'obs900'],
      ['OBS9001', 'OBS9002'],
    ],
    [['presets', 'show', 'ag'], ['agent']],
    [['presets', 'show', 'an'], ['anthropic']],
    [
      ['build', '--format', ''],
      ['pretty', 'json', 'github', 'sarif'],
    ],
    [['build', '--dr'], ['--dry-run']],
    [['test', '--mu'], ['--mutants']],
  ])('%j', async (words, expected) => {
    const { code, stdout } = await runCli(['--get-yargs-completions', 'obs-gen', ...words], {
      env: { SHELL: '/bin/bash' },
    });
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toEqual(expect.arrayContaining(expected));
  });
});
