import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { typescriptHelpers } from '../../src/emit/typescript/emitter.js';
import { comment, commentCode, commentText, jsDoc } from '../../src/encode/comment.js';
import { camelCase, pascalCase } from '../../src/encode/names.js';
import { numberLiteral, propertyName, stringLiteral } from '../../src/encode/typescript.js';
import { modelOfTexts } from '../emit/typescript/model-of-texts.js';
import { runs } from '../support/long.js';

/** Everything that ends, begins or hides something in TypeScript, and some that is harmless. */
const hostileUnit = fc.constantFrom(
  '*/',
  '/*',
  '/**',
  '//',
  '*',
  '/',
  '`',
  '${',
  '}',
  '{',
  '{@link x}',
  '@',
  '@deprecated',
  '\n@internal',
  "'",
  '"',
  '\\',
  '\\u0027',
  '\r',
  '\n',
  '\r\n',
  '\u2028',
  '\u2029',
  '\u0085',
  '<!--',
  '-->',
  '#!',
  '\0',
  '\x1b',
  '\x7f',
  '\ud800',
  '\udc00',
  '\u202e',
  '\u2066',
  '\u200b',
  '\ufeff',
  '\u00ad',
  '\u00a0',
  '\u3000',
  '😀',
  'é',
  '日本',
  ' ',
  ';',
  'a',
  'B',
  '1',
  '__proto__',
  'eval()',
);
const hostile = fc.string({ unit: hostileUnit, maxLength: 12 });

/** The kinds of all nodes, comments for documentation included. */
function kindsOf(text: string): string[] {
  const file = ts.createSourceFile('file.ts', text, ts.ScriptTarget.ES2023, true);
  const broken = (file as unknown as { readonly parseDiagnostics: readonly unknown[] }).parseDiagnostics;
  if (broken.length > 0) return ['does not parse'];
  const kinds: string[] = [];
  visit(file);
  return kinds;

  function visit(node: ts.Node): void {
    kinds.push(ts.SyntaxKind[node.kind]);
    for (const doc of (node as { readonly jsDoc?: readonly ts.Node[] }).jsDoc ?? []) visit(doc);
    ts.forEachChild(node, visit);
  }
}

/** The value of the one string in `const x = …;`. */
function literalValue(text: string): unknown {
  const file = ts.createSourceFile('file.ts', `const x = ${text};`, ts.ScriptTarget.ES2023, true);
  const [statement] = file.statements;
  if (statement === undefined || !ts.isVariableStatement(statement)) return undefined;
  const value = statement.declarationList.declarations[0]?.initializer;
  return value !== undefined && ts.isStringLiteral(value) ? value.text : undefined;
}

describe('a string literal', () => {
  test('is one literal with the value of the text, on one line of visible characters', () => {
    const kinds = kindsOf("const x = 'plain';");
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (text) => {
        const literal = stringLiteral(text);
        expect(literalValue(literal)).toBe(text);
        expect(kindsOf(`const x = ${literal};`)).toEqual(kinds);
        expect(literal).toMatch(/^[\x20-\x7e\u00a1-\u052f]*$/);
      }),
      { numRuns: runs(20_000) },
    );
  });

  test('has the quotes that need fewer escapes', () => {
    expect(stringLiteral("it's")).toBe('"it\'s"');
    expect(stringLiteral('say "no"')).toBe('\'say "no"\'');
    expect(stringLiteral(`'"`)).toBe(`'\\'"'`);
    expect(stringLiteral('a\\b\n')).toBe("'a\\\\b\\n'");
  });
});

describe('a number literal', () => {
  test('has the value of the number, also when it is negative or huge', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(numberLiteral(value))).toBe(value === 0 ? 0 : value);
      }),
    );
    expect(numberLiteral(1e21)).toBe('1e21');
    expect(() => numberLiteral(Infinity)).toThrow('bug');
  });
});

describe('a property name', () => {
  test('is the name, and never sets a prototype', () => {
    fc.assert(
      fc.property(
        fc.oneof(hostile, fc.constantFrom('__proto__', 'constructor', 'a.b', 'default')),
        (name) => {
          const made: unknown = runInNewContext(`({ ${propertyName(name)}: 1 })`);
          expect(Object.keys(made as object)).toEqual([name]);
        },
      ),
      { numRuns: runs(5000) },
    );
  });
});

