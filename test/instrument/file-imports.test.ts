import { describe, expect, it } from 'vitest';
import { Project } from './file-planning.js';

const run = 'export function run() {\n  return 1;\n}\n';
const traced = "(run as unknown) = traceFunction(spans.agentRun, 'run', run);";

/** The lines of a plan that are not in the file, without the line that gives the function its traced form. */
function importOf(project: Project, path: string, text: string): string {
  const { before, after } = project.plan(path, text);
  expect(project.remove(path, after).after).toBe(before);
  const lines = after.split(/\r?\n/).filter((line) => /instrument/.test(line));
  expect(lines).toHaveLength(1);
  return lines[0] as string;
}

const nodeNext = {
  'tsconfig.json': '{"compilerOptions":{"module":"nodenext"}}',
  'package.json': '{"type":"module"}',
};
const bundler = { 'tsconfig.json': '{"compilerOptions":{"module":"esnext","moduleResolution":"bundler"}}' };

describe('the specifier', () => {
  it.each([
    ['./a.js', nodeNext, './generated/instrument.js'],
    ['./a', bundler, './generated/instrument'],
    ['./a.ts', bundler, './generated/instrument.ts'],
    ['./a.tsx', bundler, './generated/instrument.ts'],
    ['./user.service', bundler, './generated/instrument'],
    ['./styles.css', bundler, './generated/instrument'],
    ['some-package', nodeNext, './generated/instrument.js'],
    ['some-package', bundler, './generated/instrument'],
    ['some-package', {}, './generated/instrument'],
    ['some-package', { 'package.json': '{"type":"module"}' }, './generated/instrument.js'],
    [
      'some-package',
      {
        ...nodeNext,
        'tsconfig.json': '{"compilerOptions":{"module":"nodenext","allowImportingTsExtensions":true}}',
      },
      './generated/instrument.ts',
    ],
  ])('in a file that imports %s, %o', (specifier, files, expected) => {
    using project = new Project(files);
    const text = `import { a } from '${specifier}';\n\n${run}`;
    expect(importOf(project, 'main.ts', text)).toBe(`import { spans, traceFunction } from '${expected}';`);
  });

  it('goes up from a folder', () => {
    using project = new Project(bundler);
    const text = `import { a } from '../a';\n${run}`;
    expect(importOf(project, 'src/agents/main.ts', text)).toContain("from '../../generated/instrument';");
  });

  const aliased = {
    'tsconfig.json': '{"extends":"./base.json"}',
    'base.json':
      '{"compilerOptions":{"module":"esnext","moduleResolution":"bundler","paths":{"@/*":["./*"],"@lib/*":["./lib/*"]}}}',
  };

  it('takes an alias of tsconfig where the file uses it', () => {
    using project = new Project(aliased);
    const text = `import { a } from '@/lib/a';\n${run}`;
    expect(importOf(project, 'src/main.ts', text)).toContain("from '@/generated/instrument';");
  });

  it('gives an alias the extension that the file gives it', () => {
    using project = new Project(aliased);
    const text = `import { a } from '@/lib/a.js';\n${run}`;
    expect(importOf(project, 'src/main.ts', text)).toContain("from '@/generated/instrument.js';");
  });

  it.each(["import { a } from '../lib/a';", "import { a } from '@lib/a';"])(
    'takes no alias that the file does not use, or that leads elsewhere: %s',
    (line) => {
      using project = new Project(aliased);
      expect(importOf(project, 'src/main.ts', `${line}\n${run}`)).toContain(
        "from '../generated/instrument';",
      );
    },
  );
});

describe('the statement', () => {
  it('has the quotes and semicolons of the file', () => {
    using project = new Project(bundler);
    const text = 'import { a } from "./a"\n\nexport function run() {\n  return 1\n}\n';
    const { after } = project.plan('main.ts', text);
    expect(after).toBe(
      'import { a } from "./a"\nimport { spans, traceFunction } from "./generated/instrument"\n\nexport function run() {\n  return 1\n}\n;(run as unknown) = traceFunction(spans.agentRun, "run", run)\n',
    );
  });

  it('gives another name to a helper whose name is taken', () => {
    using project = new Project(bundler);
    const text = `import { a } from './a';\nconst spans = 1;\nconst spans1 = 2;\n${run}`;
    const { after } = project.plan('main.ts', text);
    expect(after).toContain("import { spans as spans2, traceFunction } from './generated/instrument';");
    expect(after).toContain("(run as unknown) = traceFunction(spans2.agentRun, 'run', run);");
  });

  it('does not take members of something for names', () => {
    using project = new Project(bundler);
    const text = `import { a } from './a';\na.spans({ spans: 1 }).traceFunction();\n${run}`;
    expect(importOf(project, 'main.ts', text)).toContain('{ spans, traceFunction }');
  });

  it('uses what the file imports from the generated modules', () => {
    using project = new Project(bundler);
    const text = `import { spans as all } from './generated/index';\n${run}export const used = all;\n`;
    const { after } = project.plan('main.ts', text);
    expect(after).toContain("import { traceFunction } from './generated/instrument';");
    expect(after).toContain("traceFunction(all.agentRun, 'run', run);");
  });

  it('does not use what is imported as a type', () => {
    using project = new Project(bundler);
    const text = `import type { spans } from './generated/index';\n${run}export type Spans = typeof spans;\n`;
    expect(importOf(project, 'main.ts', text)).toContain('{ spans as spans1, traceFunction }');
  });

  it('is `import x = require()` where a CommonJS file may have no other', () => {
    using project = new Project({
      'tsconfig.json': '{"compilerOptions":{"module":"node16","verbatimModuleSyntax":true}}',
      'package.json': '{}',
    });
    const text = `import a = require('./a');\nfunction run() {\n  return a;\n}\nexport = run;\n`;
    const { before, after } = project.plan('main.ts', text);
    expect(after).toContain("import instrument = require('./generated/instrument');\n");
    expect(after).toContain("run = instrument.traceFunction(instrument.spans.agentRun, 'run', run);");
    expect(project.remove('main.ts', after).after).toBe(before);
  });

  it.each(['main.js', 'main.cjs'])('is a require in CommonJS: %s', (path) => {
    using project = new Project({});
    const text = "const fs = require('node:fs');\nfunction run() {}\nmodule.exports = { run, fs };\n";
    const { before, after } = project.plan(path, text);
    expect(after).toBe(
      "const fs = require('node:fs');\nconst { spans, traceFunction } = require('./generated/instrument');\nfunction run() {}\nrun = traceFunction(spans.agentRun, 'run', run);\nmodule.exports = { run, fs };\n",
    );
    expect(project.remove(path, after).after).toBe(before);
  });

  it('has an extension in a JavaScript module', () => {
    using project = new Project({});
    expect(importOf(project, 'main.mjs', run)).toBe(
      "import { spans, traceFunction } from './generated/instrument.js';",
    );
  });
});

