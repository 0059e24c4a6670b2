import { check } from '../../../src/model/checks/index.js';
import type { Model } from '../../../src/model/model.js';
import { resolve } from '../../../src/model/resolve.js';
import { loadSpecText } from '../../../src/spec/load.js';

export function modelOf(yaml: string): Model {
  const loaded = loadSpecText(new Map([['observability.yaml', yaml]]), 'observability.yaml');
  const resolved = loaded.value === undefined ? undefined : resolve(loaded.value);
  const model = resolved?.value;
  const found = [
    ...loaded.diagnostics,
    ...(resolved?.diagnostics ?? []),
    ...(model === undefined || loaded.value === undefined ? [] : check(model, loaded.value, '2026-11-20')),
  ].filter(({ severity }) => severity === 'error');
  if (model === undefined || found.length > 0)
    throw new Error(found.map((d) => `${d.code} ${d.message}`).join('\n'));
  return model;
}
