import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { costOf } from '../spec/support.js';
import { some } from '../support/long.js';

/**
 * Every regular expression of the compiler and the runtime, on texts that are made to keep it busy: they begin to match at each place and
 * never do. A pattern that goes back over such a text without end takes years for a line of it.
 */
const usual = 4000;
/** What is read whole and comes from strangers: prompts, log lines, pages of metrics, specs. Going back over it even once at each place is too much. */
const large = 100_000;
const readsLarge = /^src\/(?:runtime|encode|spec|inspect\/exposition)\//;
/** Patterns that are given short texts only: of how many characters, and what those are. */
const short = new Map<string, readonly [length: number, what: string]>([
  ['/\\/+$/', [2000, 'an address of the settings']],
  ['/0+$/', [400, 'the digits of a number']],
  ['/([\\w.:-]+)="([^"<]*)"/g', [4000, 'the markup of one element that a tool printed']],
  [
    '/^\\w*(policydenied|policyviolation|guardrail\\w*tripwire\\w*|guardrailviolation)\\w*$/i',
    [200, 'the name of an error, which is cut before'],
  ],
]);
/** Of the processor, which does not depend on what else the machine does. Linear is some milliseconds. */
const mostMilliseconds = 2000;

interface Pattern {
  readonly source: string;
  readonly flags: string;
  /** Where it stands. */
  readonly place: string;
}

function literalsOf(path: string): Pattern[] {
  const file = ts.createSourceFile(
    path,
    readFileSync(join(packageRoot, path), 'utf8'),
    ts.ScriptTarget.ES2023,
    true,
  );
  const found: Pattern[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      found.push({
        source: node.text.slice(1, end),
        flags: node.text.slice(end + 1),
        place: `${path}:${line + 1}`,
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function* schemaPatterns(schema: unknown, at = 'schema'): Generator<Pattern> {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'pattern' && typeof value === 'string') yield { source: value, flags: 'u', place: at };
    else yield* schemaPatterns(value, `${at}.${key}`);
  }
}

const alphabet = Array.from('aA0 \n\t_-.:/"\'({[<\\$%@#,;|*=})]>é\0\r`&?!+~^');
const piece = /\\[pPu]\{[^}]*\}|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[^]|\[\^?(?:\\[^]|[^\]\\])*\]|[^]/gu;

/** A character for each part of a pattern that takes one, in their order. */
function samplesOf({ source, flags }: Pattern): string[] {
  return [...source.matchAll(piece)].flatMap(([part]) => {
    if (/^[()|*+?^$]$/.test(part)) return [];
    try {
      const one = new RegExp(`^(?:${part})$`, flags.replace(/[gy]/g, ''));
      return alphabet.find((character) => one.test(character)) ?? (part.length === 1 ? part : []);
    } catch {
      return [];
    }
  });
}

/** Texts that a pattern begins to match again and again: each of its characters, its beginnings, and one after the other. */
function attacksOn(pattern: Pattern, length: number): string[] {
  const fill = (unit: string): string => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
  const sample = samplesOf(pattern);
  const characters = [...new Set(sample)];
  const units = new Set([...characters, sample.join('') || 'a']);
  for (let count = 2; count <= Math.min(sample.length, 14); count += 1)
    units.add(sample.slice(0, count).join(''));
  const texts = [...units].flatMap((unit) => [fill(unit), `${fill(unit)}\u0001`]);
  for (let count = 1; count <= Math.min(sample.length, 8); count += 1)
    for (const character of characters.slice(0, 8))
      texts.push(`${sample.slice(0, count).join('')}${fill(character)}\u0001`);
  return texts;
}

function millisecondsOf(expression: RegExp, text: string): number {
  expression.lastIndex = 0;
  const began = performance.now();
  if (expression.global) text.replace(expression, '');
  else expression.test(text);
  return performance.now() - began;
}

/** The worst of many short texts. */
function worstOf(expression: RegExp, pattern: Pattern, longest: number): number {
  let worst = { text: 0, cost: -1 };
  for (const length of [26, longest]) {
    attacksOn(pattern, length).forEach((text, index) => {
      const cost = millisecondsOf(expression, text);
      if (cost > worst.cost) worst = { text: index, cost };
    });
    if (worst.cost > mostMilliseconds) break;
  }
  return worst.text;
}

const sources = readdirSync(join(packageRoot, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .flatMap((path) => literalsOf(`src/${path}`));
const schema: unknown = JSON.parse(
  readFileSync(join(packageRoot, 'schemas/observability.v1.schema.json'), 'utf8'),
);
const distinct = new Map<string, Pattern & { readonly places: string[] }>();
for (const each of [...sources, ...schemaPatterns(schema)]) {
  const key = `/${each.source}/${each.flags}`;
  const known = distinct.get(key);
  if (known === undefined) distinct.set(key, { ...each, places: [each.place] });
  else known.places.push(each.place);
}

/** The lengths on which a pattern is tried: in steps, so that what would take hours in full is known for what it is after seconds. */
function lengthsFor(key: string, places: readonly string[]): readonly number[] {
  const [length] = short.get(key) ?? [];
  if (length !== undefined) return [length];
  return places.some((place) => readsLarge.test(place)) ? [usual, 5 * usual, large] : [usual];
}

it('none goes back over its text without end', () => {
  expect(distinct.size).toBeGreaterThan(500);
  const lengths = new Map([...distinct].map(([key, { places }]) => [key, lengthsFor(key, places)]));
  expect([...lengths.values()].filter((each) => each.includes(large)).length).toBeGreaterThan(100);
  const slow: string[] = [];
  let most = { milliseconds: 0, key: '' };
  for (const [key, pattern] of some([...distinct], 120)) {
    const expression = new RegExp(pattern.source, pattern.flags);
    const steps = lengths.get(key) ?? [];
    const worst = worstOf(expression, pattern, Math.min(1500, ...steps));
    let milliseconds = 0;
    let length: number | undefined;
    for (length of steps) {
      const text = attacksOn(pattern, length)[worst] ?? '';
      milliseconds = costOf(() => {
        millisecondsOf(expression, text);
      });
      if (milliseconds > mostMilliseconds) break;
    }
    if (milliseconds > most.milliseconds) most = { milliseconds, key };
    if (milliseconds > Number(process.env['REPORT'] ?? mostMilliseconds))
      slow.push(`${milliseconds.toFixed(0)} ms for ${length ?? 0}: ${key} in ${pattern.places.join(', ')}`);
  }
  if (process.env['REPORT'] !== undefined)
    console.log(`${distinct.size} patterns, ${most.milliseconds.toFixed(1)} ms at most: ${most.key}`);
  expect(slow).toEqual([]);
});
