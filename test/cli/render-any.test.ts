import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic, Range } from '../../src/diagnostics/diagnostic.js';
import { renderGithub } from '../../src/diagnostics/render/github.js';
import { renderJson } from '../../src/diagnostics/render/json.js';
import { renderPretty } from '../../src/diagnostics/render/pretty.js';
import { renderSarif } from '../../src/diagnostics/render/sarif.js';
import { SourceFile } from '../../src/diagnostics/source-file.js';
import { finding } from './sample.js';
import { runs } from '../support/long.js';

const formats: readonly (readonly [string, (list: readonly Diagnostic[]) => string])[] = [
  ['pretty', (list) => renderPretty(list, { color: false })],
  ['pretty with colour', (list) => renderPretty(list, { color: true })],
  ['json', renderJson],
  ['github', renderGithub],
  ['sarif', (list) => renderSarif(list, { version: '0.0.0' })],
];

/** What a terminal would not print but do. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '\n',
      '\r\n',
      '\r',
      '\t',
      ' ',
      '"',
      '\\',
      '{',
      '%',
      '\u202e',
      '\u2028',
      '\u0000',
      '\u001b',
      '\ud83d',
      '\ufe0f',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom('key: value', '\u6f22', '\u{1f469}\u200d\u{1f467}'),
  ),
});

/** Ranges that no correct stage would make are among them: a renderer that throws hides what was found. */
const range = (source: SourceFile): fc.Arbitrary<Range> =>
  fc
    .tuple(
      fc.integer({ min: -3, max: source.text.length + 3 }),
      fc.integer({ min: -3, max: source.text.length + 3 }),
    )
    .map(([start, end]) => ({ source, start, end }));

const diagnostics = fc.tuple(text, text).chain(([first, second]) => {
  const sources = [new SourceFile('a.yaml', first), new SourceFile('b\u001b.yaml', second)] as const;
  const anyRange = fc.constantFrom(...sources).chain(range);
  const one = fc.record({
    message: text,
    severity: fc.constantFrom('error' as const, 'warning' as const, 'info' as const),
    range: fc.option(anyRange, { nil: undefined }),
    related: fc.array(fc.record({ range: anyRange, message: text }), { maxLength: 2 }),
    help: fc.option(text, { nil: undefined }),
    fix: fc.option(fc.record({ range: anyRange, text }), { nil: undefined }),
  });
  return fc.array(one.map(finding), { maxLength: 4 });
});

describe.each(formats)('%s', (name, render) => {
  it('never throws, and says the same of the same', () => {
    fc.assert(
      fc.property(diagnostics, (list) => {
        const shown = render(list);
        expect(render(list)).toBe(shown);
        if (name === 'json' || name === 'sarif') JSON.parse(shown);
        if (name === 'pretty') expect(shown).not.toMatch(steering);
      }),
      { numRuns: runs(1000) },
    );
  });

  it('never shows a secret', () => {
    const secretText = fc.string({
      unit: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G', '"', '\\', '{', '%', '/', '+', '='),
      minLength: 8,
      maxLength: 40,
    });
    const around = fc.string({
      unit: fc.constantFrom('a', 'b', ' ', '\n', '\t', ':', '\u6f22', '\u{1f600}'),
      maxLength: 120,
    });
    const input = fc.tuple(around, secretText, around, fc.nat(), fc.nat(), fc.nat(), fc.nat());
    fc.assert(
      fc.property(input, ([before, secret, after, ...points]) => {
        const source = new SourceFile('a.yaml', `${before}${secret}${after}`);
        source.secrets.push({ start: before.length, end: before.length + secret.length });
        const [a = 0, b = 0, c = 0, d = 0] = points.map((point) => point % (source.text.length + 1));
        const at = (from: number, to: number): Range => ({
          source,
          start: Math.min(from, to),
          end: Math.max(from, to),
        });
        const inMessages = finding({
          message: `found ${secret} there`,
          range: at(a, b),
          related: [{ range: at(c, d), message: `like ${secret}${secret}` }],
          help: `not ${secret}\nbut another`,
          fix: { range: at(c, d), text: `x${secret}y` },
        });
        // Where only source text is shown, not even a part of the secret is: the cuts of ranges go through its middle.
        const inSource = finding({ message: 'm', range: at(a, b), fix: { range: at(c, d), text: 'new' } });
        for (const [list, longest] of [
          [[inMessages], secret.length],
          [[inSource], 5],
        ] as const) {
          const shown = render(list);
          for (let start = 0; start + longest <= secret.length; start += 1) {
            const piece = secret.slice(start, start + longest);
            expect(shown.includes(piece) || shown.includes(JSON.stringify(piece).slice(1, -1))).toBe(false);
          }
        }
      }),
      { numRuns: runs(1000) },
    );
  });
});

it('masks secrets that overlap, and says nothing of their length', () => {
  const source = new SourceFile('a.yaml', 'key: AAAABBBBCCCC # end\n');
  source.secrets.push({ start: 5, end: 13 }, { start: 9, end: 17 });
  const shown = renderPretty([finding({ message: 'm', range: { source, start: 7, end: 9 } })], {
    color: false,
  });
  expect(shown).toContain('1 | key: [secret] # end\n  |      ^^^^^^^^\n');
});

it('hides a secret that contains another one whole', () => {
  const source = new SourceFile('a.yaml', 'a: abcdef\nb: abcdefGHIJKL\n');
  source.secrets.push({ start: 3, end: 9 }, { start: 13, end: 25 });
  const shown = renderJson([finding({ message: 'is abcdefGHIJKL', range: { source, start: 0, end: 1 } })]);
  expect(shown).toContain('is [secret]');
  expect(shown).not.toContain('GHIJKL');
});
