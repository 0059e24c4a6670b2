import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isMap, parseDocument, visit, type Document } from 'yaml';
import { check } from '../../src/model/checks/index.js';
import { resolve } from '../../src/model/resolve.js';
import { worstCaseSeries } from '../../src/model/series.js';
import { loadSpecText } from '../../src/spec/load.js';
import { shown, today } from './spec.js';

const text = readFileSync(join(import.meta.dirname, 'whole.yaml'), 'utf8');

type Path = readonly (string | number)[];

/** The entries of all sections: what can be taken out of a spec one by one. */
function entriesOf(document: Document): Path[] {
  const paths: Path[] = [];
  const { contents } = document;
  if (!isMap(contents)) throw new Error('a spec is a map');
  for (const { key } of contents.items) {
    const section = String(key);
    if (section === 'version' || section === 'service') continue;
    paths.push([section]);
    const value = document.get(section);
    if (isMap(value)) for (const entry of value.items) paths.push([section, String(entry.key)]);
  }
  return paths;
}

function analysed(yaml: string) {
  const loaded = loadSpecText(new Map([['observability.yaml', yaml]]), 'observability.yaml');
  if (loaded.value === undefined) throw new Error('not even a spec');
  const { value: model, diagnostics } = resolve(loaded.value);
  if (model === undefined) throw new Error('resolve always makes a model');
  return {
    model,
    diagnostics: [...loaded.diagnostics, ...diagnostics, ...check(model, loaded.value, today)],
  };
}

describe('a spec from which entries are missing', () => {
  const paths = entriesOf(parseDocument(text));

  it('is whole at first', () => {
    expect(paths.length).toBeGreaterThan(30);
    expect(analysed(text).diagnostics.map(shown)).toEqual([]);
  });

  it('always has a model, findings with places, and the same ones each time', () => {
    fc.assert(
      fc.property(fc.subarray(paths), (removed) => {
        const document = parseDocument(text);
        for (const path of removed) if (document.hasIn(path)) document.deleteIn(path);
        const yaml = String(document);
        const { model, diagnostics } = analysed(yaml);
        for (const { range } of diagnostics) {
          expect(range).toBeDefined();
          expect(range?.end).toBeLessThanOrEqual(yaml.length);
        }
        for (const metric of model.metrics.values()) expect(worstCaseSeries(metric)).toBeGreaterThan(0);
        expect(analysed(yaml).diagnostics.map(shown)).toEqual(diagnostics.map(shown));
      }),
      { numRuns: 40 },
    );
  });

  it('has no finding in what does not depend on what is missing', () => {
    for (const path of paths.filter(([section]) => section === 'dashboards' || section === 'slos')) {
      const document = parseDocument(text);
      document.deleteIn(path);
      for (const { range } of analysed(String(document)).diagnostics) {
        expect(range?.source.text.slice(range.start, range.end)).not.toMatch(/^(?:agent|tool|calls_total)$/);
      }
    }
  });
});

describe('a spec in which values are exchanged', () => {
  /** What nobody expects at most places: other types, empty ones, names that every object has, queries that are none. */
  const strange = fc.constantFrom<unknown>(
    null,
    0,
    -1.5,
    true,
    '',
    [],
    {},
    ['x', 7],
    '__proto__',
    'constructor',
    'runs_total',
    'agent',
    'sum(',
    '{{ $labels.x',
    '1h',
  );

  it('has a model and findings with places, whatever the values are', () => {
    const places: (readonly [number, number])[] = [];
    visit(parseDocument(text), {
      Scalar: (key, { range }) => {
        if (key !== 'key' && range) places.push([range[0], range[1]]);
      },
    });
    const exchange = fc.tuple(fc.constantFrom(...places), strange);
    fc.assert(
      fc.property(fc.array(exchange, { minLength: 1, maxLength: 4 }), (exchanges) => {
        const inReverse = [...exchanges].sort(([[a]], [[b]]) => b - a);
        let yaml = text;
        for (const [[start, end], value] of inReverse) {
          yaml = `${yaml.slice(0, start)}${JSON.stringify(value)}${yaml.slice(end)}`;
        }
        const loaded = loadSpecText(new Map([['observability.yaml', yaml]]), 'observability.yaml');
        if (loaded.value === undefined) return;
        const { value: model, diagnostics } = resolve(loaded.value);
        if (model === undefined) throw new Error('resolve always makes a model');
        for (const { range } of [...diagnostics, ...check(model, loaded.value, today)]) {
          expect(range).toBeDefined();
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('names that every object has', () => {
  it('are names like any other', () => {
    const { model, diagnostics } = analysed(`version: 1
service: { name: shop }
labels:
  constructor: { description: A., values: [toString, __proto__] }
  hasOwnProperty: { description: B., cap: 3 }
metrics:
  __proto__: { type: gauge, help: A., labels: [constructor] }
  valueOf: { type: gauge, help: B., labels: [hasOwnProperty] }
  toString_total: { type: counter, help: C. }
  valueOf_total: { type: counter, help: D. }
spans:
  __proto__: { kind: internal, attributes: { constructor: { label: constructor }, toString: { type: int } } }
slis:
  toString: { events: { total: toString_total, bad: valueOf_total } }
slos:
  constructor: { sli: toString, objective: 99, period: 30d }
alerts:
  constructor: { expr: 'max by (constructor) (valueOf) > 1', severity: info, summary: '{{ $labels.constructor }}' }
  toString: { expr: 'toString_total{constructor="toString"} > 1', severity: info, summary: x }
`);
    expect([...model.labels.keys()]).toEqual(['constructor', 'hasOwnProperty']);
    expect([...model.metrics.keys()]).toEqual(['__proto__', 'valueOf', 'toString_total', 'valueOf_total']);
    expect(model.metrics.get('__proto__')?.labels[0]).toBe(model.labels.get('constructor'));
    expect(model.metrics.get('toString_total')?.readers).toEqual(['alert toString', 'slo constructor']);
    const unknown = diagnostics.filter(({ code }) => code === 'OBS3111');
    expect(unknown.map(shown)).toEqual(['OBS3111 18:33 constructor', 'OBS3111 19:37 constructor']);
  });
});
