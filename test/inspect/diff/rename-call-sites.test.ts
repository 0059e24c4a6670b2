import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import { splice } from '../../../src/instrument/edit.js';
import { renamedUses } from '../../../src/instrument/renames/helper-uses.js';

const names = new Map([
  ['jobsTotal', 'runsTotal'],
  ['backlog', 'queueDepth'],
]);

/** A file after the codemod, and the lines that it was not sure of. */
function renamed(
  text: string,
  path = '/src/a.ts',
): { readonly text: string; readonly unsure: readonly string[] } {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const generated = (specifier: string): string | undefined =>
    /^\.\/generated\/(index|metrics|spans)(?:\.js)?$/.exec(specifier)?.[1] ??
    (specifier === './generated' ? 'index' : undefined);
  const { edits, unsure } = renamedUses(source, { names, generated });
  return {
    text: splice(text, edits),
    unsure: unsure.map(
      ({ name, start }) => `${source.getLineAndCharacterOfPosition(start).line + 1} ${name}`,
    ),
  };
}

const imported = `import { metrics } from './generated/index.js';\n`;

describe('call sites of renamed metrics', () => {
  it.each([
    [
      'a call',
      `${imported}metrics.jobsTotal.inc({ a: 1 }); // jobsTotal\n`,
      `${imported}metrics.runsTotal.inc({ a: 1 }); // jobsTotal\n`,
    ],
    [
      'an optional chain',
      `${imported}metrics?.jobsTotal?.inc();\n`,
      `${imported}metrics?.runsTotal?.inc();\n`,
    ],
    ['an element', `${imported}metrics['jobsTotal'].inc();\n`, `${imported}metrics['runsTotal'].inc();\n`],
    [
      'another name of the import',
      `import { metrics as m } from './generated/metrics.js';\nm.backlog.set(1);\n`,
      `import { metrics as m } from './generated/metrics.js';\nm.queueDepth.set(1);\n`,
    ],
    [
      'a namespace',
      `import * as telemetry from './generated';\ntelemetry.metrics.backlog.set(1);\n`,
      `import * as telemetry from './generated';\ntelemetry.metrics.queueDepth.set(1);\n`,
    ],
    [
      'require',
      `const { metrics } = require('./generated');\nmetrics.backlog.set(1);\n`,
      `const { metrics } = require('./generated');\nmetrics.queueDepth.set(1);\n`,
    ],
    [
      'require as a whole',
      `const telemetry = require('./generated');\ntelemetry.metrics.backlog.set(1);\n`,
      `const telemetry = require('./generated');\ntelemetry.metrics.queueDepth.set(1);\n`,
    ],
    [
      'a variable',
      `${imported}const m = metrics;\nm.backlog.set(1);\n`,
      `${imported}const m = metrics;\nm.queueDepth.set(1);\n`,
    ],
    [
      'taken apart',
      `${imported}const { jobsTotal, backlog: b } = metrics;\njobsTotal.inc(); b.set(1);\n`,
      `${imported}const { runsTotal: jobsTotal, queueDepth: b } = metrics;\njobsTotal.inc(); b.set(1);\n`,
    ],
    [
      'a parameter by its type',
      `import type { Metrics } from './generated/metrics.js';\nexport const f = (m: Metrics) => m.jobsTotal.inc();\n`,
      `import type { Metrics } from './generated/metrics.js';\nexport const f = (m: Metrics) => m.runsTotal.inc();\n`,
    ],
    [
      'a member by its type',
      `import type { Metrics } from './generated/metrics.js';\nclass A { constructor(private readonly m: Metrics) {} f() { this.m.jobsTotal.inc(); } }\n`,
      `import type { Metrics } from './generated/metrics.js';\nclass A { constructor(private readonly m: Metrics) {} f() { this.m.runsTotal.inc(); } }\n`,
    ],
    [
      'typeof',
      `${imported}export function f(m: typeof metrics) { m.jobsTotal.inc(); }\n`,
      `${imported}export function f(m: typeof metrics) { m.runsTotal.inc(); }\n`,
    ],
  ])('%s', (_what, before, after) => {
    expect(renamed(before)).toEqual({ text: after, unsure: [] });
  });

  it.each([
    ['another module', `import { metrics } from './other.js';\nmetrics.jobsTotal.inc();\n`, ['2 jobsTotal']],
    [
      'another export',
      `import { spans } from './generated/index.js';\nspans.jobsTotal.inc();\n`,
      ['2 jobsTotal'],
    ],
    [
      'a parameter that hides the import',
      `${imported}export function f(metrics: Other) { metrics.jobsTotal.inc(); }\n`,
      ['2 jobsTotal'],
    ],
    [
      'a variable that changes',
      `${imported}let m = metrics;\nm = other;\nm.backlog.set(1);\n`,
      ['4 backlog'],
    ],
    ['what nobody has typed', `${imported}export const f = (m) => m.backlog.set(1);\n`, ['2 backlog']],
    ['words', `${imported}metrics.other.inc('jobsTotal'); // metrics.jobsTotal\n`, []],
  ])('leaves alone %s', (_what, text, unsure) => {
    expect(renamed(text)).toEqual({ text, unsure });
  });

  it('does nothing the second time', () => {
    const once = renamed(`${imported}metrics.jobsTotal.inc();\nconst { backlog } = metrics;\n`).text;
    expect(renamed(once).text).toBe(once);
  });

  it('reads JavaScript and JSX', () => {
    const text = `${imported}export const A = () => <b onClick={() => metrics.jobsTotal.inc()} />;\n`;
    expect(renamed(text, '/src/a.jsx').text).toContain('metrics.runsTotal.inc()');
    expect(renamed(text, '/src/a.tsx').text).toContain('metrics.runsTotal.inc()');
  });
});
