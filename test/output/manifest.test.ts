import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/output/hash.js';
import { knownHashes, parseManifest, pendingManifest, printManifest } from '../../src/output/manifest.js';

const a = sha256('a');
const b = sha256('b');

function withFiles(files: string): string {
  return `{"generator": "obs-gen", "version": "1.0.0", "files": ${files}}`;
}

describe('the manifest', () => {
  it('prints one sorted line a file, in code-unit order, without a time', () => {
    const files = new Map([
      ['b/Ä.ts', [b]],
      ['b.ts', [b, a, b]],
      ['B.ts', [a]],
    ]);
    const [low, high] = [a, b].sort();
    expect(printManifest(files, '1.2.3')).toBe(`{
  "generator": "obs-gen",
  "version": "1.2.3",
  "files": {
    "B.ts": ["${a}"],
    "b.ts": ["${low}","${high}"],
    "b/Ä.ts": ["${b}"]
  }
}
`);
  });

  it('reads what it prints, names of object properties among them', () => {
    const name = fc.oneof(
      fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'docs/__proto__', 'ä/ö.md'),
      fc
        .stringMatching(/^[a-z0-9_-]{1,9}(?:\/[a-z0-9_-]{1,9}){0,2}$/)
        .filter((each) => !/con|aux|nul|prn|com|lpt/.test(each)),
    );
    const files = fc.dictionary(
      name,
      fc.uniqueArray(
        fc.string().map((text) => sha256(text)),
        { minLength: 1, maxLength: 4 },
      ),
    );
    fc.assert(
      fc.property(files, fc.boolean(), (dictionary, reversed) => {
        const entries = Object.entries(dictionary);
        const text = printManifest(new Map(entries), '1.0.0');
        const read = parseManifest(text) ?? new Map<string, readonly string[]>();
        expect([...read.keys()].sort()).toEqual(Object.keys(dictionary).sort());
        for (const [path, hashes] of entries) expect(read.get(path)).toEqual([...hashes].sort());
        expect(printManifest(new Map(reversed ? entries.reverse() : entries), '1.0.0')).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['nothing', ''],
    ['a cut off file', withFiles('{"a": [')],
    ['conflict markers', `<<<<<<< HEAD\n${withFiles('{}')}`],
    ['another program', '{"generator": "other", "version": "1", "files": {}}'],
    ['a list', '[]'],
    ['null', 'null'],
    ['files that are a list', withFiles('[]')],
    ['a hash that is none', withFiles('{"a": ["xyz"]}')],
    ['no hashes', withFiles('{"a": []}')],
    ['hashes that are a string', withFiles(`{"a": "${a}"}`)],
    ['a path out of the directory', withFiles(`{"../a": ["${a}"]}`)],
    ['an absolute path', withFiles(`{"/etc/passwd": ["${a}"]}`)],
    ['itself', withFiles(`{".obs-gen.json": ["${a}"]}`)],
  ])('is no manifest: %s', (_, text) => {
    expect(parseManifest(text)).toBeUndefined();
  });

  it('lists old and new hashes while a build writes, and all that earlier killed builds left', () => {
    const known = new Map([
      ['gone.ts', [a]],
      ['kept.ts', [a, b]],
    ]);
    const c = sha256('c');
    expect(
      pendingManifest(
        known,
        new Map([
          ['kept.ts', [c]],
          ['new.ts', [c]],
        ]),
      ),
    ).toEqual(
      new Map([
        ['gone.ts', [a]],
        ['kept.ts', [a, b, c]],
        ['new.ts', [c]],
      ]),
    );
  });

  it('knows a file again where the file system does not tell case apart', () => {
    const at = knownHashes(new Map([['docs/queue.md', [a]]]));
    expect(at('docs/Queue.md')).toEqual(new Set([a]));
    expect(at('docs/other.md')).toEqual(new Set());
  });
});
