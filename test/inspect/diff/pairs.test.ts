import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { foldersIn } from '../../support/directory.js';
import { differenceOf, essence, expected, type Expected } from './support.js';

/**
 * One folder a change: test/inspect/diff/pairs/<name>/{old,new}.yaml, and in expected.json what it breaks, written by hand. Every change
 * that is reported has to be expected, and every expected one reported. Where `reversed` is given, it is what the way back breaks.
 */
const root = join(import.meta.dirname, 'pairs');

interface Pair {
  readonly changes: readonly Partial<Expected>[];
  readonly reversed?: readonly Partial<Expected>[];
  readonly diagnostics?: readonly string[];
}

const byPlace = (changes: readonly Expected[]): Expected[] =>
  [...changes].sort((a, b) => (`${a.at} ${a.kind}` < `${b.at} ${b.kind}` ? -1 : 1));

describe.each(foldersIn(root))('%s', (name) => {
  const read = (file: string): string => readFileSync(join(root, name, file), 'utf8');
  const pair = JSON.parse(read('expected.json')) as Pair;

  it('is classed as expected', () => {
    const difference = differenceOf(read('old.yaml'), read('new.yaml'));
    expect(byPlace(difference.changes.map(essence))).toEqual(byPlace(expected(pair.changes)));
    expect(difference.breaking).toBe(pair.changes.some(({ breaking = [] }) => breaking.length > 0));
    expect(difference.diagnostics.map(({ code }) => code)).toEqual(pair.diagnostics ?? []);
  });

  const { reversed } = pair;
  if (reversed === undefined) return;
  it('is classed as expected the other way round', () => {
    const { changes } = differenceOf(read('new.yaml'), read('old.yaml'));
    expect(byPlace(changes.map(essence))).toEqual(byPlace(expected(reversed)));
  });
});

it('has pairs enough', () => {
  expect(foldersIn(root).length).toBeGreaterThanOrEqual(30);
});
