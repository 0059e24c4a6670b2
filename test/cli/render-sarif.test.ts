import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/diagnostics/catalogue.js';
import { renderSarif } from '../../src/diagnostics/render/sarif.js';
import { SourceFile } from '../../src/diagnostics/source-file.js';
import { finding, rangeOf, spec } from './sample.js';

/** Of each object of SARIF 2.1.0 that the log may hold: the keys that it must have, and those that it may. */
const objects = {
  log: { must: ['version', 'runs'], may: ['$schema'] },
  run: { must: ['tool', 'results'], may: ['columnKind'] },
  driver: { must: ['name', 'rules'], may: ['version'] },
  rule: { must: ['id'], may: ['shortDescription', 'fullDescription', 'help', 'defaultConfiguration'] },
  result: {
    must: ['message', 'ruleId', 'ruleIndex'],
    may: ['level', 'locations', 'relatedLocations', 'fixes'],
  },
  message: { must: ['text'], may: [] },
  location: { must: ['physicalLocation'], may: ['id', 'message'] },
  physicalLocation: { must: ['artifactLocation', 'region'], may: [] },
  artifactLocation: { must: ['uri'], may: ['uriBaseId'] },
  region: { must: ['startLine', 'startColumn', 'endLine', 'endColumn'], may: [] },
  fix: { must: ['artifactChanges'], may: ['description'] },
  artifactChange: { must: ['artifactLocation', 'replacements'], may: [] },
  replacement: { must: ['deletedRegion'], may: ['insertedContent'] },
} as const;

type Json = Record<string, unknown>;

function object(value: unknown, kind: keyof typeof objects): Json {
  if (typeof value !== 'object' || value === null) throw new Error(`${kind} is no object`);
  const keys = Object.keys(value);
  const { must, may } = objects[kind];
  expect(keys, kind).toEqual(expect.arrayContaining([...must]));
  expect([...must, ...may], kind).toEqual(expect.arrayContaining(keys));
  return value as Json;
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Error('no list');
  return value;
}

function checkText(value: unknown): void {
  const { text } = object(value, 'message');
  expect(typeof text).toBe('string');
  expect(text).not.toBe('');
}

function checkRegion(value: unknown): void {
  const { startLine, startColumn, endLine, endColumn } = object(value, 'region') as Record<string, number>;
  for (const number of [startLine, startColumn, endLine, endColumn]) expect(number).toBeGreaterThanOrEqual(1);
  expect(endLine).toBeGreaterThanOrEqual(startLine ?? 0);
}

function checkArtifact(value: unknown): void {
  const { uri } = object(value, 'artifactLocation');
  // A URI reference: resolves, and holds nothing that a URI must escape.
  expect(uri).toMatch(/^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/);
  expect(() => new URL(String(uri), 'file:///checkout/')).not.toThrow();
}

function checkLocation(value: unknown): Json {
  const location = object(value, 'location');
  const physical = object(location['physicalLocation'], 'physicalLocation');
  checkArtifact(physical['artifactLocation']);
  checkRegion(physical['region']);
  return location;
}

/** Holds a log against the standard's structure; returns its run. */
function checkLog(text: string): Json {
  const log = object(JSON.parse(text), 'log');
  expect(log['version']).toBe('2.1.0');
  const [first] = list(log['runs']);
  const run = object(first, 'run');
  expect(run['columnKind']).toBe('utf16CodeUnits');
  const driver = object((run['tool'] as Json)['driver'], 'driver');
  const rules = list(driver['rules']).map((each) => object(each, 'rule'));
  expect(new Set(rules.map((rule) => rule['id'])).size).toBe(rules.length);
  for (const rule of rules) {
    for (const key of ['shortDescription', 'fullDescription', 'help']) checkText(rule[key]);
    expect(['error', 'warning', 'note']).toContain((rule['defaultConfiguration'] as Json)['level']);
  }
  for (const each of list(run['results'])) {
    const result = object(each, 'result');
    checkText(result['message']);
    expect(rules[result['ruleIndex'] as number]?.['id']).toBe(result['ruleId']);
    expect(['error', 'warning', 'note']).toContain(result['level']);
    for (const location of list(result['locations'] ?? [])) checkLocation(location);
    const ids = list(result['relatedLocations'] ?? []).map((location) => checkLocation(location)['id']);
    expect(new Set(ids).size).toBe(ids.length);
    for (const fix of list(result['fixes'] ?? [])) {
      const { description, artifactChanges } = object(fix, 'fix');
      checkText(description);
      for (const change of list(artifactChanges)) {
        const { artifactLocation, replacements } = object(change, 'artifactChange');
        checkArtifact(artifactLocation);
        for (const replacement of list(replacements)) {
          checkRegion(object(replacement, 'replacement')['deletedRegion']);
        }
      }
    }
  }
  return run;
}

