import fc from 'fast-check';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { analyseLoaded } from '../../src/analyse.js';
import { hasErrors } from '../../src/diagnostics/create.js';
import { typescriptHelpers } from '../../src/emit/typescript/emitter.js';
import { loadSpecText } from '../../src/spec/load.js';
import { withSharedRuntime } from '../support/shared-runtime.js';
import { isLong } from '../support/long.js';
import { testToday } from '../support/model.js';
import { compile, formats } from '../emit/typescript/compile.js';

/** Names of metrics, labels, spans and events that anybody may choose: they compile, or the clash is told with both of its places. */
const words = fc.constantFrom(
  ...[
    'class',
    'default',
    'delete',
    'new',
    'await',
    'yield',
    'let',
    'static',
    'enum',
    'eval',
    'arguments',
    'undefined',
  ],
  ...[
    'constructor',
    'prototype',
    '__proto__',
    'toString',
    'to_string',
    'valueOf',
    'hasOwnProperty',
    'then',
    'name',
  ],
  ...[
    'length',
    'apply',
    'call',
    'bind',
    'caller',
    'metrics',
    'labels',
    'spans',
    'logs',
    'telemetry',
    'Map',
    'Object',
  ],
  ...[
    'a',
    'A',
    '_',
    '__',
    '_a',
    'a_',
    'a1',
    'a_1',
    'aB',
    'a_b',
    'A_B',
    'ab',
    'x_total',
    'inc',
    'with',
    'set',
    'start',
  ],
);
const name = fc
  .oneof(
    words,
    fc.array(words, { minLength: 2, maxLength: 3 }).map((parts) => parts.join('_')),
  )
  .filter((text) => /^[a-zA-Z_]\w*$/.test(text));
const list = fc.uniqueArray(name, { minLength: 1, maxLength: 6 });
const sets = fc.record({ metrics: list, labels: list, spans: list, events: list });

function specOf({
  metrics,
  labels,
  spans,
  events,
}: typeof sets extends fc.Arbitrary<infer T> ? T : never): string {
  const lines = (key: string, entries: readonly string[]): string =>
    `${key}:\n${entries.map((entry) => `  ${entry}\n`).join('')}`;
  return [
    'version: 1\nservice: { name: names }\n',
    lines(
      'labels',
      labels.map((each) => `${each}: { description: D., values: [a, b] }`),
    ),
    lines(
      'metrics',
      metrics.map(
        (each, index) =>
          `${each}_total: { type: counter, help: H., labels: [${labels[index % labels.length] ?? ''}] }`,
      ),
    ),
    lines(
      'spans',
      spans.map(
        (each, index) =>
          `${each}: { kind: internal, attributes: { ${labels[index % labels.length] ?? ''}: { type: string } } }`,
      ),
    ),
    `logs:\n  events:\n${events.map((each) => `    ${each}: { message: M., fields: { ${each}: string } }\n`).join('')}`,
  ].join('');
}

it('compile, or are refused with both places of the clash', () => {
  const found = fc.sample(sets, { numRuns: isLong ? 10_000 : 60, seed: 1 });
  const trees = new Map<string, ReturnType<typeof typescriptHelpers.files>>();
  const kept = isLong ? 400 : 6;
  let refused = 0;
  let parsed = 0;
  for (const [index, set] of found.entries()) {
    const text = specOf(set);
    const { model, diagnostics } = analyseLoaded(
      loadSpecText(new Map([['a.yaml', text]]), 'a.yaml'),
      testToday,
    );
    if (model === undefined || hasErrors(diagnostics)) {
      refused += 1;
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      expect(errors.length, text).toBeGreaterThan(0);
      for (const { code, range, related } of errors) {
        expect(range, text).toBeDefined();
        if (code !== 'OBS3015') continue;
        const [other] = related;
        expect([other?.range.start === range?.start, other?.range === undefined]).toEqual([false, false]);
      }
      continue;
    }
    const files = typescriptHelpers.files(model);
    for (const { path, content } of files) {
      if (path.startsWith('runtime/')) continue;
      parsed += 1;
      const file = ts.createSourceFile(path, content, ts.ScriptTarget.ES2022);
      const broken = (file as unknown as { readonly parseDiagnostics: readonly unknown[] }).parseDiagnostics;
      expect(broken, text).toEqual([]);
    }
    // Types are looked at for some, all of them in one program.
    if (trees.size < kept) trees.set(`set-${index}`, files);
  }
  expect(refused).toBeGreaterThan(found.length / 50);
  expect(parsed).toBeGreaterThan(found.length);
  const files = [...withSharedRuntime(trees)].flatMap(([tree, made]) =>
    made.map((file) => ({ ...file, path: `${tree}/${file.path}` })),
  );
  const errors = compile(files, formats['ESM in Node'] as (typeof formats)[string]);
  expect(errors.filter((error) => !error.includes('node_modules/@opentelemetry/api/'))).toEqual([]);
});
