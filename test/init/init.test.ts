import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ciFile } from '../../src/init/ci-file.js';
import { withSchema } from '../../src/init/editor-settings.js';
import { firstSpec } from '../../src/init/first-spec.js';
import {
  accountOf,
  folderFacts,
  ownerOfAll,
  proposedPresets,
  serviceName,
} from '../../src/init/folder-facts.js';
import { withScripts } from '../../src/init/package-scripts.js';
import { initPlan, schemaPath, type InitChoices } from '../../src/init/plan.js';
import { writeStep } from '../../src/init/write-plan.js';
import { analysisOf } from '../../src/inspect/infer/repair.js';
import { presetNames } from '../../src/spec/presets.js';

const today = '2026-01-01';

describe('the first spec', () => {
  const sets = [
    [],
    ['node'],
    ['http', 'node'],
    ['agent', 'http', 'node'],
    ...presetNames.map((name) => [name]),
  ];

  test.each(sets.map((presets) => [presets.join(',') || 'none', presets] as const))(
    'with the presets %s has no finding',
    (_, presets) => {
      const text = firstSpec({ name: 'shop', owner: 'web', presets, schema: schemaPath });
      const { diagnostics } = analysisOf(text, today);
      expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
    },
  );

  test.each([['Shop'], ['research-agent'], ['a'], ['no'], ['myShop2']])('goes with the name %s', (name) => {
    const { diagnostics, model } = analysisOf(
      firstSpec({ name, owner: undefined, presets: ['node'], schema: schemaPath }),
      today,
    );
    expect(diagnostics).toEqual([]);
    expect(model?.service.name).toBe(name);
  });
});

describe('package.json', () => {
  test('keeps indentation, order and end', () => {
    const text = '{\n\t"name": "x",\n\t"scripts": {\n\t\t"test": "vitest"\n\t},\n\t"type": "module"\n}\n';
    expect(withScripts(text)).toEqual({
      kind: 'changed',
      added: ['telemetry:build', 'telemetry:check'],
      text: '{\n\t"name": "x",\n\t"scripts": {\n\t\t"test": "vitest",\n\t\t"telemetry:build": "obs-gen build",\n\t\t"telemetry:check": "obs-gen build --check"\n\t},\n\t"type": "module"\n}\n',
    });
  });

  test('a second time there is nothing to do, and a script of the same name stays', () => {
    const first = withScripts('{"scripts":{"telemetry:build":"make"}}');
    expect(first).toMatchObject({ kind: 'changed', added: ['telemetry:check'] });
    const text = first.kind === 'changed' ? first.text : '';
    expect(JSON.parse(text)).toEqual({
      scripts: { 'telemetry:build': 'make', 'telemetry:check': 'obs-gen build --check' },
    });
    expect(withScripts(text)).toEqual({ kind: 'same' });
  });

  test.each(['', '[]', '{', '{"scripts": 1}', 'null'])('%j is kept as it is', (text) => {
    expect(withScripts(text).kind).toBe('kept');
  });

  test('line ends and the mark stay', () => {
    const changed = withScripts('\ufeff{\r\n  "name": "x"\r\n}\r\n');
    const text = changed.kind === 'changed' ? changed.text : '';
    expect(text.startsWith('\ufeff{\r\n  "name"')).toBe(true);
    expect(text.replace(/\r\n/g, '')).not.toContain('\n');
  });
});

