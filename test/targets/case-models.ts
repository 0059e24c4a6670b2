import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from '../../src/analyse.js';
import { renderPretty } from '../../src/diagnostics/render/pretty.js';
import type { Model, Target } from '../../src/model/model.js';
import { foldersIn } from '../support/directory.js';
import { testToday } from '../support/model.js';

const root = join(import.meta.dirname, '..', 'cases');

/** The specs of test/cases, each with its name. */
export function caseModels(): readonly (readonly [name: string, model: Model])[] {
  return foldersIn(root).map((name) => {
    const { model, diagnostics } = analyse(join(root, name, 'observability.yaml'), testToday);
    if (model === undefined) throw new Error(renderPretty(diagnostics, { color: false }));
    return [name, model];
  });
}

/** The text of a case's spec. */
export function caseText(name: string): string {
  return readFileSync(join(root, name, 'observability.yaml'), 'utf8');
}

/** A model for another server. */
export function withTarget(model: Model, dialect: Target['prometheus']['dialect'], version: string): Model {
  return {
    ...model,
    target: { ...model.target, prometheus: { ...model.target.prometheus, dialect, version } },
  };
}
