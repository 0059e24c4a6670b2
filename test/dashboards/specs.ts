import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allDashboards } from '../../src/dashboards/index.js';
import type { Dashboard, Model, Panel } from '../../src/model/model.js';
import { modelOf } from '../support/model.js';

/** Real specs: one with most presets, one without any, one small. */
export const cases = ['research-agent', 'ims-core', 'alex'];

const models = new Map<string, Model>();

/** The model of a case, made once. */
export function modelOfCase(name: string): Model {
  const found = models.get(name);
  if (found !== undefined) return found;
  const path = join(import.meta.dirname, '../cases', name, 'observability.yaml');
  const model = modelOf(readFileSync(path, 'utf8'));
  models.set(name, model);
  return model;
}

/** A small spec with sections of its own. */
export function specWith(sections: string, service = 's'): string {
  return `version: 1\nservice: { name: ${service} }\n${sections}`;
}

/** Dashboards that nobody wrote. */
export function madeOf(model: Model): readonly Dashboard[] {
  return allDashboards(model).filter(({ topic }) => topic !== undefined);
}

/** The names of the dashboards that a spec gets without asking. */
export function namesOf(spec: string): readonly string[] {
  return madeOf(modelOf(spec)).map(({ name }) => name);
}

export function boardNamed(model: Model, name: string): Dashboard {
  const found = allDashboards(model).find((board) => board.name === name);
  if (found === undefined) throw new Error(`no dashboard ${name}`);
  return found;
}

export function panelsOf({ rows }: Dashboard): readonly Panel[] {
  return rows.flatMap(({ panels }) => panels);
}

/** A panel by its title. */
export function panelTitled(board: Dashboard, title: string): Panel {
  const found = panelsOf(board).find((panel) => panel.title === title);
  if (found === undefined)
    throw new Error(
      `no panel ${title} among ${panelsOf(board)
        .map((each) => each.title)
        .join(', ')}`,
    );
  return found;
}
