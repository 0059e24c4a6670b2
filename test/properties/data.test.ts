import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { printJson } from '../../src/encode/json.js';
import { printYaml } from '../../src/encode/yaml.js';
import { missingProgram } from '../support/program.js';
import { isLong, runs } from '../support/long.js';

/** Pieces on which readers of YAML and JSON have been seen to differ. */
const traps = [
  ...[
    '\n',
    '\r',
    '\t',
    ' ',
    '  ',
    '\u0000',
    '\u0007',
    '\u001b',
    '\u007f',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\u2029',
    '\ufeff',
  ],
  ...[
    '\ufffe',
    '\uffff',
    '😀',
    'é',
    '"',
    "'",
    '\\',
    '`',
    '#',
    ' #',
    ': ',
    ':',
    '-',
    '- ',
    '? ',
    '!',
    '!!str ',
    '&a',
    '*a',
    '%',
  ],
  ...[
    '@',
    '|',
    '>',
    '|-\n',
    '{',
    '}',
    '[',
    ']',
    ',',
    '---\n',
    '...\n',
    '<<',
    '=',
    '~',
    'null',
    'Null',
    'yes',
    'no',
    'on',
    'y',
  ],
  ...[
    'true',
    'FALSE',
    '0',
    '1',
    '012',
    '0o7',
    '0x1f',
    '0b1',
    '1e3',
    '.5',
    '1.',
    '.inf',
    '.nan',
    '1:30',
    '1_0',
    '+1',
    '-0',
    '5m',
  ],
  ...[
    '2024-01-01',
    '2024-01-01T00:00:00Z',
    'a',
    'B',
    '_',
    '/',
    '(',
    '$',
    '__proto__',
    'constructor',
    '${x}',
    '</script>',
    '*/',
  ],
];

const hostile = fc.oneof(
  fc.constantFrom(...traps),
  fc.array(fc.constantFrom(...traps), { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const numbers = fc.double({ noNaN: true, noDefaultInfinity: true });
const scalars = fc.oneof(hostile, numbers, fc.integer(), fc.boolean(), fc.constant(null));

const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ depthSize: 'small' }, scalars, tie('list'), tie('map')),
  list: fc.array(tie('tree'), { maxLength: 4 }),
  map: fc
    .uniqueArray(fc.tuple(hostile, tie('tree')), { selector: ([key]) => key, maxLength: 4 })
    .map((entries) => new Map(entries)),
}));

/** Maps compare by their entries in order; `-0` is the same number in both formats. */
function plain(value: unknown): unknown {
  if (value instanceof Map)
    return ['map', [...(value as Map<string, unknown>)].map(([key, item]) => [key, plain(item)])];
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null)
    return ['map', Object.entries(value).map(([key, item]) => [key, plain(item)])];
  return Object.is(value, -0) ? 0 : value;
}

/** JSON.parse with maps in the order of the text: an object would put `1` before `a` and lose nothing else. */
function sorted(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const [kind, entries] = value as [unknown, unknown];
  if (kind !== 'map' || !Array.isArray(entries)) return value.map(sorted);
  const pairs = (entries as [string, unknown][]).map(([key, item]): [string, unknown] => [key, sorted(item)]);
  return ['map', pairs.sort(([a], [b]) => (a < b ? -1 : 1))];
}

describe('JSON', () => {
  it('is read back as it was, whatever the strings hold', () => {
    fc.assert(
      fc.property(tree, (value) => {
        const printed = printJson(value);
        expect(sorted(plain(JSON.parse(printed)))).toEqual(sorted(plain(value)));
        expect(printed.endsWith('\n')).toBe(true);
        expect(printed.includes('\r')).toBe(false);
      }),
      { numRuns: isLong ? 20_000 : 500 },
    );
  });

  it('agrees with JSON.stringify on plain data', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // JSON.stringify keeps `-0` out as well.
        expect(printJson(value)).toBe(`${JSON.stringify(value, null, 2)}\n`);
      }),
      { numRuns: runs(1000) },
    );
  });

  it.each([
    ['NaN', { a: [Number.NaN] }],
    ['Infinity', { a: Number.POSITIVE_INFINITY }],
    ['a lone surrogate', { a: 'x\ud800' }],
    ['a lone surrogate in a key', new Map([['\udc00', 1]])],
    ['undefined in a list', [undefined]],
    ['a function', { a: () => 1 }],
  ])('refuses %s as a bug of ours', (_what, value) => {
    expect(() => printJson(value)).toThrow(/^bug: /);
    expect(() => printYaml(value)).toThrow(/^bug: /);
  });

  it('leaves undefined keys out', () => {
    expect(printJson({ a: undefined, b: 1 })).toBe('{\n  "b": 1\n}\n');
  });
});

