import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { ESLint } from 'eslint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { typescriptHelpers } from '../../../src/emit/typescript/emitter.js';
import { isCopyOfRuntime } from '../../support/copied-runtime.js';
import { modelOf } from '../../support/model.js';
import { hostileNamesSpec, richSpec } from './specs.js';

const repository = resolve(import.meta.dirname, '../../..');

/** Spells that comments of linters, compilers and formatters obey, in every place where a spec has free text. */
const commandingSpec = `
version: 1
service: { name: commands, owner: team }
labels:
  a: { description: 'eslint-disable', values: ['eslint-disable', '// @ts-ignore'] }
metrics:
  x_total: { type: counter, help: 'eslint-disable-next-line. @ts-nocheck', labels: [a] }
  y_total: { type: counter, help: 'prettier-ignore', deprecated: { sunset: 2099-01-01, reason: '@ts-expect-error */ eslint-enable /*' } }
spans:
  s: { kind: internal, description: '@ts-ignore', record: { count: y_total } }
`;

describe("the project's lint rules", () => {
  let folder = '';
  /** What is generated, each file once, but for copies of what is linted where it comes from. */
  const different: string[] = [];
  let copies = 0;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'obs-gen-lint-'));
    symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: join(repository, 'tsconfig.json'),
        include: ['.'],
        exclude: ['node_modules'],
      }),
    );
    const specs = { rich: richSpec, names: hostileNamesSpec, commands: commandingSpec };
    const seen = new Set<string>();
    for (const [name, spec] of Object.entries(specs)) {
      for (const each of typescriptHelpers.files(modelOf(spec))) {
        const { path, content } = each;
        const target = join(folder, 'generated', name, path);
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, content);
        const file = `${path}\n${content}`;
        if (seen.has(file)) continue;
        seen.add(file);
        if (isCopyOfRuntime(each)) copies += 1;
        else different.push(join('generated', name, path));
      }
    }
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('have nothing to say of what is generated, and need not be silenced', async () => {
    const eslint = new ESLint({
      cwd: folder,
      overrideConfigFile: join(repository, 'eslint.config.js'),
      overrideConfig: {
        languageOptions: {
          parserOptions: {
            projectService: false,
            project: join(folder, 'tsconfig.json'),
            tsconfigRootDir: folder,
          },
        },
        linterOptions: { reportUnusedDisableDirectives: 'error' },
      },
    });
    const results = await eslint.lintFiles(different);
    expect(results).toHaveLength(different.length);
    expect(different.length).toBeGreaterThan(20);
    expect(different.length + copies).toBeGreaterThan(90);
    expect(
      results.flatMap(({ filePath, messages, suppressedMessages }) =>
        [...messages, ...suppressedMessages].map(({ line, ruleId, message }) =>
          [filePath.slice(folder.length), line, ruleId, message].join(' '),
        ),
      ),
    ).toEqual([]);
  });

  test('do look at these files: a fault in them is seen', async () => {
    const eslint = new ESLint({
      cwd: folder,
      overrideConfigFile: join(repository, 'eslint.config.js'),
      overrideConfig: {
        languageOptions: {
          parserOptions: {
            projectService: false,
            project: join(folder, 'tsconfig.json'),
            tsconfigRootDir: folder,
          },
        },
      },
    });
    const [result] = await eslint.lintText('export const x: any = 1;\n', {
      filePath: join(folder, 'generated', 'rich', 'index.ts'),
    });
    expect(result?.messages.map(({ ruleId }) => ruleId)).toContain('@typescript-eslint/no-explicit-any');
  });
});
