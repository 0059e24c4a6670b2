import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { violations } from '../../src/spec/schema/validator.js';
import type { Plain } from '../../src/spec/plain.js';
import { head, load } from './support.js';
import { runs } from '../support/long.js';

/** Every section once, without the presets, which would be most of the work. */
const reference = readFileSync(join(import.meta.dirname, 'fixtures/reference.yaml'), 'utf8').replace(
  /^presets: .*$/m,
  '',
);

function repaired(yaml: string): { spec: Record<string, unknown>; repaired: Record<string, string[]> } {
  const { value } = load(yaml);
  if (value === undefined) throw new Error('no spec');
  const spec = JSON.parse(JSON.stringify(value.spec)) as Record<string, unknown>;
  return {
    spec,
    repaired: Object.fromEntries([...value.repaired].map(([entry, keys]) => [entry, [...keys]])),
  };
}

describe('repair', () => {
  it.each<readonly [string, unknown, Record<string, string[]>]>([
    ['logs: { level: warning }', { level: 'warn' }, { '/logs': ['level'] }],
    ['logs: { format: 7 }', {}, { '/logs': ['format'] }],
    ['logs: { zzz: 7, level: info }', { level: 'info' }, { '/logs': ['zzz'] }],
    [
      'labels: { a: { description: A., cap: 0 } }',
      { a: { description: 'A.', cap: 1 } },
      { '/labels/a': ['cap'] },
    ],
    [
      'metrics: { a_total: { type: counter } }',
      { a_total: { type: 'counter', help: 'Requests finished, by how they ended.' } },
      { '/metrics/a_total': ['help'] },
    ],
    ['health: { a: { timeout: 5 min } }', { a: { timeout: '5m' } }, { '/health/a': ['timeout'] }],
    [
      'slos: { a: { sli: b, objective: 100, period: 7d } }',
      { a: { sli: 'b', objective: 99.5, period: '7d' } },
      { '/slos/a': ['objective'] },
    ],
    ['slis: { a: { unit: ratio } }', { a: { unit: 'ratio', query: 'vector(0)' } }, { '/slis/a': ['query'] }],
    [
      'slis: { a: { events: { total: x, good: y, bad: z } } }',
      { a: { events: { total: 'x', good: 'y' } } },
      { '/slis/a': ['events'] },
    ],
    [
      'labels: { a: { description: A., values: [200, b, b] } }',
      { a: { description: 'A.', values: ['200', 'b'] } },
      { '/labels/a': ['values'] },
    ],
    [
      'metrics: { a-b: { type: gauge, help: A. } }',
      { a_b: { type: 'gauge', help: 'A.' } },
      { '/metrics': ['a-b'] },
    ],
    [
      'metrics: { a: 5 }',
      { a: { type: 'counter', help: 'Requests finished, by how they ended.' } },
      { '/metrics': ['a'], '/metrics/a': ['type', 'help'] },
    ],
  ])('of %s keeps what can be kept', (line, section, log) => {
    const outcome = repaired(`${head}${line}\n`);
    expect(outcome.spec[line.slice(0, line.indexOf(':'))]).toEqual(section);
    expect(outcome.repaired).toEqual(log);
  });

  it('makes up what an alias stands for, without a finding of its own', () => {
    const yaml = `${head}alerts: { A: { expr: *x, severity: page, summary: *y, for: *z } }\nmetrics: { m: *a }\n`;
    expect(load(yaml).diagnostics.map(({ code }) => code)).toEqual([
      'OBS1005',
      'OBS1005',
      'OBS1005',
      'OBS1005',
    ]);
    expect(repaired(yaml).spec['alerts']).toEqual({
      A: { severity: 'page', summary: 'The queue is too long.', expr: 'vector(0)' },
    });
    expect(repaired(yaml).repaired).toEqual({ '/alerts/A': ['expr', 'for', 'summary'] });
  });

  it('leaves the tree as the user wrote it', () => {
    const { value } = load(`${head}logs: { level: warning }\n`);
    const logs = value?.root.entries.get('logs')?.value;
    const level = logs?.kind === 'map' ? logs.entries.get('level')?.value : undefined;
    expect(level?.kind === 'scalar' ? level.value : undefined).toBe('warning');
  });

  it('makes something valid of anything in the place of anything', () => {
    const text = JSON.stringify(load(reference).value?.spec);
    const paths = pathsOf(JSON.parse(text) as Plain);
    const anything = fc.constantFrom<Plain>(
      null,
      true,
      -1,
      1e300,
      0.5,
      '',
      'x',
      'a b',
      '5 min',
      [],
      ['x', 'x'],
      [[1]],
      {},
      { a: 1 },
      { preset: 1 },
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...paths), anything), { minLength: 1, maxLength: 6 }),
        (changes) => {
          const spec = JSON.parse(text) as Plain;
          for (const [path, value] of changes) change(spec, path, value);
          const { value, diagnostics } = load(JSON.stringify(spec));
          expect(value).toBeDefined();
          expect(violations(value?.spec as unknown as Plain)).toEqual([]);
          if ((value?.repaired.size ?? 0) > 0)
            expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
        },
      ),
      { numRuns: runs(200) },
    );
  });
});

function pathsOf(value: Plain, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return path.length === 0 ? [] : [path];
  const below = Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...path, key]));
  return path.length === 0 ? below : [path, ...below];
}

function change(root: Plain, path: readonly string[], value: Plain): void {
  let node = root as Record<string, Plain>;
  for (const step of path.slice(0, -1)) {
    const next = node[step];
    if (typeof next !== 'object' || next === null) return;
    node = next as Record<string, Plain>;
  }
  node[path.at(-1) ?? ''] = value;
}
