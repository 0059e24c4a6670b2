import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPage } from '../../../src/inspect/exposition/read-page.js';
import { infer, type Inferred } from '../../../src/inspect/infer/infer.js';
import { analysisOf } from '../../../src/inspect/infer/repair.js';

const folder = join(import.meta.dirname, 'cases');
const today = '2026-01-01';

function filesIn(path: string): readonly { readonly path: string; readonly text: string }[] {
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .sort()
    .map((name) => ({
      path: `code/${name.replace(/\.txt$/, '')}`,
      text: readFileSync(join(path, name), 'utf8'),
    }));
}

/** Makes a spec of what stands in a case's folder. */
function inferred(name: string): Inferred {
  const read = (file: string): readonly { readonly path: string; readonly text: string }[] => {
    const path = join(folder, name, file);
    return existsSync(path) ? [{ path: file, text: readFileSync(path, 'utf8') }] : [];
  };
  return infer({
    pages: read('page.txt').map(({ path, text }) => ({ name: path, page: readPage(text) })),
    code: filesIn(join(folder, name, 'code')),
    rules: read('rules.yaml'),
    dashboards: read('dashboard.json'),
    service: { name: 'demo' },
    today,
  });
}

function reportOf({ found, taken, guesses, notes, warnings }: Inferred): string {
  return `${JSON.stringify({ found, taken, guesses, notes, warnings: Object.fromEntries(warnings) }, undefined, 2)}\n`;
}

/** Holds a text against the file that is expected; `UPDATE=1` writes it. */
function expectFile(path: string, text: string): void {
  if (process.env['UPDATE'] === '1') writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
}

describe.each(readdirSync(folder).sort())('%s', (name) => {
  test('gives the spec and the report that are expected', () => {
    const result = inferred(name);
    expectFile(join(folder, name, 'observability.yaml'), result.text);
    expectFile(join(folder, name, 'report.json'), reportOf(result));
  });

  test('has no error, and each guess is marked at its line', () => {
    const { text, guesses } = inferred(name);
    const { diagnostics } = analysisOf(text, today);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(text.match(/# guessed: /g)?.length ?? 0).toBe(guesses.length);
  });

  test('comes out the same again', () => {
    expect(inferred(name).text).toBe(inferred(name).text);
  });
});
