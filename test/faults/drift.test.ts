import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import { emitters } from '../../src/emit/index.js';
import { applyPlan } from '../../src/output/apply.js';
import { isCurrent, staleFiles } from '../../src/output/check.js';
import { planOutput } from '../../src/output/plan.js';
import { foldersIn, readTree } from '../support/directory.js';
import { some } from '../support/long.js';
import { testToday } from '../support/model.js';

/** Real trees on a real disk: a second build finds nothing to do, and one wrong byte in any file is found. */
const cases = join(import.meta.dirname, '../cases');
/** Tests of rules take as long to make as all the rest, and are files like any other. */
const outputs = emitters.map(({ id }) => id).filter((id) => id !== 'prometheus-tests');
const folder = mkdtempSync(join(tmpdir(), 'obs-gen-drift-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe.each(some(foldersIn(cases), 2))('%s', (name) => {
  const out = join(folder, name);
  const files = compile(join(cases, name, 'observability.yaml'), testToday, outputs).files ?? [];

  it('is written once: the second build changes no file and touches none', async () => {
    const first = planOutput(files, out);
    if (first.value === undefined) throw new Error('no plan');
    await applyPlan(first.value);
    const times = (): unknown[] =>
      [...readTree(out).keys()].map((path) => {
        const { mtimeNs, ino } = statSync(join(out, path), { bigint: true });
        return [path, mtimeNs, ino];
      });
    const before = times();
    const second = planOutput(files, out);
    if (second.value === undefined) throw new Error('no plan');
    const { value: report } = await applyPlan(second.value);
    expect(report?.written).toEqual([]);
    expect(times()).toEqual(before);
    expect(isCurrent(second.value)).toBe(true);
  });

  it('is checked to the byte: one that is flipped is found in each file', () => {
    const paths = [...readTree(out).keys()].filter((path) => path !== '.obs-gen.json');
    expect(paths.length).toBeGreaterThan(3);
    // Flipped in all of them before the one look: whatever is found in a file is found because of that file.
    paths.forEach((path, index) => {
      const bytes = readFileSync(join(out, path));
      const at = [0, bytes.length >> 1, bytes.length - 1][index % 3] ?? 0;
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(join(out, path), bytes);
    });
    const { value, diagnostics } = planOutput(files, out);
    const found = [...diagnostics, ...(value === undefined ? [] : staleFiles(value))];
    const named = found.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    expect(paths.filter((path) => !named.some((message) => message.includes(`${path}\``)))).toEqual([]);
    expect(value !== undefined && isCurrent(value)).toBe(false);
  });
});
