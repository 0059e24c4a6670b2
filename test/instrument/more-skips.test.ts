import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { planFile } from '../../src/instrument/file/plan-file.js';
import type { PlanSettings } from '../../src/instrument/file/file-plan.js';
import { removalPlan } from '../../src/instrument/file/verified-plan.js';
import { compileRules } from '../../src/instrument/rules/compile.js';
import { ruleSetOf } from '../../src/instrument/rules/rule-set-of.js';
import { candidatesOf } from '../../src/instrument/find/candidates.js';
import { parseFile } from '../../src/instrument/find/parse-file.js';
import { modelOf } from '../support/model.js';

const root = '/nowhere';

function settingsOf(rules: string): PlanSettings {
  const model = modelOf(`version: 1
service: { name: more }
spans: { work: { kind: internal } }
instrument:
  rules:
${rules}`);
  return {
    rules: ruleSetOf(compileRules(model).value ?? { rules: [] }),
    outDir: `${root}/generated`,
    root,
    verify: true,
  };
}

const replaced = settingsOf(`    - match: { call: 'console.*' }
      console: true
`);
const kept =
  settingsOf(`    - match: { call: '{*.on,*.add,*.process,*.reduce,*.$transaction,*Worker,setTimeout,each}' }
      context: true
`);

/** What became of a text, without the import, and the codes of what was left alone. */
function made(settings: PlanSettings, text: string, path = 'src/input.mts'): readonly string[] {
  const source = `import './other.mjs';\n${text}\n`;
  const { after, skipped } = planFile({ path, bytes: Buffer.from(source) }, settings);
  const again = planFile({ path, bytes: Buffer.from(after) }, settings);
  expect(again.after).toBe(after);
  expect(again.skipped.map(({ code }) => code)).toEqual(skipped.map(({ code }) => code));
  expect(removalPlan({ path, bytes: Buffer.from(after) }, settings).after).toBe(source);
  const lines = after.split('\n').filter((line) => !/^import |^$/.test(line));
  return [lines.join('\n'), ...skipped.map(({ code }) => code)];
}

describe('console', () => {
  it.each([
    ['console.log(1);', 'logger.log(1);'],
    ["console?.warn('a'); console.error?.('b');", "logger?.warn('a'); logger.error?.('b');"],
    ["console['info'](`c`);", "logger['info'](`c`);"],
    ['console . debug (1)', 'logger . debug (1)'],
    ['console\n  // why\n  .log(1);', 'logger\n  // why\n  .log(1);'],
    ['run(console.log); const write = console.warn;', 'run(console.log); const write = console.warn;'],
    ['const f = () => void console.trace(f);', 'const f = () => void logger.trace(f);'],
    ['log(console); globalThis.console.log(1);', 'log(console); globalThis.console.log(1);'],
  ])('%s', (text, expected) => {
    expect(made(replaced, text)).toEqual([expected]);
  });

  it.each([
    ['console.table([]);', 'OBS5180'],
    ["console.time('a');", 'OBS5180'],
    ['console.log.call(console, 1);', 'OBS5180'],
    ['const f = console.log.bind(console);', 'OBS5180'],
    ['(console as Console).log(1);', 'OBS5180'],
    ['const f = (console: Console) => console.log(1);', 'OBS5181'],
    ['const f = ({ console }: { console: Console }) => { if (f) console.log(1); };', 'OBS5181'],
    ['function f() { console.log(1); var console = g(); }', 'OBS5181'],
    ["import console from 'console'; console.log(1);", 'OBS5181'],
    ['console.log(document.title);', 'OBS5182'],
    ["if (typeof window === 'undefined') console.log(1);", 'OBS5182'],
    ['await page.evaluate(() => { console.log(1); });', 'OBS5182'],
  ])('%s is left alone: %s', (text, code) => {
    expect(made(replaced, text)).toEqual([text.startsWith('import') ? '' : text, code]);
  });

  it('is meant where a name of the same spelling holds somewhere else, or what belongs to browsers is something else', () => {
    expect(made(replaced, 'const f = (console: Console) => 1; console.log(f);')).toEqual([
      'const f = (console: Console) => 1; logger.log(f);',
    ]);
    expect(made(replaced, 'for (const document of all) console.log(document.title);')).toEqual([
      'for (const document of all) logger.log(document.title);',
    ]);
    expect(made(replaced, "import 'node:fs';\nconsole.log(typeof window);")).toEqual([
      'logger.log(typeof window);',
    ]);
  });
});

