import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ts } from 'ts-morph';
import { afterAll, expect, it } from 'vitest';
import { planFile } from '../../src/instrument/file/plan-file.js';
import { stripFile } from '../../src/instrument/file/strip/strip-file.js';
import { useTracing } from '../agents/tracing.js';
import { settingsFor } from './harness/generated-helpers.js';
import { loadedHelpers } from './harness/loaded-helpers.js';
import { driver, type Run } from './harness/program-run.js';
import { programs, type Program } from './harness/programs.js';

/**
 * Programs made by chance, of functions of all kinds that tell of all they do: they do the same once they are instrumented, a second run
 * finds nothing to do, and every byte comes back. `PROGRAMS=5000` makes more of them.
 */
const spec = `version: 1
service: { name: programs }
spans: { work: { kind: internal } }
instrument:
  include: ['**']
  rules:
    - match: { kind: [function, expression, method, getter, setter, constructor, object method] }
      span: work
`;
const count = Number(process.env['PROGRAMS'] ?? 200);
const root = mkdtempSync(join(tmpdir(), 'obs-gen-programs-'));
writeFileSync(join(root, 'package.json'), '{ "type": "commonjs" }');
writeFileSync(
  join(root, 'tsconfig.json'),
  '{ "compilerOptions": { "module": "commonjs", "target": "es2022" } }',
);
const settings = settingsFor(spec, root);
const helpers = loadedHelpers(spec);
const spans = useTracing();

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

it('what an instrumented program does is what it did', async () => {
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(programs, async (program) => {
      const path = `program.${program.isTyped ? 'ts' : 'js'}`;
      fc.pre(syntaxErrors(program.text, path).length === 0);
      const plan = planFile({ path, bytes: Buffer.from(program.text) }, settings);
      expect(syntaxErrors(plan.after, path)).toEqual(syntaxErrors(program.text, path));
      expect(strip(plan.after, path)).toBe(program.text);
      expect(planFile({ path, bytes: Buffer.from(plan.after) }, settings).after).toBe(plan.after);
      spans.clear();
      const before = await run(program);
      expect(spans.named('work')).toEqual([]);
      const after = await run({ ...program, text: plan.after });
      expect(after.notes).toEqual(before.notes);
      seen += spans.named('work').length;
    }),
    { numRuns: count },
  );
  expect(seen).toBeGreaterThan(count);
});

function strip(text: string, path: string): string {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  return mark + stripFile(text.slice(mark.length), path, settings).text;
}

function syntaxErrors(text: string, path: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(text, { fileName: path, reportDiagnostics: true });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

async function run({ text, isTyped }: Program): Promise<Run> {
  const source = text.replace(/^\uFEFF?#!.*/, '');
  const code = isTyped
    ? ts.transpileModule(source, {
        compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
      }).outputText
    : source;
  return driver(code, helpers);
}
