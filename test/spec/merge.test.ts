import { describe, expect, it } from 'vitest';
import { presetNames } from '../../src/spec/presets.js';
import { presetTree } from '../../src/spec/layers/preset-layer.js';
import { locate, type Located } from '../../src/spec/located.js';
import { limits } from '../../src/spec/limits.js';
import { head, lines, load } from './support.js';

const metric = (name: string, more = '') => `metrics:\n  ${name}: { type: counter, help: A.${more} }\n`;

describe('imports', () => {
  it('put the entries of several files together, the main one first', () => {
    const { value, diagnostics } = load({
      'spec.yaml': `${head}imports: [parts/a.yaml, b.yaml]\n${metric('m_total')}`,
      'parts/a.yaml': `version: 1\nimports: [../b.yaml]\n${metric('a_total')}logs: { events: { x: { message: X. } } }\n`,
      'b.yaml': `${metric('b_total')}logs: { level: warn, events: { y: { message: Y. } } }\nsuppress: [{ code: OBS3018, at: labels.x, reason: later }]\n`,
    });
    expect(lines(diagnostics)).toEqual([]);
    expect(Object.keys(value?.spec.metrics ?? {})).toEqual(['m_total', 'a_total', 'b_total']);
    expect(JSON.parse(JSON.stringify(value?.spec.logs))).toEqual({
      level: 'warn',
      events: { x: { message: 'X.' }, y: { message: 'Y.' } },
    });
    expect(value?.files.map(({ path }) => path)).toEqual(['spec.yaml', 'parts/a.yaml', 'b.yaml']);
  });

  it('report what stands in two files with both places', () => {
    const { diagnostics } = load({
      'spec.yaml': `${head}imports: [a.yaml]\n${metric('m_total')}logs: { level: info }\n`,
      'a.yaml': `version: 1\nservice: { name: shop }\n${metric('m_total')}logs: { level: info }\n`,
    });
    expect(lines(diagnostics)).toEqual([
      'OBS2101 a.yaml:2:12-2:16 `service.name` stands in two files',
      'OBS2101 a.yaml:4:3-4:10 `metrics.m_total` stands in two files',
      'OBS2101 a.yaml:5:9-5:14 `logs.level` stands in two files',
    ]);
    expect(diagnostics[1]?.related.map(({ range, message }) => [range.source.path, message])).toEqual([
      ['spec.yaml', 'it stands in spec.yaml too'],
    ]);
  });

  it('report findings in the file that holds them', () => {
    const { diagnostics } = load({
      'spec.yaml': `${head}imports: [a.yaml]\n`,
      'a.yaml': 'metrics: { m: { type: gouge, help: A. } }\nimports: [/x.yaml]\n',
    });
    expect(lines(diagnostics)).toEqual([
      'OBS2004 a.yaml:1:23-1:28 `gouge` is none of `counter`, `gauge` and `histogram`',
      'OBS2007 a.yaml:2:11-2:18 `/x.yaml` is not a relative path of a YAML file',
    ]);
  });

  it('may not lead in a circle', () => {
    const { value, diagnostics } = load({
      'spec.yaml': `${head}imports: [a.yaml, spec.yaml]\n`,
      'a.yaml': 'imports: [b.yaml]\n',
      'b.yaml': `imports: [./a.yaml]\n${metric('b_total')}`,
    });
    expect(lines(diagnostics)).toEqual([
      'OBS1022 3:19-3:28 import `spec.yaml` leads back: the file imports itself',
      'OBS1022 b.yaml:1:11-1:19 import `./a.yaml` leads back: the file imports itself through `b.yaml`',
    ]);
    expect(Object.keys(value?.spec.metrics ?? {})).toEqual(['b_total']);
  });

  it('that are missing are reported where they are named', () => {
    const { value, diagnostics } = load(`${head}imports: [a/b.yaml]\n`);
    expect(lines(diagnostics)).toEqual([
      'OBS1021 3:11-3:19 import `a/b.yaml` cannot be read: there is no such file',
    ]);
    expect(value).toBeDefined();
  });

  it('are not compiled where one of them holds no tree', () => {
    const outcome = load({ 'spec.yaml': `${head}imports: [a.yaml]\n`, 'a.yaml': '- 1\n' });
    expect(lines(outcome.diagnostics)).toEqual([
      'OBS1019 a.yaml:1:1-1:4 a spec is a map of sections, and this is not a map',
    ]);
    expect(outcome.value).toBeUndefined();
  });

  it('are bounded in number (OBS1023)', () => {
    const names = Array.from({ length: limits.importedFiles + 10 }, (_, index) => `f${index}.yaml`);
    const files: Record<string, string> = { 'spec.yaml': `${head}imports: [f0.yaml]\n` };
    names.forEach((name, index) => {
      files[name] = index + 1 < names.length ? `imports: [f${index + 1}.yaml]\n` : 'logs: {}\n';
    });
    const { diagnostics } = load(files);
    expect(lines(diagnostics)).toEqual(['OBS1023 f49.yaml:1:11-1:19 more than 50 files are imported']);
  });
});

