import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { loadSpec } from '../../src/spec/load.js';
import { limits } from '../../src/spec/limits.js';
import { readTree } from '../support/directory.js';
import { costOf, head, load } from '../spec/support.js';
import { isLong, runs } from '../support/long.js';

/** What a spec from a stranger may try: each is one diagnostic or more, never a crash, never a throw. */
const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'obs-gen-input-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const codes = (yaml: string) => load(yaml).diagnostics.map(({ code }) => code);

/** Nested collections in each style, `levels` deep. */
const nested: Readonly<Record<string, (levels: number) => string>> = {
  'flow lists': (levels) => `a: ${'['.repeat(levels)}${']'.repeat(levels)}\n`,
  'open flow lists': (levels) => `a: ${'['.repeat(levels)}`,
  'flow maps': (levels) => `${'{ a: '.repeat(levels)}1${' }'.repeat(levels)}\n`,
  'open flow maps': (levels) => '{a: '.repeat(levels),
  'flow keys': (levels) => `${'{? '.repeat(levels)}a`,
  'compact lists': (levels) => `a:\n  ${'- '.repeat(levels)}x\n`,
  'explicit keys': (levels) => `${'? '.repeat(levels)}x\n`,
  'block maps': (levels) =>
    Array.from({ length: Math.min(levels, 3000) }, (_, level) => `${' '.repeat(level)}a:\n`).join(''),
};

