import * as prettier from 'prettier';
import { describe, expect, test } from 'vitest';
import { typescriptHelpers } from '../../src/emit/typescript/emitter.js';
import { modelOf } from '../support/model.js';
import { agentSpecs } from './spec.js';

function filesOf(spec: string): readonly { readonly path: string; readonly content: string }[] {
  return typescriptHelpers.files(modelOf(spec));
}

// That they compile is tested with all the others: ../emit/typescript/compile.test.ts.
describe.each(Object.entries(agentSpecs))('the helpers of a spec with %s', (_, spec) => {
  test('are formatted as prettier does', async () => {
    const options = await prettier.resolveConfig(new URL('../../generated/index.ts', import.meta.url));
    const files = filesOf(spec).filter(({ path }) => /^(agents|cost)\.ts$/.test(path));
    expect(files.length).toBeGreaterThan(0);
    for (const { content, path } of files)
      expect(await prettier.format(content, { ...options, filepath: path }), path).toBe(content);
  });
});

test('nothing of the rooms is vendored where the spec does not ask for them', () => {
  const paths = filesOf('version: 1\nservice: { name: small }\n').map(({ path }) => path);
  expect(paths.filter((path) => /runtime\/(cost|agents)\//.test(path))).toEqual([]);
});