describe('a comment', () => {
  const kinds = kindsOf('/** x */\nconst a = 1;\n/** @deprecated x */\nconst b = 1;\n');

  test('stays a comment, whatever text it holds', () => {
    fc.assert(
      fc.property(hostile, hostile, fc.constantFrom('' as const, '  ' as const), (one, two, indent) => {
        const text = comment`${commentText(one)} ${commentCode(two)}.`;
        const first = jsDoc([text, commentText(two)], indent, 30);
        const second = jsDoc([comment`@deprecated ${commentText(one)}`, commentCode(two)], indent);
        const module = `${first}\nconst a = 1;\n${second}\nconst b = 1;\n`;
        expect(kindsOf(module)).toEqual(kinds);
        expect(module).toMatch(/^(?:[^\p{Cf}\p{Cs}\p{Cc}]|\n)*$/u);
      }),
      { numRuns: runs(20_000) },
    );
  });

  test('is wrapped at words, and left out where there is nothing to say', () => {
    expect(jsDoc([], '')).toBe('');
    expect(jsDoc([commentText(' \n ')], '')).toBe('');
    expect(jsDoc([commentText('short')], '  ')).toBe('  /** short */');
    expect(jsDoc([commentText('one two three four')], '', 14)).toBe('/**\n * one two\n * three four\n */');
    expect(jsDoc([commentText('one'), commentText('two')], '')).toBe('/**\n * one\n *\n * two\n */');
  });
});

describe('an identifier', () => {
  test.each([
    ['research_runs_total', 'researchRunsTotal', 'ResearchRunsTotal'],
    ['research.run', 'researchRun', 'ResearchRun'],
    ['llm-chat', 'llmChat', 'LlmChat'],
    ['gen_ai.client.token_usage', 'genAiClientTokenUsage', 'GenAiClientTokenUsage'],
    ['HTTP_requests', 'httpRequests', 'HttpRequests'],
    ['taskCount', 'taskCount', 'TaskCount'],
    ['_private', 'private', 'Private'],
    ['a__b', 'aB', 'AB'],
    ['_1st', '_1st', '_1st'],
    ['_', '_', '_'],
    ['constructor', 'constructor_', 'Constructor'],
    ['toString', 'toString_', 'ToString'],
    ['to_string', 'toString_', 'ToString'],
    ['__proto__', 'proto', 'Proto'],
    ['then', 'then_', 'Then'],
    ['default', 'default_', 'Default'],
  ])('of %s is %s', (name, camel, pascal) => {
    expect(camelCase(name)).toBe(camel);
    expect(pascalCase(name)).toBe(pascal);
  });

  test('is one for each name that the schema allows, and no member of objects and functions', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_.-]{0,40}$/), (name) => {
        expect(camelCase(name)).toMatch(/^[A-Za-z_][A-Za-z0-9_]*$/);
        expect(camelCase(name) in Object.assign(() => 0, { prototype: 0 })).toBe(false);
        expect(pascalCase(name)).toMatch(/^[A-Z_][A-Za-z0-9_]*$/);
      }),
      { numRuns: runs(5000) },
    );
  });
});

describe('the emitted files', () => {
  const counts = () => 2;
  const name = () => 'word';

  function skeleton(text: () => string): ReadonlyMap<string, readonly string[]> {
    const files = typescriptHelpers.files(modelOfTexts({ text, name, count: counts }));
    return new Map(files.map(({ path, content }) => [path, kindsOf(content)]));
  }

  test('have the same nodes whatever the texts of the spec are', () => {
    const expected = skeleton(() => 'text');
    expect([...expected.keys()]).toEqual([
      'labels.ts',
      'metrics.ts',
      'spans.ts',
      'logs.ts',
      'correlation.ts',
      'errors.ts',
      'security.ts',
      'cost.ts',
      'telemetry.ts',
      'http.ts',
      'register.ts',
      'redaction.ts',
      'index.ts',
    ]);
    expect([...expected.values()].flat()).not.toContain('does not parse');
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 60 }), (texts) => {
        let next = 0;
        const found = skeleton(() => {
          next += 1;
          return texts[next % texts.length] ?? '';
        });
        expect(found).toEqual(expected);
      }),
      { numRuns: runs(500) },
    );
  });

  test('would not, were a comment encoded carelessly: the oracle sees what it is for', () => {
    const careless = (text: string): string => `/** ${text.replaceAll('*/', '*\\/')} */\nconst a = 1;\n`;
    expect(kindsOf(careless('*'))).toEqual(kindsOf(careless('x')));
    expect(kindsOf(careless('x @deprecated'))).not.toEqual(kindsOf(careless('x')));
    expect(kindsOf('// a\u2028evil()')).not.toEqual(kindsOf('// a'));
  });
});