describe('deep nesting', () => {
  for (const [style, text] of Object.entries(nested))
    it(`in ${style} is refused, twice in one process`, () => {
      for (const levels of [66, 1000, 5000, 100_000, 66, 100_000]) {
        const yaml = text(levels);
        const cost = costOf(() => {
          expect(codes(yaml), String(levels)).toContain('OBS1004');
        });
        expect(cost).toBeLessThan(2000);
      }
    });

  it('up to the limit is read', () => {
    expect(codes(`a: ${'['.repeat(limits.depth - 1)}${']'.repeat(limits.depth - 1)}\n`)).not.toContain(
      'OBS1004',
    );
    expect(codes(`a: ${'['.repeat(limits.depth)}${']'.repeat(limits.depth)}\n`)).toContain('OBS1004');
  });

  it('does not abort a process of its own', () => {
    // Composing these alone aborts V8 on the second one; nothing in the process could catch that.
    transpile('src/spec', 'src/diagnostics', 'src/promql', 'src/package-root.ts');
    for (const name of ['node_modules', 'schemas', 'presets', 'package.json'])
      symlinkSync(join(root, name), join(folder, name));
    const script = `
      import { loadSpecText } from './dist/spec/load.js';
      const texts = JSON.parse(process.argv[2]);
      const codes = texts.map((text) => loadSpecText(new Map([['a', text]]), 'a').diagnostics.map((each) => each.code));
      console.log(JSON.stringify({ codes, rss: process.memoryUsage().rss }));`;
    writeFileSync(join(folder, 'run.mjs'), script);
    const texts = [1000, 5000, 1000, 5000].flatMap((levels) => [
      nested['open flow lists']?.(levels),
      nested['flow maps']?.(levels),
    ]);
    const run = spawnSync(process.execPath, [join(folder, 'run.mjs'), JSON.stringify(texts)], {
      encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
    expect(run.status).toBe(0);
    const { codes: found, rss } = JSON.parse(run.stdout) as { codes: string[][]; rss: number };
    expect(found.every((each) => each.includes('OBS1004'))).toBe(true);
    expect(rss).toBeLessThan(300 * 1024 * 1024);
  });
});

/** Sources as JavaScript, in the folder of this test. */
function transpile(...paths: readonly string[]): void {
  const files = paths.flatMap((path) =>
    path.endsWith('.ts') ? [path] : [...readTree(join(root, path)).keys()].map((name) => `${path}/${name}`),
  );
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 };
  for (const path of files) {
    const { outputText } = ts.transpileModule(readFileSync(join(root, path), 'utf8'), { compilerOptions });
    const target = join(folder, path.replace(/^src/, 'dist').replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
}

describe('size', () => {
  const size = isLong ? 1_000_000 : 300_000;

  it('above the cap is refused before anything is parsed', () => {
    const path = file('large.yaml', '[');
    truncateSync(path, limits.fileBytes + 1);
    const cost = costOf(() => {
      expect(loadSpec(path).diagnostics.map(({ code }) => code)).toEqual(['OBS1001']);
    });
    expect(cost).toBeLessThan(200);
  });

  it.each([
    'x',
    '[',
    '{',
    ',',
    '\t',
    '"',
    "'",
    '- ',
    'a: ',
    '#',
    '\u0007',
    '&a ',
    '*a ',
    '? ',
    '|\n',
    '{{',
    'a{b[',
    'x(',
    '\r',
    '\n',
    ' \n',
    '!t ',
    '%',
    '---\n',
    'key: "\\u0000"\n',
  ])(`of ${size / 1000} KB of %j is read in time`, (piece) => {
    const text = piece.repeat(Math.ceil(size / piece.length));
    const cost = costOf(() => {
      expect(load(text).diagnostics.length).toBeGreaterThan(0);
    });
    expect(cost).toBeLessThan(15_000);
  });

  it('of ten thousand metrics is read in linear time', () => {
    const spec = (count: number) =>
      `${head}metrics:\n${Array.from({ length: count }, (_, index) => `  m${index}_total:\n    type: counter\n    help: Number ${index} of all that is counted.\n`).join('')}`;
    const cost = (text: string) =>
      costOf(() => {
        expect(load(text).diagnostics).toEqual([]);
      });
    const [small, large] = [spec(1000), spec(10_000)];
    cost(small);
    // Quadratic would be a hundred.
    expect(cost(large) / Math.max(cost(small), cost(small))).toBeLessThan(30);
  });

  it('of ten thousand faults is reported in linear time', () => {
    const metrics = Array.from(
      { length: 10_000 },
      (_, index) => `  m${index}: { tpye: counter, help: 5, labels: x }\n`,
    );
    const cost = costOf(() => {
      expect(load(`${head}metrics:\n${metrics.join('')}`).diagnostics).toHaveLength(30_000);
    });
    expect(cost).toBeLessThan(20_000);
  });
});

describe('files that are none', () => {
  it.each(['/dev/zero', '/dev/stdin', folder, '/proc/self/mem', join(folder, 'nothing')])(
    'such as %s are refused',
    (path) => {
      const outcome = loadSpec(path);
      expect(outcome.value).toBeUndefined();
      expect(outcome.diagnostics.map(({ code }) => code)).toEqual(['OBS1002']);
    },
  );

  it('are refused where they are imported', () => {
    execFileSync('mkfifo', [join(folder, 'fifo.yaml')]);
    mkdirSync(join(folder, 'folder.yaml'));
    const path = file('importing.yaml', `${head}imports: [fifo.yaml, nothing.yaml, folder.yaml]\n`);
    expect(loadSpec(path).diagnostics.map(({ code }) => code)).toEqual(['OBS1021', 'OBS1021', 'OBS1021']);
  });

  it('with bad bytes are refused', () => {
    const path = file('latin1.yaml', Buffer.from(`${head}# caf\xe9\n`, 'latin1'));
    const [finding] = loadSpec(path).diagnostics;
    expect(finding?.code).toBe('OBS1003');
    expect(finding?.range?.source.position(finding.range.start)).toEqual({ line: 3, column: 6 });
  });
});

describe('aliases', () => {
  it('are refused and not followed', () => {
    const bomb = `a: &a [x, x]\n${Array.from('bcdefghi', (name, index) => `${name}: &${name} [${`*${'abcdefgh'[index] ?? ''}, `.repeat(9)}x]\n`).join('')}`;
    const cost = costOf(() => {
      expect(new Set(codes(bomb).slice(0, 50))).toEqual(new Set(['OBS1005']));
    });
    expect(cost).toBeLessThan(500);
  });
});

const inherited = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'prototype',
  '__defineGetter__',
  'isPrototypeOf',
];

describe('names that objects have by themselves', () => {
  it('are names like any other', () => {
    const name = fc.constantFrom(...inherited);
    const scalar = fc.oneof(
      name,
      fc.constantFrom('1', '~', 'x', '[]', '{}', '{ __proto__: { polluted: 1 } }'),
    );
    const shape = fc.tuple(
      name,
      name,
      name,
      scalar,
      fc.constantFrom('metrics', 'labels', 'slis', 'alerts', 'external', 'spans', 'logs', 'zzz', '__proto__'),
    );
    const before = Object.getOwnPropertyNames(Object.prototype).join();
    fc.assert(
      fc.property(shape, ([a, b, c, value, section]) => {
        const outcome = load(
          `${head}${section}:\n  ${a}: { type: gauge, help: A., labels: [${b}], ${c}: ${value} }\n  ${b}1: ${value}\n`,
        );
        expect(Array.isArray(outcome.diagnostics)).toBe(true);
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      }),
      { numRuns: isLong ? 10_000 : 250 },
    );
    expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before);
  });

  it.each(inherited)('such as %s work as the name of a metric and a label', (name) => {
    const { value, diagnostics } = load(
      `${head}labels: { ${name}: { description: A., cap: 2 } }\nmetrics: { ${name}: { type: gauge, help: A., labels: [${name}] } }\n`,
    );
    expect(diagnostics).toEqual([]);
    expect(Object.keys(value?.spec.metrics ?? {})).toEqual([name]);
    expect(Object.keys(value?.spec.labels ?? {})).toEqual([name]);
  });

  it('are not taken for keys that stand', () => {
    expect(codes('{}\n')).toEqual(['OBS2002', 'OBS2002']);
    expect(codes(`${head}metrics: { a: { } }\n`)).toEqual(['OBS2002', 'OBS2002']);
  });
});

describe('any text at all', () => {
  const reference = readFileSync(join(import.meta.dirname, '../spec/fixtures/reference.yaml'), 'utf8');
  // Without presets: they are read only once, but checked each time.
  const lines = reference.replace(/^presets: .*$/m, '').split('\n');
  const noise = fc.constantFrom(
    ...[
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      ': ',
      '"',
      "'",
      '\n',
      '\t',
      ' ',
      '  ',
      '- ',
      '#',
      '&a',
      '*a',
      '!t',
      '|',
      '>',
      '%',
      '@',
      '`',
      '?',
      '<<',
      '~',
      'null',
      '\\',
      '\u0000',
      '\u202e',
      '\ud800',
      '1e999',
      '012',
      'yes',
      '{{',
      '}}',
      '$',
      '---',
      '...',
      '\r',
      '\u00e9',
      '\u{1F680}',
      '-',
      '=',
      'ghp_',
      '"\\u0000"',
      '__proto__',
    ],
  );
  const edit = fc.record({
    at: fc.double({ min: 0, max: 0.999, noNaN: true }),
    remove: fc.integer({ min: 0, max: 12 }),
    insert: noise,
  });

  it('leads to an outcome, never to a throw', () => {
    const section = fc.record({ from: fc.nat(lines.length - 1), length: fc.integer({ min: 1, max: 60 }) });
    fc.assert(
      fc.property(section, fc.array(edit, { minLength: 1, maxLength: 5 }), ({ from, length }, edits) => {
        let text = head + lines.slice(from, from + length).join('\n');
        for (const { at, remove, insert } of edits) {
          const place = Math.floor(at * text.length);
          text = text.slice(0, place) + insert + text.slice(place + remove);
        }
        const { value, diagnostics } = load(text);
        if (value === undefined) expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
        for (const { range, message } of diagnostics) {
          expect(message).toMatch(/^[^A-Z\s]|^`/);
          expect(message.endsWith('.')).toBe(false);
          if (range === undefined) continue;
          expect(range.start).toBeGreaterThanOrEqual(0);
          expect(range.end).toBeGreaterThanOrEqual(range.start);
          expect(range.end).toBeLessThanOrEqual(range.source.text.length);
        }
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 2000) },
    );
  });

  it('made of nothing but noise does so too', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(noise, fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 60 }),
        (parts) => {
          expect(Array.isArray(load(parts.join('')).diagnostics)).toBe(true);
        },
      ),
      { numRuns: runs(1000) },
    );
  });
});
