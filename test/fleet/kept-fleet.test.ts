import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseFleet, fleetDiagnostics, type Fleet } from '../../src/fleet/analyse-fleet.js';
import { KeptFleet } from '../../src/fleet/kept-fleet.js';
import { isLong } from '../support/long.js';
import { testToday } from '../support/model.js';
import { inMemory } from './in-memory.js';

const specOf = (name: string, body: string): string =>
  `version: 1\nservice: { name: ${name}, owner: team, selector: { job: ${name} } }\n${body}`;
const counter = (name: string): string => `metrics:\n  ${name}_total: { type: counter, help: Jobs. }\n`;
const specs = ['a/observability.yaml', 'b/observability.yaml'];

const said = (fleet: Fleet): unknown =>
  fleetDiagnostics(fleet).map(({ code, message, range }) => [
    code,
    message,
    range?.source.path,
    range?.start,
    range?.source.text,
  ]);

function services(): Map<string, string> {
  return new Map([
    ['a/observability.yaml', specOf('a', `imports: [../shared.yaml]\n${counter('a')}`)],
    ['b/observability.yaml', specOf('b', counter('b'))],
    ['shared.yaml', 'labels: {}\n'],
  ]);
}

describe('services that are looked at again', () => {
  it('are analysed anew where something of theirs has changed, and only there', () => {
    const files = services();
    const kept = new KeptFleet(inMemory(files));
    const first = kept.look(specs, testToday);
    const again = kept.look(specs, testToday);
    expect(again.services.map(({ model }) => model)).toEqual(first.services.map(({ model }) => model));
    expect(again.services[0]?.model).toBe(first.services[0]?.model);
    files.set('shared.yaml', 'labels: {} # of all\n');
    const third = kept.look(specs, testToday);
    expect(third.services[0]?.model).not.toBe(first.services[0]?.model);
    expect(third.services[1]?.model).toBe(first.services[1]?.model);
    expect(kept.look(specs, '2031-01-01').services[1]?.model).not.toBe(first.services[1]?.model);
  });

  it('are looked at together each time', () => {
    const files = services();
    const kept = new KeptFleet(inMemory(files));
    expect(kept.look(specs, testToday).across).toEqual([]);
    files.set('b/observability.yaml', specOf('a', counter('b')));
    expect(kept.look(specs, testToday).across.map(({ code }) => code)).toContain('OBS3720');
    files.set('b/observability.yaml', specOf('b', counter('b')));
    expect(kept.look(specs, testToday).across).toEqual([]);
  });

  it('have the findings that a fresh look has, whatever comes, goes and comes back', () => {
    const states: Readonly<Record<string, readonly (string | undefined)[]>> = {
      'a/observability.yaml': [
        services().get('a/observability.yaml'),
        specOf('a', 'imports: [../shared.yaml, ../more.yaml]\nmetrics: [\n'),
        undefined,
      ],
      'b/observability.yaml': [
        services().get('b/observability.yaml'),
        specOf('b', `imports: [../more.yaml]\n${counter('b')}`),
      ],
      'shared.yaml': [
        'labels: {}\n',
        'labels:\n  unused: { description: U., values: [x] }\n',
        '# moved\nlabels:\n  unused: { description: U., values: [x] }\n',
        undefined,
      ],
      'more.yaml': [undefined, counter('more').replace('type', 'typ')],
      'a/.obs-gen-baseline.json': [
        undefined,
        '{"version":1,"findings":[{"at":"labels.unused","code":"OBS3018"}]}',
        '{',
      ],
    };
    const names = Object.keys(states);
    const change = fc.record({ name: fc.constantFrom(...names), state: fc.nat({ max: 3 }) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const files = services();
        const source = inMemory(files);
        const kept = new KeptFleet(source);
        for (const { name, state } of changes) {
          const all = states[name] ?? [];
          const text = all[state % all.length];
          if (text === undefined) files.delete(name);
          else files.set(name, text);
          expect(said(kept.look(specs, testToday))).toEqual(said(analyseFleet(specs, testToday, source)));
        }
      }),
      { numRuns: isLong ? 200 : 12 },
    );
  });
});
