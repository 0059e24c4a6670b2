import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyse } from '../../../src/analyse.js';
import { hasErrors } from '../../../src/diagnostics/create.js';
import type { Model } from '../../../src/model/model.js';
import { packageRoot } from '../../../src/package-root.js';
import { grafanaDashboards } from '../../../src/emit/grafana/emitter.js';
import { foldersIn } from '../../support/directory.js';
import { modelOf, testToday } from '../../support/model.js';
import { everything } from '../grafana/specs.js';
import { validators } from './schemas.js';
import { faults, seeded } from './seeded.js';
import { Validator } from './validate.js';

let validator: Validator;
beforeAll(() => {
  validator = new Validator(validators());
});

function boardsOf(model: Model | undefined): readonly unknown[] {
  if (model === undefined) throw new Error('there is no model');
  return grafanaDashboards.files(model).map(({ content }) => JSON.parse(content) as unknown);
}

const casesRoot = join(packageRoot, 'test/cases');
const specs: readonly (readonly [name: string, path: string])[] = [
  ['the reference spec', join(packageRoot, 'observability.yaml')],
  ...foldersIn(casesRoot).map((name) => [name, join(casesRoot, name, 'observability.yaml')] as const),
];

describe('every dashboard is of the types of Grafana’s SDK', () => {
  it.each(specs)('in %s', (_, path) => {
    const { model, diagnostics } = analyse(path, testToday);
    expect(hasErrors(diagnostics)).toBe(false);
    for (const board of boardsOf(model)) expect(validator.dashboard(board)).toEqual([]);
  });

  it('with all types of panels and metrics', () => {
    const boards = boardsOf(modelOf(everything()));
    expect(boards).not.toEqual([]);
    for (const board of boards) expect(validator.dashboard(board)).toEqual([]);
  });
});

describe('the types find', () => {
  it('nothing in a board as it is', () => {
    expect(validator.dashboard(seeded())).toEqual([]);
  });

  it.each(faults)('%s', (_, seed, path) => {
    expect(validator.dashboard(seeded(seed)).map((fault) => fault.path)).toEqual([path]);
  });
});
