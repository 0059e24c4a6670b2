import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentOf, generatedPart, others, partsOf, publicPart } from '../../scripts/dashboards-doc.mjs';
import { analyse } from '../../src/analyse.js';
import { checklist, inspectDashboard, score } from '../../src/dashboard-lint/index.js';
import { scoreTable } from '../../src/dashboard-lint/markdown.js';
import { ownBoards } from '../../src/dashboard-lint/own-boards.js';

const lint = { analyse, inspectDashboard, score, scoreTable, ownBoards };
const text = readFileSync(join(import.meta.dirname, '../../docs/dashboards.md'), 'utf8');
const parts = partsOf(text);
const directory = process.env['PUBLIC_DASHBOARDS'];

describe('docs/dashboards.md', () => {
  it('is current where it is about generated dashboards', () => {
    expect(parts.generated, 'run `npm run build`, then `node scripts/dashboards-doc.mjs`').toBe(
      generatedPart(lint),
    );
    expect(text).toBe(documentOf(parts.generated, parts.recorded));
  });

  it('has a record of the dashboards of others, on the same checklist', () => {
    for (const { name, source } of others) expect(parts.recorded).toContain(`- ${name}: ${source}`);
    for (const line of checklist) expect(parts.recorded).toContain(`| ${line.text} |`);
  });

  // The files of others are not part of the project: whoever has them says where.
  if (directory !== undefined && existsSync(directory)) {
    it('recorded what their files say', () => {
      expect(parts.recorded).toBe(publicPart(lint, directory));
    });
  }
});