describe('editor settings', () => {
  const schema = './s.json';

  test.each([
    ['none', undefined],
    ['an empty file', ''],
    ['an empty object', '{}'],
    ['a comment alone', '{\n  // nothing yet\n}\n'],
    ['others', '{\n  "editor.tabSize": 2, // narrow\n  "files.eol": "\\n",\n}\n'],
    ['other schemas', '{\n    "yaml.schemas": {\n        "a.json": "a.yaml" // a\n    }\n}\n'],
  ])('%s: names the schema, keeps the rest, and is idempotent', (_, before) => {
    const changed = withSchema(before, schema, 'observability.yaml');
    if (changed.kind !== 'changed') throw new Error(changed.kind);
    for (const kept of ['// nothing yet', '// narrow', '// a', '"editor.tabSize": 2', '"a.json": "a.yaml"'])
      if (before?.includes(kept) === true) expect(changed.text).toContain(kept);
    const plain = changed.text.replace(/\/\/.*$/gm, '').replace(/,(\s*[}\]])/g, '$1');
    expect(JSON.parse(plain)).toMatchObject({ 'yaml.schemas': { [schema]: 'observability.yaml' } });
    expect(withSchema(changed.text, schema, 'observability.yaml')).toEqual({ kind: 'same' });
  });

  test.each(['{', '[]', '{"yaml.schemas": []}'])('%s is kept as it is', (text) => {
    expect(withSchema(text, schema, 'observability.yaml').kind).toBe('kept');
  });
});

describe('CI', () => {
  const at = { folder: '', hasPackage: true, hasOwnPipeline: false };

  test.each([['npm'], ['pnpm'], ['yarn']] as const)('%s: the steps install and check', (manager) => {
    const file = ciFile('github', manager, at);
    const workflow = parse(file?.text ?? '') as { jobs: { telemetry: { steps: { run?: string }[] } } };
    const runs = workflow.jobs.telemetry.steps.flatMap(({ run }) => run ?? []);
    expect(runs.at(-1)).toBe(`${manager} run telemetry:check`);
    expect(runs.at(-2)).toMatch(/ci|frozen|immutable/);
    const job = (parse(ciFile('gitlab', manager, at)?.text ?? '') as { telemetry: { script: string[] } })
      .telemetry;
    expect(job.script.at(-1)).toBe(`${manager} run telemetry:check`);
  });

  test('in a folder of a repository, and without a package', () => {
    const file = ciFile('github', 'npm', { ...at, folder: 'services/shop', hasPackage: false });
    const workflow = parse(file?.text ?? '') as {
      jobs: { telemetry: { defaults: unknown; steps: { run?: string }[] } };
    };
    expect(workflow.jobs.telemetry.defaults).toEqual({ run: { 'working-directory': 'services/shop' } });
    expect(workflow.jobs.telemetry.steps.at(-1)?.run).toBe('npx obs-gen build --check');
  });

  test('a pipeline that exists is included into, never written', () => {
    const file = ciFile('gitlab', 'npm', { ...at, hasOwnPipeline: true });
    expect(file?.path).toBe('.gitlab/telemetry.yml');
    expect(file?.hint).toContain('include: [{ local: .gitlab/telemetry.yml }]');
  });
});

test.each([
  ['* @acme/web\n', 'web'],
  ['# *  @no\n* @old\n*.md @docs\n* @acme/platform @other # all\n', 'platform'],
  ['/src @acme/web\n', undefined],
  ['', undefined],
])('the owner in CODEOWNERS %j is %s', (text, owner) => {
  expect(ownerOfAll(text)).toBe(owner);
});

test.each([
  ['git@github.com:acme/shop.git', 'acme'],
  ['https://gitlab.com/group/sub/shop', 'sub'],
  ['ssh://git@host:22/team/shop.git', 'team'],
])('the account of %s is %s', (url, account) => {
  expect(accountOf(`[core]\n\tbare = false\n[remote "origin"]\n\turl = ${url}\n\tfetch = x\n`)).toBe(account);
});

test.each([
  ['@acme/shop.api', 'shop-api'],
  ['2fast', 'fast'],
  ['@acme/', undefined],
])('the package %s is the service %s', (name, service) => {
  expect(serviceName(name)).toBe(service);
});

