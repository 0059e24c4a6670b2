import { readFileSync } from 'node:fs';
import prettier from 'prettier';
import { describe, expect, test } from 'vitest';
import type { OutputFile } from '../../../src/emit/emitter.js';
import { typescriptHelpers } from '../../../src/emit/typescript/emitter.js';
import { isCopyOfRuntime } from '../../support/copied-runtime.js';
import { modelOf } from '../../support/model.js';
import { gpuSpec } from './specs.js';

const head = 'version: 1\nservice: { name: trainer, runbooks: https://runbooks.example.com }\n';
const spec = gpuSpec;

function filesOf(yaml: string): readonly OutputFile[] {
  return typescriptHelpers.files(modelOf(yaml));
}

function textOf(yaml: string, wanted = 'gpu.ts'): string | undefined {
  return filesOf(yaml).find(({ path }) => path === wanted)?.content;
}

const room = (yaml: string): readonly string[] =>
  filesOf(yaml).flatMap(({ path }) => (path.startsWith('runtime/gpu/') ? [path] : []));

test('prettier leaves every file of the room, and what uses it, unchanged', async () => {
  const style = JSON.parse(readFileSync('.prettierrc.json', 'utf8')) as prettier.Options;
  for (const file of filesOf(spec)) {
    const { path, content } = file;
    if (!/gpu|telemetry\.ts$|index\.ts$/.test(path) || isCopyOfRuntime(file)) continue;
    expect(await prettier.format(content, { ...style, filepath: path }), path).toBe(content);
  }
});

describe('the room of the runtime', () => {
  test('is there where a spec has collectors', () => {
    expect(room(spec)).toContain('runtime/gpu/index.ts');
    expect(textOf(spec, 'telemetry.ts')).toContain('components: [gpuComponent]');
    expect(textOf(spec, 'index.ts')).toContain("export * from './gpu.js';");
  });

  test.each([
    ['the preset alone', `${head}presets: [gpu]\n`],
    ['a section that names nobody', `${head}presets: [gpu]\ngpu: { collectors: {} }\n`],
  ])('is not there for %s', (_, yaml) => {
    expect(room(yaml)).toEqual([]);
    expect(textOf(yaml)).toBeUndefined();
    expect(textOf(yaml, 'telemetry.ts')).not.toContain('gpu');
  });

  test('is the package, where the spec says so', () => {
    const yaml = `${spec}target: { typescript: { runtime: package } }\n`;
    expect(room(yaml)).toEqual([]);
    expect(textOf(yaml)).toContain("import { createGpu } from 'obs-gen/runtime/gpu';");
  });
});

test('settings reach the runtime in seconds, and what is not said is not there', () => {
  const text = textOf(spec) ?? '';
  expect(text.replace(/\s+/g, ' ')).toContain(
    "{ vendor: 'nvidia', source: 'dcgm', url: 'http://dcgm:9400/metrics', intervalSeconds: 60, timeoutSeconds: 1.5, families: ['power', 'xid'], }",
  );
  expect(text).toContain("{ vendor: 'amd' }");
});
