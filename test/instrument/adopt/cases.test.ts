import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PlannedAdoption } from '../../../src/instrument/adopt/plan-adoption.js';
import { foldersIn, readTree, updating, writeTree } from '../../support/directory.js';
import { adopt } from './adopt-case.js';

/**
 * One folder a case: `input` is code that uses prom-client, `expected` the files that change, with `left-alone.txt` for what does not and
 * why. `spec.yaml` beside them stands in the place of the one of all cases.
 * `UPDATE=1 npx vitest run test/instrument/adopt/cases.test.ts` writes what is expected anew, `CASES=timer` takes those of this name only.
 */
const folder = 'test/instrument/adopt/cases';
const common = readFileSync(join(folder, '../spec.yaml'), 'utf8');
const cases = foldersIn(folder).filter((name) => name.includes(process.env['CASES'] ?? ''));

function expectationOf({ files, leftAlone }: PlannedAdoption): Map<string, string> {
  const told = leftAlone.map(
    ({ path, line, metric, reason, help }) => `${path}:${line}: ${metric}: ${reason}\n  ${help}\n`,
  );
  return new Map([
    ...files.map(({ path, after }) => [path, after] as const),
    ...(told.length === 0 ? [] : [['left-alone.txt', told.join('')] as const]),
  ]);
}

describe.each(cases)('%s', (name) => {
  const input = readTree(join(folder, name, 'input'));
  const spec = readTree(join(folder, name)).get('spec.yaml') ?? common;

  it('becomes what is expected, and stays so in a second run', async () => {
    const plan = await adopt(spec, input);
    const actual = expectationOf(plan);
    if (updating) writeTree(join(folder, name, 'expected'), actual);
    const expected = readTree(join(folder, name, 'expected'));
    expect([...actual.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [path, content] of expected) expect(actual.get(path), path).toBe(content);
    const after = new Map([...input, ...plan.files.map(({ path, after: text }) => [path, text] as const)]);
    const again = await adopt(spec, after);
    expect(again.files).toEqual([]);
    expect(again.leftAlone.map(({ metric, reason }) => [metric, reason])).toEqual(
      plan.leftAlone.map(({ metric, reason }) => [metric, reason]),
    );
  });
});