describe('a spec over its presets', () => {
  const labelsOf = (yaml: string) => {
    const { value } = load(yaml);
    const metrics = value?.spec.metrics ?? {};
    return Object.fromEntries(Object.entries(metrics).map(([name, each]) => [name, each.labels]));
  };

  it('has their entries behind its own, each with the name of its preset', () => {
    const { value, diagnostics } = load(`${head}presets: [agent]\n${metric('m_total')}`);
    expect(diagnostics).toEqual([]);
    const metrics = value === undefined ? undefined : locate(value.root, ['metrics']);
    const entries = metrics?.kind === 'map' ? [...metrics.entries] : [];
    expect(entries[0]?.[0]).toBe('m_total');
    expect(entries[0]?.[1].preset).toBeUndefined();
    expect(entries.slice(1).every(([, entry]) => entry.preset === 'agent')).toBe(true);
    expect(value?.files.at(-1)?.path).toBe('obs-gen:presets/agent.yaml');
  });

  it('names their labels by preset and label, in every reference', () => {
    for (const preset of presetNames) {
      const { value, diagnostics } = load(`${head}presets: [${preset}]\n`);
      expect(lines(diagnostics)).toEqual([]);
      const labels = new Set(Object.keys(value?.spec.labels ?? {}));
      for (const label of labels) expect(label.startsWith(`${preset}.`)).toBe(true);
      for (const metric of Object.values(value?.spec.metrics ?? {})) {
        for (const label of metric.labels ?? [])
          expect(labels.has(label) || label.includes('.'), label).toBe(true);
      }
    }
  });

  it('keeps a label of its own apart from theirs', () => {
    const { value } = load(
      `${head}presets: [agent]\nlabels: { outcome: { description: Mine., values: [a] } }\n`,
    );
    expect(value?.spec.labels?.['outcome']?.values).toEqual(['a']);
    expect(value?.spec.labels?.['agent.outcome']?.values).not.toEqual(['a']);
  });

  it('replaces keys, lists whole, and merges maps', () => {
    const { value, diagnostics } = load(
      `${head}presets: [agent]\nlabels:\n  agent.tool: { cap: 7 }\nmetrics:\n  agent_runs_total: { owner: me }\n`,
    );
    expect(lines(diagnostics)).toEqual([]);
    expect(value?.spec.labels?.['agent.tool']).toMatchObject({ cap: 7, registered: true });
    expect(value?.spec.metrics?.['agent_runs_total']).toMatchObject({ owner: 'me', type: 'counter' });
  });

  it('removes with null', () => {
    const before = Object.keys(labelsOf(`${head}presets: [agent]\n`));
    const after = Object.keys(labelsOf(`${head}presets: [agent]\nmetrics: { agent_runs_total: ~ }\n`));
    expect(before.filter((name) => !after.includes(name))).toEqual(['agent_runs_total']);
    const { value } = load(`${head}presets: [agent]\nlabels: { agent.tool: { registered: ~ } }\n`);
    expect(value?.spec.labels?.['agent.tool']?.registered).toBeUndefined();
  });

  it('takes out a section with a written null, not with an empty one', () => {
    const empty = load(`${head}presets: [agent]\nmetrics:\n`);
    expect(lines(empty.diagnostics)).toEqual(['OBS2102 4:1-4:8 `metrics` has no value and removes nothing']);
    expect(Object.keys(empty.value?.spec.metrics ?? {})).not.toEqual([]);
    const written = load(`${head}presets: [agent]\nmetrics: ~\n`);
    expect(written.diagnostics).toEqual([]);
    expect(written.value?.spec.metrics).toBeUndefined();
  });

  it('may not give a metric another type or other labels', () => {
    const { value, diagnostics } = load(
      `${head}presets: [agent]\nmetrics:\n  agent_runs_total: { type: gauge, labels: [agent.agent] }\n`,
    );
    expect(lines(diagnostics)).toEqual([
      'OBS2103 5:29-5:34 `agent_runs_total` has another type than in preset `agent`',
      'OBS2103 5:44-5:57 `agent_runs_total` has other labels than in preset `agent`',
    ]);
    expect(diagnostics[0]?.related[0]?.range.source.path).toBe('obs-gen:presets/agent.yaml');
    // The preset's own is what is worked with, so that nothing that reads the metric is at fault as well.
    expect(value?.spec.metrics?.['agent_runs_total']).toEqual(
      load(`${head}presets: [agent]\n`).value?.spec.metrics?.['agent_runs_total'],
    );
  });

  it('may repeat the labels of a metric in another order', () => {
    const labels = labelsOf(`${head}presets: [agent]\n`)['agent_runs_total'] ?? [];
    expect(labels.length).toBeGreaterThan(1);
    const { diagnostics } = load(
      `${head}presets: [agent]\nmetrics: { agent_runs_total: { labels: [${[...labels].reverse().join(', ')}] } }\n`,
    );
    expect(lines(diagnostics)).toEqual([]);
  });

  it('does not throw where its metrics are malformed', () => {
    const { diagnostics } = load(
      `${head}presets: [agent]\nmetrics: { agent_runs_total: { labels: [{ a: 1 }, [2]], type: [x] } }\n`,
    );
    expect(diagnostics.length).toBeGreaterThan(0);
  });
});

describe('the presets', () => {
  it('are valid, and none defines what another defines', () => {
    const owners = new Map<string, string>();
    for (const name of presetNames) {
      const root = presetTree(name)?.root;
      expect(root, name).toBeDefined();
      for (const section of ['metrics', 'spans', 'slis', 'slos', 'alerts', 'dashboards', 'external'])
        for (const key of keysOf(root && locate(root, [section]))) {
          const place = `${section}.${key}`;
          if (section !== 'external') expect(owners.get(place), place).toBeUndefined();
          owners.set(place, name);
        }
    }
    expect(load(`${head}presets: [${presetNames.join(', ')}]\n`).diagnostics).toEqual([]);
  });

  it('that do not exist are no trees', () => {
    expect(presetTree('../../package')).toBeUndefined();
    expect(presetTree('__proto__')).toBeUndefined();
  });
});

const keysOf = (node: Located | undefined): string[] =>
  node?.kind === 'map' ? [...node.entries.keys()] : [];
