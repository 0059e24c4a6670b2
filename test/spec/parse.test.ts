import { describe, expect, it } from 'vitest';
import { locate } from '../../src/spec/located.js';
import { parseFile } from '../../src/spec/yaml/parse.js';
import { plainValue } from '../../src/spec/plain.js';
import { lines, sourceOf } from './support.js';

const parse = (yaml: string) => parseFile(sourceOf(yaml));
const findings = (yaml: string) => lines(parse(yaml).diagnostics);
const tree = (yaml: string): unknown => {
  const { value } = parse(yaml);
  return value === undefined ? undefined : JSON.parse(JSON.stringify(plainValue(value.root)));
};

describe('syntax errors', () => {
  it.each([
    ['a: &x 1\n', ['OBS1005 1:4-1:6 anchor `&x`: a spec has neither anchors nor aliases']],
    ['a: *x\n', ['OBS1005 1:4-1:6 alias `*x`: a spec has neither anchors nor aliases']],
    ['a: "x\nb: 1\n', ['OBS1006 1:4-1:6 this quote is never closed']],
    ['a: {b: 1\nc: 2\n', ['OBS1006 1:4-1:5 this `{` is never closed']],
    ['a: { b: [1 }\nc: 2\n', ['OBS1006 1:9-1:10 this `[` is never closed']],
    ['a: b: c\n', ['OBS1006 1:4-1:5 a second `key: value` on one line']],
    ['a:1\nb: 2\n', ['OBS1006 1:1-1:4 this line is neither a key nor the continuation of a text']],
    ['a: "x" y\n', ['OBS1006 1:8-1:9 this does not belong to the value before it']],
    ['a: {b: 1}}\nc: 1\nd: 2\n', ['OBS1006 1:10-1:11 this does not belong to the value before it']],
    ['a: [1, , 2]\n', ['OBS1006 1:8-1:9 nothing stands before this comma']],
    ['a: { b [1, 2] }\n', ['OBS1006 1:8-1:9 a comma or a colon is missing here']],
    ['a: "\\q"\n', ['OBS1006 1:5-1:6 this is no escape sequence of YAML']],
    ['a: @x\n', ['OBS1006 1:4-1:5 a text cannot start with this character unless it stands in quotes']],
    ['a:\n  x: 1\n y: 2\n', ['OBS1006 3:1-3:2 the indentation fits no entry above']],
    ['a: 1\nb: 2\na: 3\n', ['OBS1007 3:1-3:2 key `a` stands twice in this map']],
    ['a: 1\n---\nb: 2\n', ['OBS1008 2:1-2:4 a second document begins here, and a file holds one spec']],
    ['a: !!str 1\n', ['OBS1009 1:4-1:9 tag `!!str`: a spec has no tags']],
    ['%YAML 1.1\n---\na: 1\n', ['OBS1009 1:1-1:10 directive `%YAML 1.1`: a spec has no directives']],
    ['a: "x\\0y"\n', ['OBS1010 1:6-1:8 control character U+0000']],
    ['a: x\u0007y\n', ['OBS1010 1:5-1:6 control character U+0007']],
    ['a: 1\rb: 2\n', ['OBS1010 1:5-2:1 control character U+000D']],
    ['# \u202e\na: 1\n', ['OBS1011 1:3-1:4 character U+202E changes the direction of the text around it']],
    ['a: "\\u2066"\n', ['OBS1011 1:5-1:11 character U+2066 changes the direction of the text around it']],
    ['a: "\\ud83d"\n', ['OBS1012 1:5-1:11 half of a surrogate pair, U+D83D, is not a character']],
    ['a: 1e999\n', ['OBS1013 1:4-1:9 `1e999` is not a finite number']],
    ['a: .nan\n', ['OBS1013 1:4-1:8 `.nan` is not a finite number']],
    ['a: 012\n', ['OBS1013 1:4-1:7 `012` is 12 here and octal for other readers of YAML']],
    [
      'a: 9007199254740993\n',
      [
        'OBS1013 1:4-1:20 `9007199254740993` is too large to be kept exactly: it would become 9007199254740992',
      ],
    ],
    ['a:\n\tb: 1\n', ['OBS1014 2:1-2:2 a tab in the indentation']],
    ['a: [no, "no"]\n', ['OBS1016 1:5-1:7 `no` is a text here and a truth value for other readers of YAML']],
    ['<<: { a: 1 }\n', ['OBS1017 1:1-1:3 merge keys (`<<`) are not part of YAML 1.2']],
    ['? [a]\n: 1\n', ['OBS1018 1:3-1:6 a key is a text, and this one is a list, a map or an alias']],
    ['', ['OBS1019 1:1-1:1 the file holds no spec']],
    ['# nothing\n', ['OBS1019 1:1-1:1 the file holds no spec']],
    ['---\n', ['OBS1019 1:1-1:1 the file holds no spec']],
    ['- a\n', ['OBS1019 1:1-1:4 a spec is a map of sections, and this is not a map']],
  ])('are named with their place in %j', (yaml, expected) => {
    expect(findings(yaml)).toEqual(expected);
  });

  it.each([
    'a: 0.5\n',
    'a: 0\n',
    'a: -0\n',
    'a: 0x1F\n',
    'a: 9007199254740991\n',
    'no: 1\non: 2\n',
    'a: nope\n',
  ])('are not seen in %j', (yaml) => {
    expect(findings(yaml)).toEqual([]);
  });

  it('are all reported', () => {
    const yaml = 'a: @x\nb: { c: 1, c: 2 }\nd: *e\nf: [1, , 2]\ng:\n\th: 012\ni: {j: 1\nk: no\n';
    expect(findings(yaml).map((line) => line.slice(0, 11))).toEqual([
      'OBS1006 1:4',
      'OBS1007 2:1',
      'OBS1005 3:4',
      'OBS1006 4:8',
      'OBS1014 6:1',
      'OBS1013 6:5',
      'OBS1006 7:4',
      'OBS1016 8:4',
    ]);
  });

  it('are capped, and the cap is told', () => {
    const { diagnostics } = parse('a: 1\n'.repeat(200));
    expect(diagnostics).toHaveLength(51);
    expect(diagnostics.at(-1)).toMatchObject({
      code: 'OBS1020',
      message: '149 more faults of the YAML from here on are not shown',
    });
  });
});

