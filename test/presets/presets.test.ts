import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../../src/package-root.js';
import { presetDescription, presetNames, presetsTogether, presetText } from '../../src/spec/presets.js';
import { checkedModel, specOf, totalWorstCase, worstCase } from './preset-model.js';

/** Sections that only a service can fill in: a preset that brought one of them would force it on everybody. */
const ownSections = ['service', 'presets', 'imports', 'target', 'budgets', 'suppress', 'slos', 'dashboards'];

/** Last words of names that measure something without a unit: numbers of things, flags, states. */
const unitless = new Set([
  'action',
  'capacity',
  'depth',
  'devices',
  'documents',
  'entries',
  'fds',
  'handles',
  'info',
  'keys',
  'loss',
  'norm',
  'pending',
  'rate',
  'requests',
  'resources',
  'rows',
  'runs',
  'score',
  'steps',
  'stuck',
  'throttled',
  'active',
  'up',
  'usage',
  'workers',
]);
const units = new Set(['seconds', 'bytes', 'ratio', 'usd', 'celsius', 'watts', 'joules', 'hertz']);

function sectionOf(preset: string, section: string): Readonly<Record<string, unknown>> {
  const content = parse(presetText(preset)) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  return content[section] ?? {};
}

describe('presets', () => {
  it('are the files in presets/, each with a name in the schema', () => {
    const files = readdirSync(join(packageRoot, 'presets')).filter((name) => name.endsWith('.yaml'));
    expect(files.sort()).toEqual(presetNames.map((name) => `${name}.yaml`).sort());
    expect(() => presetText('../package')).toThrow(RangeError);
  });

  it.each(presetNames)('%s says in its first line what it is for', (name) => {
    expect(presetText(name).startsWith('# ')).toBe(true);
    expect(presetDescription(presetText(name))).toMatch(/^[A-Z].{20,100}\.$/);
  });

  it.each(presetNames)('%s has no finding of its own', (name) => {
    const { model, diagnostics } = checkedModel(specOf([name]));
    expect(diagnostics).toEqual([]);
    expect(model.metrics.size + model.external.size).toBeGreaterThan(0);
  });

  it.each(presetNames)('%s forces no section on the service', (name) => {
    const sections = Object.keys(parse(presetText(name)) as object);
    expect(sections.filter((section) => ownSections.includes(section))).toEqual([]);
    // What the runtime exposes by itself cannot be declared as a metric of the service.
    const declared = name === 'telemetry' ? ['external'] : ['labels', 'metrics'];
    expect(sections).toEqual(expect.arrayContaining([...declared, 'alerts']));
  });

  it('have no finding together', () => {
    expect(checkedModel(specOf(presetNames)).diagnostics).toEqual([]);
  });

  it.each(['metrics', 'spans', 'alerts'])('share no name in %s', (section) => {
    const owners = new Map<string, string>();
    for (const preset of presetNames) {
      for (const name of Object.keys(sectionOf(preset, section))) {
        expect(owners.get(name), `${name} is in ${preset} too`).toBeUndefined();
        owners.set(name, preset);
      }
    }
    expect(owners.size).toBeGreaterThan(0);
  });

  it.each(presetNames)('%s uses every label that it declares', (name) => {
    const { model } = checkedModel(specOf([name]));
    const used = new Set(
      [...model.metrics.values()].flatMap((metric) => metric.labels.map((label) => label.key)),
    );
    expect([...model.labels.keys()].filter((key) => !used.has(key))).toEqual([]);
  });

  it('bring what joins them only where a spec has all of them', () => {
    for (const { of } of presetsTogether) {
      const alone = of.flatMap((name) => [...checkedModel(specOf([name])).model.alerts.keys()]);
      const together = [...checkedModel(specOf(of)).model.alerts.keys()];
      const without = checkedModel(specOf(presetNames.filter((name) => name !== of[0]))).model.alerts;
      const joint = together.filter((name) => !alone.includes(name));
      expect(joint.length).toBeGreaterThan(0);
      expect(joint.filter((name) => without.has(name))).toEqual([]);
    }
  });

  it('give the cost metric to the preset cost', () => {
    expect(Object.keys(sectionOf('cost', 'metrics'))).toContain('agent_cost_usd_total');
  });
});

describe('budgets of the presets', () => {
  const all = checkedModel(specOf(presetNames)).model;

  it.each([...all.metrics.values()].map((metric) => [metric.name, metric] as const))(
    '%s stays under 4,000 series',
    (_, metric) => {
      expect(worstCase(metric)).toBeLessThan(4000);
    },
  );

  it('hold for the five that a model service takes', () => {
    const { model } = checkedModel(specOf(['agent', 'http', 'node', 'security', 'cost']));
    expect(totalWorstCase(model.metrics.values())).toBeLessThan(40_000);
  });
});

describe('names of preset metrics', () => {
  const metrics = [...checkedModel(specOf(presetNames)).model.metrics.values()];

  it.each(metrics.map((metric) => [metric.name, metric] as const))(
    '%s follows the conventions',
    (name, metric) => {
      expect(name).toMatch(/^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$/);
      expect(name.endsWith('_total')).toBe(metric.type === 'counter');
      const lastWord =
        name
          .replace(/_total$/, '')
          .split('_')
          .at(-1) ?? '';
      if (metric.type !== 'counter') expect(units.has(lastWord) || unitless.has(lastWord)).toBe(true);
      if (metric.type === 'histogram' && units.has(lastWord)) expect(metric.unit).toBe(lastWord);
      expect(metric.help).toMatch(/^[A-Z0-9].*\.$/);
    },
  );

  it('keep reasons of failures off histograms', () => {
    const wires = metrics
      .filter((metric) => metric.type === 'histogram')
      .flatMap((metric) => metric.labels.map((label) => label.wire));
    expect(wires).not.toContain('error_type');
    expect(wires).not.toContain('reason');
  });

  it('carry no label that has a value for each user, session or request', () => {
    const wires = new Set(metrics.flatMap((metric) => metric.labels.map((label) => label.wire)));
    for (const forbidden of [
      'user',
      'session',
      'conversation',
      'run',
      'request',
      'prompt',
      'url',
      'path',
      'pid',
    ]) {
      expect([...wires].filter((wire) => wire.split('_').includes(forbidden))).toEqual([]);
    }
  });
});
