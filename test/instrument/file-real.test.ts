import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { syntaxFault, parseSource } from '../../src/instrument/find/parse-file.js';
import { planFile } from '../../src/instrument/file/plan-file.js';
import { stripFile } from '../../src/instrument/file/strip/strip-file.js';
import { Project } from './file-planning.js';

/** One file in five of what there is, which is every form that people write. */
const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .sort()
  .filter((_path, index) => index % 5 === 0)
  .map((path) => `src/${path}`);

describe.each(['wrap', 'decorator'] as const)('real files, style %s', (style) => {
  it('parse afterwards and come back byte for byte, with every place in them', () => {
    using project = new Project({ 'tsconfig.json': '{"compilerOptions":{"module":"esnext"}}' });
    const settings = { ...project.settings({ insertion: { style } }), verify: false };
    let count = 0;
    for (const path of files) {
      const before = readFileSync(path, 'utf8');
      const plan = planFile({ path, bytes: Buffer.from(before) }, settings);
      expect(syntaxFault(parseSource(path, plan.after)), path).toBeUndefined();
      expect(stripFile(plan.after, path, settings).text, path).toBe(before);
      count += plan.placed.length;
    }
    expect(files.length).toBeGreaterThan(150);
    expect(count).toBeGreaterThan(1000);
  });
});
