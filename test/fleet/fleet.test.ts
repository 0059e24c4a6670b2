import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../src/diagnostics/source-file.js';
import { ruleGroupFiles } from '../../src/emit/prometheus/files.js';
import { analyseFleet, type Fleet } from '../../src/fleet/analyse-fleet.js';
import { memoryFiles } from '../../src/spec/layers/imports.js';
import { testToday } from '../support/model.js';
import { inMemory } from './in-memory.js';

interface Service {
  readonly name?: string;
  readonly more?: string;
  readonly selector?: string;
  readonly body?: string;
}

function specOf({ name = 'shop', more = '', selector, body = '' }: Service): string {
  const own = selector === undefined ? '' : `, selector: ${selector}`;
  return `version: 1\nservice: { name: ${name}, owner: team${own}${more} }\n${body}`;
}

function fleetOf(services: readonly Service[], shared = ''): Fleet {
  const files = new Map(
    services.map((each, index) => [`services/${index}/observability.yaml`, specOf(each)]),
  );
  files.set('shared/shared.yaml', shared);
  return analyseFleet([...files.keys()].slice(0, -1), testToday, inMemory(files));
}

const words = ({ across }: Fleet): string[] => across.map(({ code, message }) => `${code} ${message}`);

/** The same, of services that are without errors by themselves. */
function found(fleet: Fleet): string[] {
  const errors = fleet.services.flatMap(({ diagnostics }) =>
    diagnostics.flatMap(({ severity, message }) => (severity === 'error' ? [message] : [])),
  );
  expect(errors).toEqual([]);
  return words(fleet);
}

const a = { name: 'svc-a', selector: '{ job: a }' };
const b = { name: 'svc-b', selector: '{ job: b }' };
const alert = (expr: string): string =>
  `metrics:\n  jobs_total: { type: counter, help: Jobs. }\nalerts:\n  JobsFailing: { expr: '${expr}', severity: ticket, summary: Jobs fail. }\n`;

describe('services beside each other', () => {
  it('that have nothing in common are fine', () => {
    expect(found(fleetOf([a, b]))).toEqual([]);
  });

  it('have names of their own, unless they are in different namespaces: OBS3720', () => {
    expect(found(fleetOf([a, b, { ...a, selector: '{ job: c }' }]))).toEqual([
      'OBS3720 `svc-a` is the name of two services: of services/0/observability.yaml and services/2/observability.yaml',
    ]);
    expect(
      found(
        fleetOf([
          { ...a, more: ', namespace: x' },
          { ...a, more: ', namespace: y' },
        ]),
      ),
    ).toEqual([]);
  });

  it('have alerts of their own names: OBS3721', () => {
    const first = { ...a, body: alert('increase(jobs_total[5m]) > 5') };
    const second = { ...b, body: alert('increase(jobs_total[5m]) > 7') };
    expect(found(fleetOf([first, second]))).toEqual([
      'OBS3721 `JobsFailing` is an alert of svc-b and another one of svc-a',
    ]);
  });

  it('may have one alert in common, in a file that both import', () => {
    const body = 'imports: [../../shared/shared.yaml]\n';
    const fleet = fleetOf(
      [
        { ...a, body },
        { ...b, body },
      ],
      alert('increase(jobs_total[5m]) > 5'),
    );
    expect(fleet.services.every(({ model }) => model?.alerts.has('JobsFailing'))).toBe(true);
    expect(found(fleet)).toEqual([]);
  });

  it('may have the same presets', () => {
    const body = 'presets: [agent, http, node]\n';
    expect(
      found(
        fleetOf([
          { ...a, body },
          { ...b, body },
        ]),
      ),
    ).toEqual([]);
  });

  it('do not record one series, unless the scrape tells them apart: OBS3722', () => {
    // While a metric is being renamed, a rule without labels of its own records it under one name.
    const body =
      'metrics:\n  jobs_total: { type: counter, help: Jobs., renamedFrom: { name: old_jobs_total, until: 2027-01-31 } }\n';
    expect(
      found(
        fleetOf([
          { name: 'svc-a', body },
          { name: 'svc-b', body },
        ]),
      ),
    ).toEqual([
      'OBS3722 svc-b and svc-a both record `jobs_total:bridged`, and nothing tells their series apart',
    ]);
    expect(
      found(
        fleetOf([
          { ...a, body },
          { ...b, body },
        ]),
      ),
    ).toEqual([]);
    expect(
      found(
        fleetOf([
          { ...a, body },
          { ...a, name: 'svc-b', body },
        ]),
      ).length,
    ).toBe(1);
  });

  it('may bring the same records of an exporter, which are one file', () => {
    const body = 'presets: [gpu]\ngpu: { collectors: { nvidia: { source: dcgm } } }\n';
    const fleet = fleetOf([
      { name: 'svc-a', body },
      { name: 'svc-b', body },
    ]);
    for (const { model, diagnostics } of fleet.services) {
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(model && ruleGroupFiles(model).map(({ path }) => path)).toContain(
        'prometheus/rules/dcgm-exporter.yaml',
      );
    }
    expect(found(fleet)).toEqual([]);
  });

  it('mean the same by a label: OBS3723', () => {
    const body = (values: string): string =>
      `labels: { kind: { description: K., values: [${values}] } }\nmetrics:\n  %_total: { type: counter, help: Jobs., labels: [kind] }\n`;
    const fleet = fleetOf([
      { ...a, body: body('x, y').replace('%', 'a') },
      { ...b, body: body('y, z').replace('%', 'b') },
    ]);
    expect(found(fleet)).toEqual([
      'OBS3723 the label `kind` of svc-b is one of y, z; that of svc-a is one of x, y',
    ]);
    const same = fleetOf([
      { ...a, body: body('x, y').replace('%', 'a') },
      { ...b, body: body('y, x').replace('%', 'b') },
    ]);
    expect(found(same)).toEqual([]);
  });

  it('expose a metric as one type: OBS3724', () => {
    const body = (type: string): string => `metrics:\n  depth_seconds: { type: ${type}, help: Depth. }\n`;
    expect(
      found(
        fleetOf([
          { ...a, body: body('gauge') },
          { ...b, body: body('histogram') },
        ]),
      ),
    ).toEqual(['OBS3724 `depth_seconds` is a histogram in svc-b and a gauge in svc-a']);
  });

  it('are looked at as far as they can be read', () => {
    const fleet = fleetOf([{ ...a, body: 'metrics: [\n' }, b, b]);
    expect(fleet.services[0]?.model).toBeUndefined();
    expect(fleet.services[0]?.diagnostics.length).toBeGreaterThan(0);
    expect(words(fleet).map((each) => each.slice(0, 7))).toEqual(['OBS3720']);
  });
});

