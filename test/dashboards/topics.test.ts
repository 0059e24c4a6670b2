import { expect, it } from 'vitest';
import { modelOf } from '../support/model.js';
import { cases, madeOf, modelOfCase, namesOf, panelsOf, specWith } from './specs.js';

const counter = (name: string): string => `${name}: { type: counter, help: Things. }`;
const gauge = (name: string): string => `${name}: { type: gauge, help: Things. }`;

/** A metric for each topic that is there only where its metrics are. */
const witnesses: readonly (readonly [topic: string, metric: string])[] = [
  ['agents', counter('tool_calls_total')],
  ['models', counter('llm_calls_total')],
  ['cost', counter('spent_usd_total')],
  ['runtime', gauge('process_resident_memory_bytes')],
  ['gpu', gauge('gpu_temperature_celsius')],
  ['security', counter('policy_violations_total')],
];

it.each(witnesses)('%s appears where its metrics are, and no other topic does', (topic, metric) => {
  expect(namesOf(specWith(`metrics: { ${metric} }`))).toEqual(['service', topic, 'telemetry']);
});

it.each(witnesses)('%s does not appear without its metrics', (topic) => {
  const others = witnesses.filter(([other]) => other !== topic).map(([, metric]) => metric);
  expect(namesOf(specWith(`metrics: { ${others.join(', ')} }`))).not.toContain(topic);
});

it('a spec without metrics has no dashboards', () => {
  expect(namesOf(specWith(''))).toEqual([]);
});

it('what is about nothing in particular has the service and its telemetry', () => {
  expect(namesOf(specWith(`metrics: { ${counter('things_total')} }`))).toEqual(['service', 'telemetry']);
});

const objectives = `
metrics: { ${counter('things_total')}, ${counter('bad_things_total')} }
slis: { good: { events: { total: things_total, bad: bad_things_total } } }
slos: { first: { sli: good, objective: 99, period: 30d }, second: { sli: good, objective: 99, period: 7d } }
`;

it('each objective has a dashboard, and all of them one together', () => {
  expect(namesOf(specWith(objectives))).toEqual(['service', 'slos', 'slo-first', 'slo-second', 'telemetry']);
});

it('a page of an objective shows its period', () => {
  const boards = madeOf(modelOf(specWith(objectives)));
  expect(boards.find(({ name }) => name === 'slo-first')?.from).toBe('now-30d');
  expect(boards.find(({ name }) => name === 'slo-second')?.from).toBe('now-7d');
});

it('a page of an objective shows no more than is kept', () => {
  const kept = `target: { prometheus: { retention: 15d } }\n${objectives.replace('period: 30d', 'period: 10d')}`;
  expect(madeOf(modelOf(specWith(kept))).find(({ name }) => name === 'slo-first')?.from).toBe('now-10d');
});

it.each([
  ['[]', []],
  ['[service]', ['service']],
  ['[slo, telemetry]', ['slo-first', 'slo-second', 'telemetry']],
])('target.grafana.boards: %s', (boards, names) => {
  expect(namesOf(specWith(`target: { grafana: { boards: ${boards} } }\n${objectives}`))).toEqual(names);
});

it('refuses topics that are none', () => {
  expect(() => modelOf(specWith(`target: { grafana: { boards: [servce] } }\n${objectives}`))).toThrow(
    /OBS2\d{3}/,
  );
});

it.each(cases)('%s has no empty row, no two panels of one title in a row, and no title left out', (name) => {
  for (const board of madeOf(modelOfCase(name))) {
    for (const row of board.rows) {
      const titles = row.panels.map(({ title }) => title);
      expect(titles.length).toBeGreaterThan(0);
      expect(new Set(titles).size).toBe(titles.length);
      expect(titles).not.toContain('');
    }
    for (const { description } of panelsOf(board)) expect(description?.length).toBeGreaterThan(10);
  }
});

it.each(cases)(
  '%s has about twenty open panels on a page at the most, and something open on each',
  (name) => {
    for (const { rows } of madeOf(modelOfCase(name))) {
      const open = rows.filter(({ collapsed }) => collapsed !== true).flatMap(({ panels }) => panels);
      expect(open.length).toBeGreaterThan(0);
      expect(open.length).toBeLessThanOrEqual(25);
    }
  },
);

it('the given specs have the boards that their metrics are for', () => {
  const names = (name: string) => madeOf(modelOfCase(name)).map((board) => board.name);
  expect(names('ims-core')).toEqual([
    ...['service', 'slos', 'slo-availability', 'slo-latency'],
    ...['agents', 'models', 'cost', 'security', 'telemetry'],
  ]);
  expect(names('alex')).toEqual(['service', 'slos', 'slo-llm', 'agents', 'models', 'cost', 'telemetry']);
  expect(names('research-agent')).toEqual(
    expect.arrayContaining([
      'service',
      'slos',
      'agents',
      'models',
      'cost',
      'runtime',
      'gpu',
      'security',
      'telemetry',
    ]),
  );
});
