import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { packageRoot } from '../../src/package-root.js';
import { presetNames } from '../../src/spec/presets.js';
import { checkedModel, totalWorstCase } from './preset-model.js';

function specWith(name: string, presets: readonly string[]): string {
  const document = parseDocument(
    readFileSync(join(packageRoot, 'test', 'cases', name, 'observability.yaml'), 'utf8'),
  );
  document.set('presets', presets);
  document.setIn(['budgets', 'seriesPerInstance'], 200_000);
  return document.toString();
}

/** Presets that a spec cannot do without, because its own alerts read their metrics. */
const needed: Readonly<Record<string, readonly string[]>> = { 'research-agent': ['cost', 'security'] };

describe.each(['research-agent', 'alex', 'ims-core'])('the spec %s', (name) => {
  it.each(presetNames)('takes the preset %s', (preset) => {
    const { model } = checkedModel(specWith(name, [...new Set([preset, ...(needed[name] ?? [])])]));
    const entries = [...model.metrics.values(), ...model.external.values()];
    expect(entries.some(({ origin }) => origin.preset === preset)).toBe(true);
  });

  it('takes all presets together', () => {
    const { model } = checkedModel(specWith(name, presetNames));
    const own = [...model.metrics.values()].filter((metric) => metric.origin.preset === undefined);
    expect(own.length).toBeGreaterThan(0);
    expect(model.metrics.size).toBeGreaterThan(own.length + presetNames.length);
  });
});

describe('the reference spec', () => {
  it('stays within its budget with its five presets', () => {
    const yaml = readFileSync(
      join(packageRoot, 'test', 'cases', 'research-agent', 'observability.yaml'),
      'utf8',
    );
    const { model } = checkedModel(yaml);
    expect(model.budgets.seriesPerInstance).toBe(60_000);
    expect(totalWorstCase(model.metrics.values())).toBeLessThan(60_000);
  });
});
