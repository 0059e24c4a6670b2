import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { emit } from '../../../src/emit/index.js';
import { kubernetesBase } from '../../../src/emit/kubernetes/base.js';
import type { Manifest } from '../../../src/emit/kubernetes/manifest.js';
import { manifestsOf, models } from '../../kubernetes/specs.js';
import { modelOf } from '../../support/model.js';

describe('the base', () => {
  it.each([...models()])('of "%s" lists every manifest that is written', (_, model) => {
    const [file] = kubernetesBase.files(model);
    const { resources } = parse(file?.content ?? '') as { readonly resources: readonly string[] };
    const written = emit(model)
      .map(({ path }) => path)
      .filter((path) => path.startsWith('kubernetes/'));
    expect(
      [...resources.map((path) => `kubernetes/${path}`), 'kubernetes/kustomization.yaml'].sort(),
    ).toEqual([...written].sort());
  });

  it.each([...models()])('of "%s" has no two objects of one name', (_, model) => {
    const ids = manifestsOf(model).map(
      ({ apiVersion, kind, metadata }: Manifest) =>
        `${apiVersion} ${kind} ${metadata.namespace ?? ''} ${metadata.name}`,
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([...models()])('of "%s" has labels and names that Kubernetes takes', (_, model) => {
    for (const { metadata } of manifestsOf(model)) {
      expect(metadata.name).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
      expect(metadata.name.length).toBeLessThanOrEqual(253);
      for (const value of Object.values(metadata.labels))
        expect(value).toMatch(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/);
    }
  });

  it('is not there outside Kubernetes', () => {
    const model = modelOf(
      'version: 1\nservice: { name: shop }\nstack: {}\nmetrics: { a_total: { type: counter, help: A. } }\n',
    );
    expect(kubernetesBase.files(model)).toEqual([]);
  });
});