describe('a folder', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'obs-gen-init-'));
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });
  const choices: InitChoices = {
    ...{ name: 'shop', owner: 'web', presets: ['node'], ci: 'github', packageManager: 'npm' },
    editor: 'vscode',
    spec: undefined,
  };

  test('what its files say is found', () => {
    mkdirSync(join(root, '.git'));
    mkdirSync(join(root, '.github'));
    writeFileSync(join(root, '.github/CODEOWNERS'), '* @acme/web\n');
    writeFileSync(join(root, 'pnpm-lock.yaml'), '');
    writeFileSync(
      join(root, 'package.json'),
      '{"name":"@acme/shop","dependencies":{"openai":"1","fastify":"5"}}',
    );
    const facts = folderFacts(root);
    expect(facts).toMatchObject({ packageName: 'shop', owner: 'web', packageManager: 'pnpm', ci: 'github' });
    expect(proposedPresets(facts)).toEqual(['agent', 'http', 'node']);
  });

  test('a second run changes nothing, and what is there is never overwritten', () => {
    writeFileSync(join(root, 'package.json'), '{\n  "name": "shop"\n}\n');
    const first = initPlan(folderFacts(root), choices);
    expect(first.steps.map(({ action, path }) => `${action} ${path}`)).toEqual([
      'create observability.yaml',
      'change package.json',
      'create .github/workflows/telemetry.yml',
      'create .vscode/settings.json',
    ]);
    for (const step of first.steps) writeStep(step);
    const texts = first.steps.map(({ absolute }) => readFileSync(absolute, 'utf8'));
    writeFileSync(join(root, 'observability.yaml'), '# mine\n');
    const second = initPlan(folderFacts(root), choices);
    expect(second.steps.every(({ action }) => action === 'keep')).toBe(true);
    for (const step of second.steps) writeStep(step);
    expect(readFileSync(join(root, 'observability.yaml'), 'utf8')).toBe('# mine\n');
    expect(second.steps.slice(1).map(({ absolute }) => readFileSync(absolute, 'utf8'))).toEqual(
      texts.slice(1),
    );
  });

  test('a file that changes between the plan and the writing stays', () => {
    writeFileSync(join(root, 'package.json'), '{}');
    const { steps } = initPlan(folderFacts(root), choices);
    writeFileSync(join(root, 'package.json'), '{"name":"new"}');
    writeFileSync(join(root, 'observability.yaml'), '# mine\n');
    const step = (path: string) => steps.find((each) => each.path === path);
    for (const path of ['package.json', 'observability.yaml']) {
      const found = step(path);
      if (found === undefined) throw new Error(path);
      expect(() => {
        writeStep(found);
      }).toThrow(path);
    }
    expect(readFileSync(join(root, 'package.json'), 'utf8')).toBe('{"name":"new"}');
    expect(readFileSync(join(root, 'observability.yaml'), 'utf8')).toBe('# mine\n');
  });

  test('a .gitignore that hides the output is named, not touched', () => {
    writeFileSync(join(root, '.gitignore'), 'dist\n/generated/\n');
    const { hints, steps } = initPlan(folderFacts(root), choices);
    expect(hints.join('\n')).toContain('.gitignore has `/generated/`');
    expect(steps.map(({ path }) => path)).not.toContain('.gitignore');
  });

  const main = join(import.meta.dirname, '../../dist/cli/main.js');
  test('the command writes, builds, and does nothing the second time', () => {
    writeFileSync(join(root, 'package.json'), '{\n  "name": "@acme/shop"\n}\n');
    const run = (): string =>
      execFileSync(process.execPath, [main, 'init', root, '--yes', '--ci', 'none', '--owner', 'web'], {
        encoding: 'utf8',
      });
    const first = run();
    expect(first).toContain('create  observability.yaml');
    expect(first).toMatch(/\d+ files written/);
    expect(first).toContain('3. ');
    expect(existsSync(join(root, 'generated/index.ts'))).toBe(true);
    const second = run();
    expect(second).not.toMatch(/^ {2}(?:create|change)/m);
    expect(second).toContain('0 files written');
  });
});
