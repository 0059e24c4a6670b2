import { expect, it } from 'vitest';
import { allDashboards } from '../../src/dashboards/index.js';
import { modelOf } from '../support/model.js';
import { boardNamed, panelsOf, specWith } from './specs.js';

const metrics = `metrics:
  llm_calls_total: { type: counter, help: Calls. }
  llm_retries_total: { type: counter, help: Retries. }
`;
const authored = (name: string, metric: string): string => `dashboards:
  ${name}: { title: Mine, rows: [{ title: R, panels: [{ title: P, type: stat, metric: ${metric} }] }] }
`;

it('a dashboard of the author takes the place of the one of its name', () => {
  const model = modelOf(specWith(metrics + authored('models', 'llm_calls_total')));
  const models = allDashboards(model).filter(({ name }) => name === 'models');
  expect(models.map(({ title, topic }) => [title, topic])).toEqual([['Mine', undefined]]);
});

it('what it leaves out goes to the service', () => {
  const model = modelOf(specWith(metrics + authored('models', 'llm_calls_total')));
  const shown = panelsOf(boardNamed(model, 'service')).flatMap(({ source }) =>
    source.kind === 'metric' ? [source.metric.name] : [],
  );
  expect(shown).toContain('llm_retries_total');
  expect(shown).not.toContain('llm_calls_total');
});

it('of another name, it stands beside what is made', () => {
  const model = modelOf(specWith(metrics + authored('mine', 'llm_calls_total')));
  expect(allDashboards(model).map(({ name }) => name)).toEqual(['mine', 'service', 'models', 'telemetry']);
});

it('is still what counts as a reader of a metric', () => {
  const model = modelOf(specWith(metrics + authored('mine', 'llm_calls_total')));
  expect(model.metrics.get('llm_calls_total')?.readers).toEqual(['dashboard mine']);
  expect(model.metrics.get('llm_retries_total')?.readers).toEqual([]);
});

it('every panel points into the spec', () => {
  const model = modelOf(specWith(metrics));
  for (const board of allDashboards(model)) {
    for (const { origin } of panelsOf(board)) expect(origin.key.start).toBeGreaterThan(0);
  }
});
