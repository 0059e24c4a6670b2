import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { describe, expect, it } from 'vitest';
import { formatInserted } from '../../src/instrument/apply/format/inserted-lines.js';
import { testProject, type TestProject } from './apply/project.js';

const code = `export async function askTheModelAboutSomethingLong(question: string): Promise<string> {
  return question.toUpperCase();
}

export class Agent {
  async run(tasks: string[]) {
    return tasks.map((each) => each.trim());
  }
}
`;
const config = { '.prettierrc': '{ "printWidth": 60, "singleQuote": true }' };
const wide = { '.prettierrc': '{ "printWidth": 100, "singleQuote": true }' };
const read = ({ root }: TestProject, path = 'src/a.ts'): string => readFileSync(join(root, path), 'utf8');

describe('the project’s formatter', () => {
  it('lays out what was inserted, the second run changes nothing, and the bytes come back', async () => {
    const original = await prettier.format(code, { parser: 'typescript', printWidth: 60, singleQuote: true });
    const project = testProject({ ...config, 'src/a.ts': original });
    const { formatted, diagnostics } = await project.write();
    expect([[...formatted], diagnostics]).toEqual([[['prettier', 1]], []]);
    const text = read(project);
    expect(text).toBe(
      await prettier.format(text, { parser: 'typescript', printWidth: 60, singleQuote: true }),
    );
    expect(text).toMatch(/traceFunction\(\n {2}spans\.agentStep,\n/);
    expect((await project.finish()).drafts).toEqual([]);
    await project.write({}, true);
    expect(read(project)).toBe(original);
  });

  it('leaves lines alone that it had not laid out before', async () => {
    const odd = code.replace('return question.toUpperCase()', 'return   (question)  .toUpperCase()');
    const project = testProject({ ...wide, 'src/a.ts': odd });
    await project.write();
    expect(read(project)).toContain('return   (question)  .toUpperCase()');
    expect((await project.finish()).drafts).toEqual([]);
    await project.write({}, true);
    expect(read(project)).toBe(odd);
  });

  it('keeps line ends', async () => {
    const windows = code.replaceAll('\n', '\r\n');
    const project = testProject({ ...wide, 'src/a.ts': windows });
    await project.write();
    expect(read(project).replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    await project.write({}, true);
    expect(read(project)).toBe(windows);
  });

  it.each([
    ['there is none', {}],
    ['the file is ignored', { ...config, '.prettierignore': 'src/\n' }],
    ['the settings are broken', { '.prettierrc': '{ "printWidth": ' }],
  ])('is not missed where %s', async (_, settings) => {
    const project = testProject({ ...settings, 'src/a.ts': code });
    const { drafts } = await project.write();
    expect(drafts).toHaveLength(1);
    expect(read(project)).toMatch(/^\(askTheModelAboutSomethingLong as unknown\) = traceFunction\(.*\);$/m);
    await project.write({}, true);
    expect(read(project)).toBe(code);
  });

  it('is not asked with --format-code none', async () => {
    const project = testProject({ ...config, 'src/a.ts': code });
    expect([...(await project.finish({ format: false })).formatted]).toEqual([]);
  });

  it('is not believed where it breaks the code, or changes it each time', async () => {
    for (const [body, message] of [
      ['return text + "((";', 'OBS5211 `src/a.ts` was not formatted: biome made it unreadable'],
      [
        'return text.includes("traceFunction") ? text.replace("toUpperCase", "toLowerCase").replace("(ask", "( ask") : text;',
        'OBS5211 `src/a.ts` was not formatted: what biome makes of it could not be taken out again byte for byte',
      ],
    ] as const) {
      const project = testProject({
        'biome.json': '{}',
        'tools/format.mjs': `import { readFileSync, writeFileSync, readdirSync } from 'node:fs';
for (const name of readdirSync('src')) {
  const path = 'src/' + name;
  const format = (text) => { ${body} };
  writeFileSync(path, format(readFileSync(path, 'utf8')));
}
`,
        'src/node_modules/.bin/biome': '',
        'src/a.ts': 'export async function ask(question: string) {\n  return question.toUpperCase();\n}\n',
      });
      project.put({
        'src/node_modules/.bin/biome': `#!/bin/sh\nexec "${process.execPath}" "${project.root}/tools/format.mjs"\n`,
      });
      chmodSync(join(project.root, 'src/node_modules/.bin/biome'), 0o755);
      const { diagnostics, drafts } = await project.finish();
      expect(diagnostics.map((each) => `${each.code} ${each.message}`)).toEqual([message]);
      expect(drafts[0]?.after).toContain('return question.toUpperCase();');
    }
  });
});

describe('formatting limited to what came in', () => {
  it('takes changes of inserted lines and no others', () => {
    const before = 'a\nb\nc\n';
    const after = 'a\nnew( )\nb\nc\n';
    expect(formatInserted(before, after, 'a\nnew()\nb\nc\n')).toEqual({
      text: 'a\nnew()\nb\nc\n',
      hasMore: false,
    });
    expect(formatInserted(before, after, 'A\nnew()\nb\nC\n')).toEqual({
      text: 'a\nnew()\nb\nc\n',
      hasMore: true,
    });
    expect(formatInserted(before, after, 'a\n\nnew()\nb\nc\n').text).toBe('a\n\nnew()\nb\nc\n');
  });
});
