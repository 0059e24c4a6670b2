import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../src/package-root.js';

/** docs/reliability.md: every threat has its row, and every row a command that exists. */
const page = readFileSync(join(packageRoot, 'docs/reliability.md'), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => /^\| *\d+ *\|/.test(line))
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));
const commands = rows.map((cells) => cells[6] ?? '');

/** The text of all tests, for names that a command chooses by. */
const titles = (path: string): string => readFileSync(join(packageRoot, path), 'utf8');

describe('the table', () => {
  it('has all 58 rows in their order, each with a threat, a promise and a command', () => {
    expect(rows.map(([, number]) => Number(number))).toEqual(
      Array.from({ length: 58 }, (_, index) => index + 1),
    );
    for (const [, number, threat, done, promised, , command] of rows)
      expect([number, [threat, done, promised, command].every((cell) => (cell ?? '') !== '')]).toEqual([
        number,
        true,
      ]);
  });

  it('names tests that exist', () => {
    const named = commands.flatMap((command) => command.match(/\btest\/[\w./-]+/g) ?? []);
    expect(named.length).toBeGreaterThan(58);
    expect(named.filter((path) => !existsSync(join(packageRoot, path)))).toEqual([]);
  });

  it('names benchmarks and scripts that exist', () => {
    const benchmarks = readdirSync(join(packageRoot, 'bench'));
    const asked = [...page.matchAll(/npm run bench -- (\w+)/g)].map(([, name]) => `${name ?? ''}.bench.mjs`);
    expect(asked.length).toBeGreaterThan(2);
    expect(asked.filter((name) => !benchmarks.includes(name))).toEqual([]);
    const { scripts } = JSON.parse(titles('package.json')) as { scripts: Record<string, string> };
    for (const [, name = ''] of page.matchAll(/npm run ([\w:]+)/g))
      expect(Object.keys(scripts)).toContain(name);
  });

  it('sets variables that a test reads', () => {
    const variables = new Set(
      commands.flatMap((command) => command.match(/\b[A-Z]+(?:_[A-Z]+)*(?==)/g) ?? []),
    );
    expect(variables.size).toBeGreaterThan(3);
    const folders = ['test/faults', 'test/support', 'test/runtime'];
    const sources = folders
      .flatMap((folder) => readdirSync(join(packageRoot, folder)).map((name) => `${folder}/${name}`))
      .filter((path) => path.endsWith('.ts'))
      .map(titles)
      .join('\n');
    expect([...variables].filter((name) => !sources.includes(`process.env['${name}']`))).toEqual([]);
  });
});
