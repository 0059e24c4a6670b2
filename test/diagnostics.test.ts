import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { analyse } from '../src/analyse.js';
import { renderJson } from '../src/diagnostics/render/json.js';
import { renderPretty } from '../src/diagnostics/render/pretty.js';
import { foldersIn, updating } from './support/directory.js';
import { testToday } from './support/model.js';

/**
 * One folder a fault: test/diagnostics/<CODE>-<slug>/observability.yaml, with what the user is shown beside it. The rendered text is
 * the contract. `UPDATE=1 npx vitest run test/diagnostics.test.ts` writes it; read what it wrote.
 */
const root = join(import.meta.dirname, 'diagnostics');
const home = process.cwd();

afterEach(() => {
  process.chdir(home);
});

describe.each(foldersIn(root))('%s', (folder) => {
  it('is reported as expected', () => {
    process.chdir(join(root, folder));
    const { diagnostics } = analyse('observability.yaml', testToday);
    const code = folder.slice(0, 'OBS0000'.length);
    expect(diagnostics.map((each) => each.code)).toContain(code);
    const text = renderPretty(diagnostics, { color: false });
    const json = renderJson(diagnostics);
    if (updating) {
      writeFileSync('expected.txt', text);
      writeFileSync('expected.json', json);
    }
    expect(text).toBe(readFileSync('expected.txt', 'utf8'));
    expect(json).toBe(readFileSync('expected.json', 'utf8'));
  });
});