const version = { version: '1.2.3' };

describe('a SARIF log', () => {
  it('has the structure of the standard', () => {
    const odd = new SourceFile('dir with space/a:b%.yaml', 'x: 1\n');
    const run = checkLog(
      renderSarif(
        [
          finding({
            message: 'unknown key',
            range: rangeOf(spec, 'typ'),
            related: [
              { range: rangeOf(spec, 'orders_total'), message: 'here' },
              { range: rangeOf(odd, 'x'), message: 'and here' },
            ],
            help: 'did you mean `type`?',
            fix: { range: rangeOf(spec, 'typ'), text: 'type' },
          }),
          finding({
            severity: 'info',
            message: 'm',
            range: rangeOf(new SourceFile('/abs/a.yaml', 'x'), 'x'),
          }),
          finding({ code: 'OBS4101', severity: 'warning', message: 'no place' }),
        ],
        version,
      ),
    );
    const [first, second, third] = list(run['results']) as Json[];
    expect(first).toMatchObject({
      ruleId: 'OBS2001',
      level: 'error',
      message: { text: 'unknown key\n\ndid you mean `type`?' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'observability.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 6, startColumn: 5, endLine: 6, endColumn: 8 },
          },
        },
      ],
      relatedLocations: [
        { id: 0, message: { text: 'here' } },
        { id: 1, physicalLocation: { artifactLocation: { uri: 'dir%20with%20space/a%3Ab%25.yaml' } } },
      ],
      fixes: [
        {
          artifactChanges: [
            {
              replacements: [
                { deletedRegion: { startLine: 6, startColumn: 5 }, insertedContent: { text: 'type' } },
              ],
            },
          ],
        },
      ],
    });
    expect(second).toMatchObject({
      level: 'note',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'file:///abs/a.yaml' } } }],
    });
    expect(third).not.toHaveProperty('locations');
    expect(third).toMatchObject({ level: 'warning' });
  });

  it('lists every code as a rule, and has results also where there are none', () => {
    const run = checkLog(renderSarif([], version));
    const { rules, version: shown } = (run['tool'] as Json)['driver'] as { rules: Json[]; version: string };
    expect(rules.map((rule) => rule['id'])).toEqual(Object.keys(catalogue));
    expect(shown).toBe('1.2.3');
    expect(run['results']).toEqual([]);
  });

  it('says nothing that a viewer would take for a placeholder or a link', () => {
    const run = checkLog(renderSarif([finding({ message: 'x{0} {a="b"} [5m](javascript:1)' })], version));
    const [result] = list(run['results']) as [Json];
    expect(result['message']).toEqual({ text: 'x{{0}} {a="b"} [5m] (javascript:1)' });
  });

  it('shows at the start of the spec what has no place of its own, since GitHub refuses a log with such results', () => {
    const stale = finding({ code: 'OBS4102', message: 'stale' });
    const run = checkLog(renderSarif([stale], { ...version, spec: 'telemetry/observability.yaml' }));
    expect(run['results']).toMatchObject([
      {
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'telemetry/observability.yaml', uriBaseId: '%SRCROOT%' },
              region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
            },
          },
        ],
      },
    ]);
  });

  it('names files from the root of the checkout', () => {
    const range = rangeOf(spec, 'typ');
    const beside = new SourceFile('../shared/labels.yaml', 'x');
    const list = [
      finding({ message: 'm', range, fix: { range, text: 'type' } }),
      finding({ message: 'm', range: rangeOf(beside, 'x') }),
      finding({ message: 'm', range: rangeOf(new SourceFile('/etc/a.yaml', 'x'), 'x') }),
    ];
    const text = renderSarif(list, { ...version, directory: 'services/shop' });
    checkLog(text);
    expect([...text.matchAll(/"uri": "(.*)"/g)].map(([, uri]) => uri)).toEqual([
      'services/shop/observability.yaml',
      'services/shop/observability.yaml',
      'services/shared/labels.yaml',
      'file:///etc/a.yaml',
    ]);
  });
});
