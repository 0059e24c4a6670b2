import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { stripFile } from '../../src/instrument/file/strip/strip-file.js';
import type { PlanSettings } from '../../src/instrument/file/file-plan.js';
import type { RuleSet } from '../../src/instrument/rules/rule-set.js';
import { edited, withImport, type EditOptions } from './class-harness.js';

const folder = new URL('./class-programs/', import.meta.url);
const programs = readdirSync(folder).map(
  (file) => [file.replace(/\..*/, ''), readFileSync(new URL(file, folder), 'utf8')] as const,
);
const rules = {} as RuleSet;
const settings: PlanSettings = { rules, root: '/virtual', outDir: '/virtual/generated' };

const ways: readonly (readonly [string, EditOptions])[] = [
  ['wrap', {}],
  [
    'wrap with attributes and the older decorators',
    {
      legacyDecorators: true,
      attributes: [
        ['a', 'args.0'],
        ['b', 'this.c'],
      ],
    },
  ],
  ['wrap without semicolons', { semicolons: false, indent: '\t' }],
  ['decorators', { style: 'decorator', legacyDecorators: false }],
];

/** Texts in which only the layout is unusual. */
const layouts = [
  'class A { run() {} }',
  'class A{run(){}#b(){}constructor(){}}',
  'class A { constructor() { this.x = 1 } }',
  'class A {\n\n\n  run() {}\n}',
  'class A { // c\n\trun() {}\n\n\n\t#b() {} // d\n\n\t#c() {};\n}',
  'class A {\nrun() {}\n#b() {}\nconstructor() {\nf()\n}\n}',
  'class A extends B {\n  constructor() {\n    super(); // c\n\n    f();\n  }\n}',
  'class A extends B {\n  constructor() {\n    super();\n  }\n}',
  'class A extends B { constructor() { super(); } }',
  'class A extends B {\n  constructor() { super();\n    f(`\n  x\n    y`) }\n}',
  'class A {\n  constructor() {\n    // nothing\n  }\n}',
  'class A {\n  constructor() {\n  }\n}',
  'class A {\n  constructor(readonly a: 1) {}\n  @a() b() {}\n  @a()\n  static async *c() {}\n  static {}\n}',
];

describe.each(ways)('what is put in comes out again: %s', (_, options) => {
  test.each(programs)('%s', (_name, source) => {
    const after = withImport(edited(source, options));
    expect(after).not.toBe(source);
    expect(stripFile(after, 'sample.ts', settings).text).toBe(source);
  });

  test.each(layouts)('%j', (source) => {
    for (const text of [source, `${source}\n`.replaceAll('\n', '\r\n')]) {
      const after = withImport(edited(text, options));
      expect(after).not.toBe(text);
      expect(stripFile(after, 'sample.ts', settings).text).toBe(text);
    }
  });
});