describe('recovery', () => {
  it.each([
    ['a: { expr: rate(x{a="b"}[5m]) > 1, for: 5m }\n', { a: { expr: 'rate(x{a="b"}[5m]) > 1', for: '5m' } }],
    ['a: { total: x{a="b"}, good: y[5m] }\n', { a: { total: 'x{a="b"}', good: 'y[5m]' } }],
    ['a: { q: sum by (a, b) (x) > 1, c: 1 }\n', { a: { q: 'sum by (a, b) (x) > 1', c: 1 } }],
    ['a: { q: x{a=~"}, b{"}, c: 1 }\n', { a: { q: 'x{a=~"}, b{"}', c: 1 } }],
    ['a: { q: {job="x"} > 1, c: [1] }\n', { a: { q: '{job="x"} > 1', c: [1] } }],
    ['a: { s: Queue {{ $labels.q }} is full, c: 1 }\n', { a: { s: 'Queue {{ $labels.q }} is full', c: 1 } }],
    ['a: {{ $labels.x }} is down # really\nb: 1\n', { a: '{{ $labels.x }} is down', b: 1 }],
    ['a:\n  - { q: x[5m] }\n  - { q: y[5m] }\n', { a: [{ q: 'x[5m]' }, { q: 'y[5m]' }] }],
  ])('reads %j as if the quotes stood there', (yaml, expected) => {
    const { diagnostics } = parse(yaml);
    expect([...new Set(diagnostics.map(({ code }) => code))]).toEqual(['OBS1015']);
    expect(tree(yaml)).toEqual(expected);
    // The fixes make it true.
    let fixed = yaml;
    for (const { fix } of [...diagnostics].reverse())
      if (fix !== undefined) fixed = fixed.slice(0, fix.range.start) + fix.text + fixed.slice(fix.range.end);
    expect(findings(fixed)).toEqual([]);
    expect(tree(fixed)).toEqual(expected);
  });

  it('points at the whole text and shows it in quotes', () => {
    const [finding] = parse("a: { q: x{a='b'} }\n").diagnostics;
    expect(finding).toMatchObject({
      range: { start: 8, end: 16 },
      help: "put it in single quotes: 'x{a=''b''}'",
      fix: { text: "'x{a=''b''}'" },
    });
  });

  it('keeps the positions inside such a text', () => {
    const { value } = parse('a: { q: x{a="b"}[5m] }\n');
    const node = value === undefined ? undefined : locate(value.root, ['a', 'q']);
    expect(node?.kind === 'scalar' ? node.text.slice(1, 8) : undefined).toMatchObject({ start: 9, end: 16 });
  });

  it.each([
    'a: x{a="b"} > 1\n',
    'a: [b, c]\n',
    'a: { b: (c), d: e }\n',
    'a: |\n  x{a="b"}, {{ y }}\n',
    'a: {}\n',
  ])('leaves %j alone', (yaml) => {
    expect(findings(yaml)).toEqual([]);
  });

  it('keeps what stands around a broken place', () => {
    expect(tree('a: {b: 1\nc: 2\n')).toEqual({ a: { b: 1 }, c: 2 });
    expect(tree('a:\n\tb: 1\n\tc: 2\n')).toEqual({ a: { b: 1, c: 2 } });
    expect(tree('a: 1\na: 2\n')).toEqual({ a: 1 });
    expect(tree('a: *x\nb: 1\n')).toEqual({ a: null, b: 1 });
  });
});

describe('the tree', () => {
  it('knows the place of keys, values, maps and lists', () => {
    const yaml = 'a:\n  b: [1, "two"] # end\n  c:\n    - d: x\n\n\ne: {}\n';
    const { value } = parse(yaml);
    const slice = (...path: (string | number)[]) => {
      const node = value === undefined ? undefined : locate(value.root, path);
      return node === undefined ? undefined : yaml.slice(node.range.start, node.range.end);
    };
    expect(slice('a')).toBe('b: [1, "two"] # end\n  c:\n    - d: x');
    expect(slice('a', 'b')).toBe('[1, "two"]');
    expect(slice('a', 'b', 1)).toBe('"two"');
    expect(slice('a', 'c')).toBe('- d: x');
    expect(slice('a', 'c', 0)).toBe('d: x');
    expect(slice('e')).toBe('{}');
    expect(slice('a', 'nope')).toBeUndefined();
  });

  it('takes keys that objects have by themselves', () => {
    const { value } = parse('__proto__: { constructor: 1 }\ntoString: 2\n');
    expect(value === undefined ? [] : [...value.root.entries.keys()]).toEqual(['__proto__', 'toString']);
    const plain = value === undefined ? {} : plainValue(value.root);
    expect(Object.getPrototypeOf(plain)).toBeNull();
    expect(({} as Record<string, unknown>)['constructor']).toBe(Object);
  });
});