describe('YAML', () => {
  it.each(['1.2', '1.1'] as const)('is read back as it was by a reader of YAML %s', (version) => {
    fc.assert(
      fc.property(tree, (value) => {
        const read: unknown = parse(printYaml(value), { version, mapAsMap: true, merge: false });
        expect(plain(read)).toEqual(plain(value));
      }),
      { numRuns: isLong ? 20_000 : 750 },
    );
  });

  it('has no anchors where a value occurs twice', () => {
    const shared = { a: [1] };
    const printed = printYaml({ first: shared, second: shared });
    expect(printed).toBe('first:\n  a:\n    - 1\nsecond:\n  a:\n    - 1\n');
  });

  it('never folds a line and shows several lines as a block', () => {
    const long = `sum(${'x'.repeat(300)})`;
    expect(printYaml({ expr: long, text: 'a\nb\n' })).toBe(`expr: ${long}\ntext: |\n  a\n  b\n`);
  });

  it('keeps a header inside its comment', () => {
    fc.assert(
      fc.property(hostile, hostile, (header, value) => {
        const printed = printYaml({ value }, header);
        expect(parse(printed)).toEqual({ value });
        expect(parse(printed, { version: '1.1' })).toEqual({ value });
      }),
      { numRuns: runs(1000) },
    );
  });
});

/** Double quotes with every character but plain ASCII escaped: what Go reads does not depend on the printer under test. */
function escaped(text: string): string {
  const body = Array.from(text).map((char) => {
    if (/^[A-Za-z0-9 ]$/.test(char)) return char;
    return `\\U${(char.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`;
  });
  return `"${body.join('')}"`;
}

describe.skipIf(missingProgram('promtool'))('YAML, read by Go (promtool)', () => {
  it('gives the annotations and labels that were written', () => {
    // Annotations are templates: two braces would begin an action. A label that is empty does not exist.
    const values = fc
      .sample(hostile, { numRuns: 1500, seed: 7 })
      .concat(traps)
      .map((value) => value.replaceAll('{{', '{ {'));
    const annotations = new Map(values.map((value, index) => [`a${index}`, value]));
    const labels = new Map(
      values.filter((value) => value !== '').map((value, index) => [`l${index}`, value]),
    );
    const rules = printYaml(
      { groups: [{ name: 'g', rules: [{ alert: 'A', expr: 'vector(1)', labels, annotations }] }] },
      'header\nof two lines',
    );
    const expected = (map: ReadonlyMap<string, string>) =>
      [...map].map(([key, value]) => `${key}: ${escaped(value)}`).join(', ');
    const test = `{rule_files: [rules.yaml], tests: [{interval: 1m, alert_rule_test: [{eval_time: 1m, alertname: A, exp_alerts: [{exp_labels: {${expected(labels)}}, exp_annotations: {${expected(annotations)}}}]}]}]}`;
    const folder = mkdtempSync(join(tmpdir(), 'obs-gen-yaml-'));
    try {
      writeFileSync(join(folder, 'rules.yaml'), rules);
      writeFileSync(join(folder, 'test.yaml'), test);
      const output = execFileSync('promtool', ['test', 'rules', 'test.yaml'], {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 1e9,
      });
      expect(output).toContain('SUCCESS');
      // The comparison can fail: one wrong value is noticed.
      writeFileSync(join(folder, 'rules.yaml'), rules.replace('a0: ', 'a0: "x" # '));
      expect(() =>
        execFileSync('promtool', ['test', 'rules', 'test.yaml'], {
          cwd: folder,
          stdio: 'pipe',
          maxBuffer: 1e9,
        }),
      ).toThrow();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
