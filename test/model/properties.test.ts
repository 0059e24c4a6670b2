import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isMap, parseDocument, type Document } from 'yaml';
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
      { numRuns: 60 },
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