describe('the context', () => {
  it.each([
    ["e.on('x', () => 1);", "e.on('x', keepContext(() => 1));"],
    ["e?.on?.('x', async (a) => { await a; });", "e?.on?.('x', keepContext(async (a) => { await a; }));"],
    [
      "e.on('x', function () { return this; }, { once: true });",
      "e.on('x', keepContext(function () { return this; }), { once: true });",
    ],
    ["function f() {} e.on('x', f);", "function f() {} e.on('x', keepContext(f));"],
    [
      "new Worker<Job>('x', async (job) => job, options);",
      "new Worker<Job>('x', keepContext(async (job) => job), options);",
    ],
    [
      "new Worker('x', async (job: Job) => job, options);",
      "new Worker('x', keepContext(async (job: Job) => job), options);",
    ],
    ['await each(async (one) => { await one; });', 'await each(keepContext(async (one) => { await one; }));'],
    ['const a = each<Item>((one) => one.id);', 'const a = each<Item>(keepContext((one) => one.id));'],
    ['const a = each((one: Item) => one.id);', 'const a = each(keepContext((one: Item) => one.id));'],
    ['const a = each((): number[] => [1]);', 'const a = each(keepContext((): number[] => [1]));'],
    [
      'const a = q.add(async ({ signal }) => [signal]);',
      'const a = q.add(keepContext(async ({ signal }) => [signal]));',
    ],
    [
      "const off = e.on('x', (a) => a, { once: yes });",
      "const off = e.on('x', keepContext((a) => a), { once: yes });",
    ],
    ["new bull.Worker('x', handleJob);", "new bull.Worker('x', keepContext(handleJob));"],
    ['setTimeout(callback, 1);', 'setTimeout(keepContext(callback), 1);'],
    ['q.process(this.run.bind(this));', 'q.process(keepContext(this.run.bind(this)));'],
    ["e.on('x', onX).on('y', onY);", "e.on('x', keepContext(onX)).on('y', keepContext(onY));"],
  ])('%s', (text, expected) => {
    expect(made(kept, text)).toEqual([expected]);
  });

  it.each([
    ["q.add('name', { a: 1 });", 'OBS5183'],
    ["e.on('x', handlers[0]);", 'OBS5183'],
    ["e.on('x', function* () {});", 'OBS5183'],
    ["class C {} e.on('x', C);", 'OBS5183'],
    ['e.on(...given);', 'OBS5183'],
    ['const wait = new Promise((resolve) => setTimeout(resolve, 1));', 'OBS5183'],
    ["e.on('x', onX); e.off('x', onX);", 'OBS5184'],
    ["e.on('x', function f() { e.removeListener('x', f); });", 'OBS5184'],
    ["class C { m() {} a() { e.on('x', this.m); } b() { e.off('x', this.m); } }", 'OBS5184'],
    ["e.on('x', onX); if (seen === onX) stop();", 'OBS5184'],
    ['set.add(onX);', 'OBS5184'],
    ['each((one) => one.id, list);', 'OBS5185'],
    ['setTimeout((one) => one.id, 1, list);', 'OBS5185'],
    ['each((one) => one.id, { of: list });', 'OBS5185'],
    ['setTimeout((one) => one.id, 1, 2);', 'OBS5186'],
    ['const a = each((one) => one.id);', 'OBS5186'],
    ['return await (each((one) => one.id));', 'OBS5186'],
    ['each((one) => make(one), (two) => two.id);', 'OBS5186'],
    ['each({ map: (one) => make(one) }, (two) => two.id);', 'OBS5186'],
    ["new Worker('x', async (job) => job, options);", 'OBS5186'],
    ['new Map(each((one: Item) => [one.id, one]));', 'OBS5186'],
    ["const a = each(() => (b ? { kind: 'a' } : null));", 'OBS5186'],
    ['const a = each(async () => { if (b) return -1; return c; });', 'OBS5186'],
    ['list.reduce((sum, one) => sum + one.n, 0);', 'OBS5186'],
    ['list.reduce<number>((sum, one) => sum + one.n, 0);', 'OBS5186'],
    ['await db.$transaction(async (tx) => { await tx.x(); });', 'OBS5186'],
  ])('%s is left alone: %s', (text, code) => {
    expect(made(kept, text)).toEqual([text, code]);
  });

  it('needs no types where there are none', () => {
    const text = 'each((one) => one.id, list);';
    expect(made(kept, text, 'src/input.mjs')).toEqual(['each(keepContext((one) => one.id), list);']);
    expect(made(kept, 'const a = list.reduce((a, b) => a + b);', 'src/input.mjs')).toEqual([
      'const a = list.reduce(keepContext((a, b) => a + b));',
    ]);
  });
});

describe('what is made with new', () => {
  it('is a call by the name of its class, for rules with `context` alone', () => {
    const file = parseFile('src/a.ts', "new Worker('x', work); new Worker; new a.B();");
    expect(candidatesOf(file, true).map(({ name }) => name)).toEqual(['Worker', 'a.B']);
    const both = settingsOf(`    - match: { call: '*Worker' }
      span: work
    - match: { call: '*Worker' }
      context: true
`);
    expect(made(both, "new Worker('x', () => 1); makeWorker(() => 2);")).toEqual([
      "new Worker('x', keepContext(() => 1)); traceFunction(spans.work, 'makeWorker', makeWorker)(() => 2);",
    ]);
    const [first] = candidatesOf(file, true);
    expect(first === undefined ? [] : both.rules.explain(first, file).map(({ because }) => because)).toEqual([
      'call: it is made with `new`, which only rules with `context` mean',
      '',
    ]);
  });
});

describe('a formatter', () => {
  it('may break the lines of kept callbacks and logged ones', async () => {
    const both = settingsOf(`    - match: { call: 'console.*' }
      console: true
    - match: { call: '*.process' }
      context: true
`);
    const options = { parser: 'typescript', singleQuote: true, printWidth: 60 } as const;
    const before = await format(
      `import { queue } from './queue.mjs';
queue.process('a name that is long', async (job: Job) => {
  console.error('a long text that fills its line', job, 12);
  if (job.isLast) return \`
    \${job.id}\`;
});
`,
      options,
    );
    const path = 'src/input.mts';
    const { after } = planFile({ path, bytes: Buffer.from(before) }, both);
    const formatted = await format(after, options);
    expect(formatted).not.toBe(after);
    expect(planFile({ path, bytes: Buffer.from(formatted) }, both).after).toBe(formatted);
    const removed = removalPlan({ path, bytes: Buffer.from(formatted) }, both).after;
    expect(await format(removed, options)).toBe(before);
  });
});