describe('the place', () => {
  const line = "import { spans, traceFunction } from './generated/instrument';";
  const body = `${run}${traced}\n`;

  it.each([
    [
      'the first group of imports',
      `import a from './a';\nimport b from './b';\n`,
      '',
      `\nconst c = 1;\nimport d from './d';\n`,
    ],
    ['a comment behind the last import', `import a from './a'; // first\n`, '', '\n'],
    ['imports of several lines', `import {\n  a,\n  b,\n} from './a';\n`, '', '\n'],
    [
      'exports between imports',
      `import a from './a';\nexport * from './b';\nimport c from './c';\n`,
      '',
      '\n',
    ],
    ['a shebang', '#!/usr/bin/env node\n', '\n', ''],
    ['a shebang and an empty line', '#!/usr/bin/env node\n\n', '\n', ''],
    ['directives', `'use strict';\n`, '\n', ''],
    ['directives and an empty line', `"use server";\n\n`, '\n', 'async '],
    ['a licence', '/*\n * Copyright 2026\n */\n\n', '\n', ''],
    ['a licence without an empty line', '// SPDX-License-Identifier: MIT\n', '\n', ''],
    ['a pragma', '// @ts-check\n', '\n', ''],
    ['pragmas and directives', `// @ts-nocheck\n/* eslint-disable */\n'use strict';\n`, '\n', ''],
    [
      'a licence, with a comment of the first statement',
      '/* Licensed under MIT */\n\n',
      '\n',
      '/** Runs. */\n',
    ],
    ['nothing', '', '\n', ''],
    ['nothing but a comment of the first statement', '', '\n', '// runs\n'],
  ])('is behind %s', (_name, head, empty, tail) => {
    using project = new Project({});
    const isAsync = tail === 'async ';
    const quoted = head.includes('"') ? line.replaceAll("'", '"') : line;
    const made = isAsync ? undefined : `${head}${quoted}\n${empty}${tail}${body}`;
    const text = isAsync ? `${head}async function run() {}\nrun();\nexport {};\n` : `${head}${tail}${run}`;
    const { before, after } = project.plan('main.ts', text, { names: ['run'] });
    if (made !== undefined)
      expect(after.replace(/\/\/ @ts-expect-error.*\nrun =/, '(run as unknown) =')).toBe(made);
    else expect(after.startsWith(`${head}${quoted}\n${empty}`)).toBe(true);
    expect(project.remove('main.ts', after).after).toBe(before);
  });

  it('is on the same line where code follows', () => {
    using project = new Project(bundler);
    const text = `import a from './a'; export const run = () => a;`;
    const { before, after } = project.plan('main.ts', text);
    expect(after).toBe(
      `import a from './a'; import { spans, traceFunction } from './generated/instrument'; export const run = traceFunction(spans.agentRun, 'run', () => a);`,
    );
    expect(project.remove('main.ts', after).after).toBe(before);
  });

  it('is before a semicolon that protects the next line', () => {
    using project = new Project({});
    const text = "const a = require('a')\n;[1].map(run)\nfunction run() {}\n";
    const { before, after } = project.plan('main.cjs', text);
    expect(after).toContain(
      "const a = require('a')\nconst { spans, traceFunction } = require('./generated/instrument')\n",
    );
    expect(project.remove('main.cjs', after).after).toBe(before);
  });

  it('is before code that runs before requires', () => {
    using project = new Project({});
    const text = "const early = () => 1;\nearly();\nconst a = require('a');\nmodule.exports = a;\n";
    const { after } = project.plan('main.cjs', text);
    expect(
      after.startsWith("const { spans, traceFunction } = require('./generated/instrument');\n\nconst early"),
    ).toBe(true);
  });
});
