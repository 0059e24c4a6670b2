import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { patternWords } from '../../src/spec/schema/pattern-words.js';
import type { Plain } from '../../src/spec/plain.js';
import { type SchemaNode, languageSchema } from '../../src/spec/schema/schema.js';
import { sampleOf } from '../../src/spec/schema/examples.js';
import { numberedSchema, validatorOptions } from '../../src/spec/schema/validator.js';
import { leastCostOf } from './support.js';

interface Place {
  readonly at: string;
  readonly node: SchemaNode;
  /** Whether it only says which keys exclude each other, or describes names instead of values. */
  readonly isAside: boolean;
}

function placesOf(node: SchemaNode, at = '#', isAside = false): Place[] {
  const below = (children: Readonly<Record<string, SchemaNode>> | undefined, name: string) =>
    Object.entries(children ?? {}).flatMap(([key, child]) => placesOf(child, `${at}/${name}/${key}`));
  return [
    { at, node, isAside },
    ...below(node.$defs, '$defs'),
    ...below(node.properties, 'properties'),
    ...(node.items === undefined ? [] : placesOf(node.items, `${at}/items`)),
    ...(node.additionalProperties ? placesOf(node.additionalProperties, `${at}/*`) : []),
    ...(node.propertyNames === undefined ? [] : placesOf(node.propertyNames, `${at}/names`, true)),
    ...(node.oneOf ?? []).flatMap((branch, index) =>
      placesOf(branch, `${at}/oneOf/${index}`, Object.keys(branch).join() === 'required'),
    ),
  ];
}

const places = placesOf(languageSchema());
const patterns = [...new Set(places.flatMap(({ node }) => node.pattern ?? []))];

describe('the schema of the language', () => {
  it('is valid JSON Schema 2020-12', () => {
    const ajv = new Ajv2020({ ...validatorOptions, validateSchema: true, meta: true });
    expect(ajv.validateSchema(languageSchema())).toBe(true);
    expect(() => ajv.compile(numberedSchema())).not.toThrow();
  });

  it('describes every key', () => {
    const silent = places.filter(({ node, isAside, at }) => {
      const isTarget = node.$ref !== undefined;
      return !isAside && !isTarget && node.description === undefined && !at.endsWith('/items');
    });
    expect(silent.map(({ at }) => at)).toEqual([]);
  });

  it('bounds every text, list, map and number', () => {
    const open = places.filter(({ node }) => {
      const types = [node.type ?? []].flat();
      if (types.includes('string') && node.maxLength === undefined) return true;
      if (types.includes('array') && node.maxItems === undefined) return true;
      if (types.includes('object') && node.additionalProperties !== false && node.maxProperties === undefined)
        return true;
      const isNumber = types.includes('number') || types.includes('integer');
      const hasBounds =
        (node.minimum ?? node.exclusiveMinimum) !== undefined &&
        (node.maximum ?? node.exclusiveMaximum) !== undefined;
      return isNumber && !hasBounds;
    });
    expect(open.map(({ at }) => at)).toEqual([]);
  });

  it('has no map whose keys are open and unnamed', () => {
    const open = places.filter(
      ({ node }) => node.type === 'object' && node.additionalProperties === undefined,
    );
    expect(open.map(({ at }) => at)).toEqual([]);
  });

  it.each(patterns)('reads %s in linear time', (pattern) => {
    const expression = new RegExp(pattern, 'u');
    for (const piece of [
      'a',
      'a.',
      '0',
      '1m',
      '_',
      '-',
      ' ',
      'https://',
      'aA0_',
      '*.',
      'now-',
      '\\',
      '1y1w1d1h1m1s1ms',
      'a://',
      '/',
      '\u0000',
    ])
      for (const end of ['', '!', '\n', '\u0001']) {
        const text = piece.repeat(Math.ceil(100_000 / piece.length)) + end;
        const cost = leastCostOf(() => expression.test(text));
        expect(cost, JSON.stringify([piece, end])).toBeLessThan(20);
      }
  });

  it.each(patterns)('says in words what %s asks for', (pattern) => {
    expect(patternWords.has(pattern)).toBe(true);
  });

  it('has words for no pattern but its own', () => {
    expect([...patternWords.keys()].filter((pattern) => !patterns.includes(pattern))).toEqual([]);
  });

  it('has examples and defaults that it takes itself', () => {
    const ajv = new Ajv2020({ ...validatorOptions, verbose: false });
    ajv.addSchema(languageSchema(), 'language');
    const wrong: string[] = [];
    for (const { at, node, isAside } of places) {
      if (isAside || at.includes('*') || at.includes('oneOf') || at.includes('/items')) continue;
      const check = ajv.compile({ $ref: `language${at.replace(/\/names$/, '/propertyNames')}` });
      const values: Plain[] = [
        ...(node.examples ?? []),
        ...(node.default === undefined ? [] : [node.default]),
        sampleOf(node),
      ];
      for (const value of values) if (!check(value)) wrong.push(`${at}: ${JSON.stringify(value)}`);
    }
    expect(wrong).toEqual([]);
  });
});
