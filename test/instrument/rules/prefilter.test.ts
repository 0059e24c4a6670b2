import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literalsOf, nameGlob, withoutBraces } from '../../../src/instrument/rules/glob.js';
import { ruleSetOf } from '../../../src/instrument/rules/rule-set-of.js';
import { chosen, read, ruleFor, rulesOf } from './support.js';
import { runs } from '../../support/long.js';
import { pace } from '../../support/pace.js';

const sources = [
  'src/model/origin.ts',
  'src/cli/run.ts',
  'src/spec/load.ts',
  'src/runtime/traces/span.ts',
].map((path) => ({ path, text: readFileSync(path, 'utf8') }));

const files = sources.map(({ path, text }) => read(text, path));

/** Names with stretches of them replaced by wildcards. */
function patternFrom(name: string): fc.Arbitrary<string> {
  const { length } = name;
  const cut = fc.tuple(fc.nat(length), fc.nat(length), fc.constantFrom('*', '?', '*?', '**', ''));
  return cut.map(([a, b, wildcard]) => {
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    const pattern = name.slice(0, from) + wildcard + name.slice(to);
    return pattern === '' ? '*' : pattern;
  });
}

const plain = /^[a-zA-Z0-9_$*?#.]+$/;

describe('the prefilter', () => {
  it('lets no file go in which a rule fits something', () => {
    const names = [
      ...new Set(
        files.flatMap(({ candidates }) =>
          candidates.flatMap(({ name, className }) => [name ?? 'f', className ?? 'C']),
        ),
      ),
    ].filter((name) => plain.test(name));
    const key = fc.constantFrom(
      'method',
      'function',
      'variable',
      'class',
      'call',
      'implements',
      'extends',
      'imports',
    );
    const rule = fc.tuple(key, fc.constantFrom(...names).chain(patternFrom));
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 4 }), (rules) => {
        const set = ruleSetOf({
          rules: rules.map(([each, pattern], index) => ({
            label: String(index),
            match: { [each]: pattern },
            not: [],
            insertion: { rule: index, attributes: [], style: 'wrap' },
          })),
        });
        for (const { file, candidates } of files) {
          const fitting = candidates.flatMap((candidate) =>
            set.explain(candidate, file).filter(({ fits, because }) => fits || because.includes('escapes')),
          );
          // Nothing here is written with escapes, so each rule that fits is one that the text lets pass.
          expect(fitting.filter(({ fits }) => !fits)).toEqual([]);
          if (fitting.length > 0) expect(set.mayMatch(file.path, file.text)).toBe(true);
          else expect(chosen(set, { file, candidates })).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['{ method: run }', 'class A { walk() {} }'],
    ['{ class: "*Agent", method: run }', 'class A { run() {} }'],
    ['{ function: "{ask,tell}*" }', 'function question() {}'],
    ['{ call: "*.chat.completions.create" }', 'client.chat.completion.create()'],
    ['{ implements: Tool }', 'class A { run() {} }'],
    ['{ imports: openai }', 'function f() {}'],
    ['{ tool: search }', 'tool({ name: "find", execute() {} })'],
    ['{ file: "lib/**" }', 'function f() {}'],
  ])('keeps a file from being parsed for %s', (match, text) => {
    expect(rulesOf([ruleFor(match)]).mayMatch('src/a.ts', text)).toBe(false);
  });

  it.each([
    ['{ file: "src/**" }', 'const a = 1;'],
    ['{ method: "*" }', ''],
    ['{ implements: Tool, types: true }', 'class A extends B { run() {} }'],
    ['{ call: "*.chat.create" }', 'client\n  ?.chat\n  ["create"]()'],
    ['{ function: default }', 'module.exports = () => {};'],
    ['{ tool: "*" }', 'const a = 1;'],
  ])('lets a file pass for %s', (match, text) => {
    expect(rulesOf([ruleFor(match)]).mayMatch('src/a.ts', text)).toBe(true);
  });

  it('leaves out files that are excluded, and those that rules only leave alone', () => {
    const rules = rulesOf([ruleFor('{ method: run }', ', not: { file: "**/*.test.ts" }')]);
    expect(rules.mayMatch('src/a.ts', 'run')).toBe(true);
    expect(rules.mayMatch('src/a.test.ts', 'run')).toBe(false);
    const left = rulesOf(['{ match: { method: run }, leave: true }', ruleFor('{ method: ask }')]);
    expect(left.mayMatch('src/a.ts', 'run')).toBe(false);
  });

  it('decides and explains alike where a name is written with escapes', () => {
    const { file, candidates } = read(
      'class A { r\\u0075n() {} }\nclass B { run() {} }'.replace('run()', 'walk()'),
    );
    const rules = rulesOf([ruleFor('{ method: run }')]);
    expect(candidates[0]?.name).toBe('run');
    expect(rules.mayMatch(file.path, file.text)).toBe(false);
    expect(chosen(rules, { file, candidates })).toEqual([]);
    const [candidate] = candidates;
    if (candidate === undefined) throw new Error('no candidate');
    expect(rules.explain(candidate, file)[0]).toMatchObject({
      fits: false,
      because: 'its name is written with escapes',
    });
  });
});

describe('a pattern of names', () => {
  it.each([
    ['run', ['run'], ['runs', 'Run', '']],
    ['run*', ['run', 'runAgent'], ['rerun']],
    ['*Agent', ['Agent', 'MyAgent'], ['Agents']],
    ['a*b*c', ['abc', 'axxbyyc', 'abcbc'], ['acb', 'ab']],
    ['a?c', ['abc'], ['ac', 'abbc']],
    ['*.create', ['a.create', 'a.b.create'], ['create']],
    ['{run,ask}*', ['runs', 'asked'], ['task']],
    ['{a,{b,c}}d', ['ad', 'bd', 'cd'], ['d']],
    ['{a,}b', ['ab', 'b'], ['a']],
    ['*', ['', 'a.b'], []],
  ])('%s', (pattern, fitting, others) => {
    const glob = nameGlob(pattern);
    expect(fitting.filter((name) => !glob.fits(name))).toEqual([]);
    expect(others.filter((name) => glob.fits(name))).toEqual([]);
  });

  it('fits what a regular expression of the same meaning fits', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, (each, name) => {
        const source = each.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
        expect(nameGlob(each).fits(name)).toBe(new RegExp(`^${source}$`, 's').test(name));
        if (nameGlob(each).fits(name))
          for (const literal of literalsOf(each)) expect(name).toContain(literal);
      }),
      { numRuns: runs(2000) },
    );
  });

  it('takes little time for what would take long by going back everywhere', () => {
    const glob = nameGlob('*a'.repeat(90));
    const started = performance.now();
    expect(glob.fits(`${'a'.repeat(5000)}b`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(500 * pace());
  });

  it('stands for a bounded number of others', () => {
    expect(withoutBraces('{a,b}{c,d}')).toEqual(['ac', 'ad', 'bc', 'bd']);
    expect(withoutBraces('{a,b}'.repeat(20)).length).toBeLessThanOrEqual(128);
    expect(withoutBraces('{a')).toEqual(['{a']);
    expect(withoutBraces('a}{b')).toEqual(['a}{b']);
  });
});