describe('what several specs import', () => {
  const shared =
    'labels:\n  kind: { description: K., values: [x, y] }\n  region: { description: R., values: [eu, us] }\n';
  const uses = (name: string, label: string): string =>
    `imports: [../../shared/shared.yaml]\nmetrics:\n  ${name}_total: { type: counter, help: Jobs., labels: [${label}] }\n`;

  it('is read once', () => {
    const files = new Map([
      ['a.yaml', specOf({ ...a, body: 'imports: [shared.yaml]\n' })],
      ['b.yaml', specOf({ ...b, body: 'imports: [shared.yaml]\n' })],
      ['shared.yaml', shared],
    ]);
    const store = memoryFiles(files);
    const reads: string[] = [];
    const counting = {
      ...store,
      read(id: string) {
        reads.push(id);
        return store.read(id);
      },
    };
    const fleet = analyseFleet(['a.yaml', 'b.yaml'], testToday, inMemory(files, counting));
    expect(reads).toEqual(['a.yaml', 'shared.yaml', 'b.yaml']);
    const sharedOf = (index: number): SourceFile | undefined =>
      fleet.services[index]?.loaded?.files.find(({ path }) => path === 'shared.yaml');
    expect(sharedOf(0)).toBe(sharedOf(1));
    expect(sharedOf(0)).toBeDefined();
  });

  it('is of use where one of them uses it', () => {
    const codesOf = (fleet: Fleet): string[] =>
      fleet.services.flatMap(({ diagnostics }) => diagnostics.map(({ message }) => message));
    const both = fleetOf(
      [
        { ...a, body: uses('a', 'kind') },
        { ...b, body: uses('b', 'region') },
      ],
      shared,
    );
    expect(codesOf(both)).toEqual([]);
    const one = fleetOf(
      [
        { ...a, body: uses('a', 'kind') },
        { ...b, body: uses('b', 'kind') },
      ],
      shared,
    );
    expect(new Set(codesOf(one))).toEqual(new Set(['no metric and no span uses the label `region`']));
  });
});
