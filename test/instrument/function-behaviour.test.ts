import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';
import type { Candidate } from '../../src/instrument/candidate.js';
import { useTracing } from '../agents/tracing.js';
import { logged } from './class-runs.js';
import { edited, forms, withImport, type EditOptions } from './function-harness.js';

const program = (name: string): string =>
  readFileSync(new URL(`./function-programs/${name}.fixture.txt`, import.meta.url), 'utf8');
const spans = useTracing();
const functions = ({ kind }: Candidate): boolean => kind !== 'call';
const calls = ({ kind }: Candidate): boolean => kind === 'call';

const runs: readonly (readonly [name: string, options: EditOptions])[] = [
  ['declared', { only: functions }],
  ['expressions', { only: functions }],
  ['calls', { only: calls }],
  ['calls', { only: () => true }],
  ['plain', { only: functions, path: 'plain.cjs' }],
];

test.each(runs)('%s do the same as before', async (name, options) => {
  const source = program(name);
  const output = { target: ts.ScriptTarget.ES2022, alwaysStrict: !name.startsWith('plain') };
  const before = await logged(source, output);
  expect(before.length).toBeGreaterThan(3);
  expect(spans.ended).toEqual([]);
  for (const attributes of [[], [['text', 'args.0']], [['text', 'this.tag']]] as const) {
    const result = edited(source, { isCommonJs: true, attributes, ...options });
    expect(await logged(imported(result, options), output)).toEqual(before);
    expect(spans.named('work').length).toBeGreaterThan(forms(result).length / 2);
    spans.clear();
  }
});

test('attributes come from the parameters of wrapped bodies', async () => {
  const source = `const of = <T,>(value: T) => value;
const tools = of({ run: ({ city, unit: { name: shown } }: { city: string; unit: { name: string } }, ...more: string[]) => city + shown + more.length });
export const main = (log: (value: unknown) => void) => log(tools.run({ city: 'Bern', unit: { name: 'c' } }, 'x', 'y'));
`;
  const only = ({ name }: Candidate): boolean => name === 'run';
  for (const [path, value] of [
    ['args.0.city', 'Bern'],
    ['args.0.unit.name', 'c'],
    ['args.2', 'y'],
  ] as const) {
    spans.clear();
    const result = edited(source, { isCommonJs: true, attributes: [['text', path]], only });
    expect(await logged(withImport(result), {})).toEqual(['Bernc2']);
    expect(spans.named('work').map(({ attributes }) => attributes['text'])).toEqual([value]);
  }
});

/** A file of CommonJS has `require` in the place of an import. */
function imported(result: ReturnType<typeof edited>, { path }: EditOptions): string {
  if (path === undefined) return withImport(result);
  return `const { ${[...result.helpers].join(', ')} } = require('./generated/instrument.js');\n${result.text}`;
}
