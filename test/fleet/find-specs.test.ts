import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findSpecs, isPattern } from '../../src/fleet/find-specs.js';

const root = mkdtempSync(join(tmpdir(), 'obs-gen-specs-'));
const home = process.cwd();

beforeAll(() => {
  for (const path of [
    'services/b/observability.yaml',
    'services/a/observability.yaml',
    'services/a/notes.txt',
    'services/a/deep/er/observability.yaml',
    'services/a/node_modules/x/observability.yaml',
    'services/a/generated/observability.yaml',
    'services/.hidden/observability.yaml',
    'observability.yaml',
  ]) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), '');
  }
  process.chdir(root);
});

afterAll(() => {
  process.chdir(home);
  rmSync(root, { recursive: true });
});

describe('specs by pattern', () => {
  it.each([
    [['services/*/observability.yaml'], ['services/a/observability.yaml', 'services/b/observability.yaml']],
    [
      ['**/observability.yaml'],
      [
        'observability.yaml',
        'services/a/deep/er/observability.yaml',
        'services/a/observability.yaml',
        'services/b/observability.yaml',
      ],
    ],
    [['./services/{b,a}/*.yaml'], ['services/a/observability.yaml', 'services/b/observability.yaml']],
    [
      ['services/b/observability.yaml', 'services/*/*.yaml'],
      ['services/b/observability.yaml', 'services/a/observability.yaml'],
    ],
    [['./observability.yaml', 'observability.yaml'], ['observability.yaml']],
    [['services/*/notes.txt'], []],
  ])('%j', (words, paths) => {
    expect(findSpecs(words).paths).toEqual(paths);
  });

  it('may be absolute', () => {
    expect(findSpecs([`${root}/services/?/observability.yaml`]).paths).toEqual([
      join(root, 'services/a/observability.yaml'),
      join(root, 'services/b/observability.yaml'),
    ]);
  });

  it('that nothing fits are told; a path stands for itself, whether there is something or not', () => {
    expect(findSpecs(['servces/*/observability.yaml', 'missing.yaml'])).toEqual({
      paths: ['missing.yaml'],
      idle: ['servces/*/observability.yaml'],
    });
    expect(isPattern('a/b.yaml')).toBe(false);
  });
});
