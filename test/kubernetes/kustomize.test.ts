import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../../src/emit/kubernetes/manifest.js';
import { writeTree } from '../support/directory.js';
import { missingProgram } from '../support/program.js';
import { baseFiles, manifestsOf, models } from './specs.js';

const folder = mkdtempSync(join(tmpdir(), 'obs-gen-kustomize-'));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function kustomize(path: string): {
  readonly text: string;
  readonly errors: string;
  readonly status: number | null;
} {
  const { stdout, stderr, status } = spawnSync('kubectl', ['kustomize', path], {
    encoding: 'utf8',
    timeout: 30_000,
    maxBuffer: 64 * 1024 ** 2,
  });
  return { text: stdout, errors: stderr, status };
}

function idOf({ apiVersion, kind, metadata }: Manifest): string {
  return [apiVersion, kind, metadata.namespace ?? '', metadata.name].join(' ');
}

/** Needs kubectl, of Debian's package kubernetes-client, 1.20 or newer. */
describe.skipIf(missingProgram('kubectl'))('kubectl kustomize', () => {
  it.each([...models()])('builds the base of "%s"', (name, model) => {
    const path = join(folder, name.replace(/\W+/g, '-'));
    writeTree(path, new Map(baseFiles(model).map((file) => [file.path, file.content])));
    const { text, errors, status } = kustomize(join(path, 'kubernetes'));
    expect({ errors, status }).toEqual({ errors: '', status: 0 });
    const built = parseAllDocuments(text).map((document) => document.toJS() as Manifest);
    expect(built.map(idOf).sort()).toEqual(manifestsOf(model).map(idOf).sort());
  });

  it('builds an overlay with a namespace of its own', () => {
    const model = models().get('without a namespace');
    if (model === undefined) throw new Error('no such spec');
    const path = join(folder, 'overlay');
    // kubectl 1.20 knows a folder by this name alone; newer ones do, too.
    const overlay = 'namespace: elsewhere\nbases: [base/kubernetes]\n';
    const files = baseFiles(model).map((file) => [`base/${file.path}`, file.content] as const);
    writeTree(path, new Map([...files, ['kustomization.yaml', overlay]]));
    const { text, status } = kustomize(path);
    expect(status).toBe(0);
    const built = parseAllDocuments(text).map((document) => document.toJS() as Manifest);
    expect(new Set(built.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['elsewhere']));
    const binding = built.find(({ kind }) => kind === 'RoleBinding');
    expect(binding).toMatchObject({ subjects: [{ kind: 'ServiceAccount', namespace: 'elsewhere' }] });
  });

  it('refuses a base that lists a file which is not there', () => {
    const path = join(folder, 'broken');
    writeTree(path, new Map([['kustomization.yaml', 'resources: [absent.yaml]\n']]));
    expect(kustomize(path).status).not.toBe(0);
  });
});
