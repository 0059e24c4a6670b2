import { describe, expect, it } from 'vitest';
import { EverythingFound } from '../../src/baseline/baseline.js';
import { printBaseline } from '../../src/baseline/file.js';
import { analyseFleet } from '../../src/fleet/analyse-fleet.js';
import { mendFleet, type MendedFleet } from '../../src/fleet/mend-fleet.js';
import { testToday } from '../support/model.js';
import { inMemory } from './in-memory.js';

const specOf = (name: string, body: string): string =>
  `version: 1\nservice: { name: ${name}, owner: team, selector: { job: ${name} } }\n${body}`;
const specs = ['a/observability.yaml', 'b/observability.yaml'];

function mended(files: ReadonlyMap<string, string>): MendedFleet & { texts: ReadonlyMap<string, string> } {
  const result = mendFleet(specs, testToday, inMemory(files));
  const texts = new Map([...files, ...result.files.map(({ id, after }) => [id, after.text] as const)]);
  return { ...result, texts };
}

const slip = 'metrics:\n  %_total: { typ: counter, help: Jobs. }\n';
const right = slip.replace('typ:', 'type:');

describe('fixes of several services', () => {
  it('mend each of them', () => {
    const files = new Map([
      ['a/observability.yaml', specOf('a', slip.replace('%', 'a'))],
      ['b/observability.yaml', specOf('b', slip.replace('%', 'b'))],
    ]);
    const { texts, left, mended: findings } = mended(files);
    expect(findings.map(({ code }) => code)).toEqual(['OBS2001', 'OBS2001']);
    expect(left).toEqual([]);
    expect(texts.get('a/observability.yaml')).toBe(specOf('a', right.replace('%', 'a')));
    expect(texts.get('b/observability.yaml')).toBe(specOf('b', right.replace('%', 'b')));
  });

  it('mend a file that they share once, and count it once', () => {
    const files = new Map([
      ['a/observability.yaml', specOf('a', 'imports: [../shared.yaml]\n')],
      ['b/observability.yaml', specOf('b', 'imports: [../shared.yaml]\n')],
      ['shared.yaml', `# ours\n${slip.replace('%', 'jobs')}`],
    ]);
    const { texts, mended: findings, files: changed } = mended(files);
    expect(findings.map(({ code }) => code)).toEqual(['OBS2001']);
    expect(changed.map(({ id }) => id)).toEqual(['shared.yaml']);
    expect(texts.get('shared.yaml')).toBe(`# ours\n${right.replace('%', 'jobs')}`);
  });

  it('leave what another service uses, which a look at one alone would take for idle', () => {
    const labels = (list: string): string =>
      `imports: [../shared.yaml]\nmetrics:\n  ${list}_total: { type: counter, help: Jobs., labels: [${list}] }\n`;
    const files = new Map([
      ['a/observability.yaml', specOf('a', labels('kind'))],
      ['b/observability.yaml', specOf('b', labels('region'))],
      [
        'shared.yaml',
        'labels:\n  kind: { description: K., values: [x] }\n  region: { description: R., values: [eu] }\n',
      ],
    ]);
    expect(mended(files).files).toEqual([]);
  });

  it('leave what a baseline accepts', () => {
    const files = new Map([
      ['a/observability.yaml', specOf('a', 'labels:\n  unused: { description: U., values: [x] }\n')],
      ['b/observability.yaml', specOf('b', slip.replace('%', 'b'))],
    ]);
    const found = new EverythingFound();
    analyseFleet(specs.slice(0, 1), testToday, inMemory(files), () => found);
    expect(found.entries.map(({ code }) => code)).toEqual(['OBS3018']);
    files.set('a/.obs-gen-baseline.json', printBaseline(found.entries));
    const { files: changed, left } = mended(files);
    expect(changed.map(({ id }) => id)).toEqual(['b/observability.yaml']);
    expect(left).toEqual([]);
  });
});
