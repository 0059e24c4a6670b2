import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { readOperatorSource } from '../../src/runtime/metrics/operator-source.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'obs-gen-operator-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => {
  vi.unstubAllEnvs();
});

function fromText(text: string): ReturnType<typeof readOperatorSource> {
  vi.stubEnv('OBSGEN_LABELS', text);
  return readOperatorSource();
}

function fromFile(content: string | Uint8Array): ReturnType<typeof readOperatorSource> {
  const path = join(folder, 'labels.json');
  writeFileSync(path, content);
  return fromPath(path);
}

function fromPath(path: string): ReturnType<typeof readOperatorSource> {
  vi.stubEnv('OBSGEN_LABELS_FILE', path);
  return readOperatorSource();
}

const key = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,20}(?:\.[a-zA-Z_][a-zA-Z0-9_]{0,20})?$/);
const wish: fc.Arbitrary<{ readonly cap?: number; readonly drop?: boolean }> = fc.oneof(
  fc.record({ cap: fc.integer({ min: 1, max: 100_000 }) }),
  fc.constant({ drop: true }),
);

describe("an operator's wishes", () => {
  test('are the same in the environment and in a file, in any order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(key, wish), { selector: ([name]) => name }), (wishes) => {
        const words = wishes.map(([name, { cap }]) => `${name}=${cap ?? 'drop'}`);
        const text = fromText(words.join(','));
        const backwards = fromText(words.reverse().join(' , '));
        vi.unstubAllEnvs();
        const file = fromFile(JSON.stringify({ labels: Object.fromEntries(wishes) }));
        vi.unstubAllEnvs();
        for (const source of [text, backwards, file]) {
          expect(source.mistakes).toEqual([]);
          expect(new Map(source.limits)).toEqual(new Map(wishes));
        }
      }),
    );
  });

  test('are the tighter one of two on the same label', () => {
    writeFileSync(join(folder, 'labels.json'), '{"labels":{"a":{"cap":5},"b":{"cap":50},"c":{"drop":true}}}');
    vi.stubEnv('OBSGEN_LABELS', 'a=7,b=20,b=30,c=3');
    const { limits, mistakes } = fromPath(join(folder, 'labels.json'));
    expect(mistakes).toEqual([]);
    expect(limits).toEqual(
      new Map([
        ['a', { cap: 5 }],
        ['b', { cap: 20 }],
        ['c', { cap: 3, drop: true }],
      ]),
    );
  });

  test('are none where neither is set', () => {
    const { limits, mistakes } = fromText('');
    expect([limits.size, mistakes]).toEqual([0, []]);
  });

  test.each([
    'tool',
    'tool=',
    '=20',
    'tool=0',
    'tool=-1',
    'tool=1e3',
    'tool=2.5',
    'tool=20x',
    'tool=DROP',
    'a b=20',
  ])('%j is a mistake, and those beside it hold', (mistake) => {
    const { limits, mistakes } = fromText(`user=drop,${mistake},agent=3`);
    expect([...limits.keys()]).toEqual(['user', 'agent']);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toContain(`"${mistake}"`);
    expect(mistakes[0]).toContain('label=drop');
  });

  test.each([
    ['nothing', ''],
    ['half a document', '{"labels": {'],
    ['a list', '[]'],
    ['null', 'null'],
    ['no labels', '{"label": {}}'],
    ['a list of labels', '{"labels": ["tool"]}'],
    ['bytes', Uint8Array.of(0xff, 0xfe, 0x00)],
    ['deep nesting', '['.repeat(30_000)],
  ])('in a file with %s are one mistake', (_, content) => {
    const { limits, mistakes } = fromFile(content);
    expect(limits.size).toBe(0);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toContain('OBSGEN_LABELS_FILE');
    expect(mistakes[0]?.length).toBeLessThan(500);
  });

  test.each([
    '20',
    '{}',
    '{"cap":0}',
    '{"cap":"20"}',
    '{"cap":1e999}',
    '{"drop":1}',
    '{"cap":5,"dorp":true}',
    'null',
  ])('for a label that say %s are a mistake, and those beside it hold', (content) => {
    const { limits, mistakes } = fromFile(`{"labels":{"tool":${content},"user":{"drop":true}}}`);
    expect([...limits]).toEqual([['user', { drop: true }]]);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toContain('tool');
  });

  test('cannot reach into objects', () => {
    const { limits } = fromFile(
      '{"__proto__":{"labels":{"x":{"cap":1}}},"labels":{"__proto__":{"cap":1},"constructor":{"drop":true},"a":{"__proto__":{"cap":1}}}}',
    );
    expect([...limits]).toEqual([
      ['__proto__', { cap: 1 }],
      ['constructor', { drop: true }],
    ]);
    expect(({} as { cap?: number }).cap).toBeUndefined();
  });

  test('are not looked for in what is no small file', () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    mkdirSync(join(folder, 'directory'));
    const large = join(folder, 'large.json');
    writeFileSync(large, `{"labels":{}}${' '.repeat(10_000_000)}`);
    for (const [path, why] of [
      [pipe, 'regular file'],
      ['/dev/zero', 'regular file'],
      [join(folder, 'directory'), 'regular file'],
      [large, 'bytes'],
      [join(folder, 'absent'), 'no such file'],
    ] as const) {
      const { limits, mistakes } = fromPath(path);
      expect(limits.size).toBe(0);
      expect(mistakes).toHaveLength(1);
      expect(mistakes[0]).toContain(why);
    }
  });

  test('of any text and any file raise nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.json(), (text, json) => {
        const { limits } = fromText(text.replaceAll('\0', ''));
        for (const [name, limit] of limits) {
          expect(process.env['OBSGEN_LABELS']).toContain(name);
          expect(limit.drop ?? (limit.cap ?? 0) >= 1).toBe(true);
        }
        fromFile(json);
      }),
    );
  });
});
