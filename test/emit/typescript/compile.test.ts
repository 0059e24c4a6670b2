import { describe, expect, test } from 'vitest';
import type { OutputFile } from '../../../src/emit/emitter.js';
import { typescriptHelpers } from '../../../src/emit/typescript/emitter.js';
import { agentSpecs, serviceProgram } from '../../agents/spec.js';
import { compilers } from '../../support/compilers.js';
import { some } from '../../support/long.js';
import { modelOf } from '../../support/model.js';
import { withSharedRuntime } from '../../support/shared-runtime.js';
import { compileWithAll, formats } from './compile.js';
import { gpuSpec, hostileNamesSpec, richSpec } from './specs.js';

const minimalSpec = 'version: 1\nservice: { name: small }\n';

function target(spec: string, typescript: string): string {
  return `${spec}target: { typescript: ${typescript} }\n`;
}

/** The declarations of OpenTelemetry name `console`, which only Node or a browser declare. */
function ownErrors(errors: readonly string[]): string[] {
  return errors.filter((error) => !error.includes('node_modules/@opentelemetry/api/'));
}

const oneSpanSpec = `${minimalSpec}spans: { a.b: { kind: internal } }\n`;

/** The helpers of several specs, each in a folder of its own, so that one program can hold them all. */
function together(specs: Readonly<Record<string, string>>): OutputFile[] {
  const trees = Object.entries(specs).map(
    ([name, spec]) => [name.replaceAll(' ', '-'), typescriptHelpers.files(modelOf(spec))] as const,
  );
  const files = [...withSharedRuntime(new Map(trees))].flatMap(([name, tree]) =>
    tree.map((file) => ({ ...file, path: `${name}/${file.path}` })),
  );
  return [...files, { path: 'all-presets/program.ts', content: serviceProgram }];
}

/** What services write everywhere: a rich, a hostile and an empty spec, one with a single span, and those of agents. */
const everywhere = {
  rich: richSpec,
  hostile: hostileNamesSpec,
  minimal: minimalSpec,
  span: oneSpanSpec,
  ...agentSpecs,
};
const withoutNode = together(everywhere);
/** With the collectors of GPUs as well, which run in Node only. */
const inNode = together({ ...everywhere, gpu: gpuSpec });

// With node10 they have the types of Node in any case.
test.each(
  some(
    Object.keys(formats).filter((format) => formats[format]?.types?.length === 0),
    1,
  ),
)('as %s, the helpers of every spec compile under every strict flag', async (format) => {
  expect(ownErrors(await compileWithAll(withoutNode, formats[format] as (typeof formats)[string]))).toEqual(
    [],
  );
});

test.each(some(Object.keys(formats), 2))(
  'as %s with the types of Node, they and the collectors do too, and without a word about any package',
  async (format) => {
    expect(
      await compileWithAll(inNode, formats[format] as (typeof formats)[string], { types: ['node'] }),
    ).toEqual([]);
  },
);

test('what does not compile is told', async () => {
  const files = [{ path: 'wrong.ts', content: 'export const x: number = "text";\n' }];
  const errors = await compileWithAll(files, formats['ESM in Node'] as (typeof formats)[string]);
  expect(errors).toHaveLength(compilers.length);
  for (const error of errors) expect(error).toMatch(/wrong\.ts: 1: error TS2322: /);
});

describe('imports', () => {
  test('end in .ts where the spec says so', async () => {
    const files = typescriptHelpers.files(modelOf(target(richSpec, '{ imports: ts }')));
    const options = formats['ESM in Node'] as (typeof formats)[string];
    expect(ownErrors(await compileWithAll(files, options, { allowImportingTsExtensions: true }))).toEqual([]);
    expect(files.filter(({ content }) => /from '\.[^']*\.js'/.test(content))).toEqual([]);
  });

  test('have no extension where the spec says so', async () => {
    const files = typescriptHelpers.files(modelOf(target(richSpec, '{ imports: none }')));
    for (const format of ['a bundler', 'CommonJS with node10']) {
      expect(ownErrors(await compileWithAll(files, formats[format] as (typeof formats)[string]))).toEqual([]);
    }
    expect(files.filter(({ content }) => /from '\.[^']*\.(js|ts)'/.test(content))).toEqual([]);
  });

  test('name the package where the runtime is not vendored, and nothing is copied', () => {
    const files = typescriptHelpers.files(modelOf(target(richSpec, '{ runtime: package }')));
    expect(files.map(({ path }) => path)).toEqual([
      'labels.ts',
      'metrics.ts',
      'spans.ts',
      'logs.ts',
      'errors.ts',
      'security.ts',
      'telemetry.ts',
      'register.ts',
      'redaction.ts',
      'index.ts',
    ]);
    for (const { path, content } of files) {
      if (!['index.ts', 'register.ts'].includes(path))
        expect(content).toMatch(/from 'obs-gen\/runtime(?:\/[a-z]+)?';/);
    }
  });
});

describe('a part without anything to say', () => {
  test('is not written', () => {
    const paths = typescriptHelpers.files(modelOf(minimalSpec)).map(({ path }) => path);
    expect(paths.filter((path) => !path.startsWith('runtime/'))).toEqual([
      'logs.ts',
      'telemetry.ts',
      'register.ts',
      'index.ts',
    ]);
  });

  test('is not exported', () => {
    const files = new Map(
      typescriptHelpers.files(modelOf(oneSpanSpec)).map(({ path, content }) => [path, content]),
    );
    expect(files.get('index.ts')).toContain("export * from './spans.js';");
    expect(files.get('index.ts')).not.toContain('metrics');
    expect(files.has('metrics.ts')).toBe(false);
  });
});
