import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { useTracing } from '../agents/tracing.js';
import type { EditOptions } from './class-harness.js';
import { logged, loggedTraced } from './class-runs.js';

const folder = new URL('./class-programs/', import.meta.url);
const programs = readdirSync(folder).map(
  (file) => [file.replace(/\..*/, ''), readFileSync(new URL(file, folder), 'utf8')] as const,
);
const spans = useTracing();

const { ES2015, ES2021, ES2022, ESNext } = ts.ScriptTarget;
const outputs: readonly (readonly [string, ts.CompilerOptions])[] = [
  ['es2015', { target: ES2015 }],
  ['es2021', { target: ES2021 }],
  ['es2021 with defined fields', { target: ES2021, useDefineForClassFields: true }],
  ['es2022', { target: ES2022 }],
  ['es2022 with assigned fields', { target: ES2022, useDefineForClassFields: false }],
  ['esnext', { target: ESNext }],
];

describe.each(programs)('%s', (name, source) => {
  const isDecorated = name.startsWith('decorat');
  const kinds = name.endsWith('-legacy') ? [true] : name.endsWith('-standard') ? [false] : [false, true];

  test.each(outputs)('does the same at %s', async (_, output) => {
    for (const experimentalDecorators of kinds) {
      // Node runs no decorators as they are.
      const target = isDecorated && output.target === ESNext ? ES2022 : output.target;
      const options = { ...output, target: target as ts.ScriptTarget, experimentalDecorators };
      const before = await logged(source, options);
      expect(before.length).toBeGreaterThan(3);
      expect(spans.ended).toEqual([]);
      const legacyDecorators = experimentalDecorators;
      const ways: readonly EditOptions[] = [{ legacyDecorators }, { style: 'decorator', legacyDecorators }];
      for (const way of ways) {
        if (way.style === 'decorator' && target === ESNext) continue;
        expect({ way, lines: await loggedTraced(source, options, way) }).toEqual({ way, lines: before });
        expect(spans.named('work').length).toBeGreaterThan(3);
        spans.clear();
      }
    }
  });
});
