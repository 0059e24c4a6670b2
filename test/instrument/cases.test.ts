import { beforeAll, describe, expect, it } from 'vitest';
import { updating } from '../support/directory.js';
import { readCases } from './harness/case-folder.js';
import { expectationOf, expectedName, expectedText, writeExpectation } from './harness/expectation.js';
import { instrumentCase, type Done } from './harness/instrument-case.js';
import { runCases, type Runs } from './harness/run-cases.js';
import { typesOf } from './harness/type-check.js';

/**
 * One folder a case: code of one shape, a script that records all that can be observed of it, and the code as the codemod leaves it. The
 * record has to be the same before and after, with telemetry and without; so do types, declarations and, once everything is taken out
 * again, every byte.
 * `UPDATE=1 npx vitest run test/instrument/cases.test.ts` writes what is expected anew, `CASES=arrow` takes those of this name only.
 */
const cases = readCases(process.env['CASES']);

let done: Map<string, ReadonlyMap<string, Done>>;
let runs: Runs;
let types: ReturnType<typeof typesOf>;

beforeAll(async () => {
  done = new Map(cases.map((each) => [each.name, instrumentCase(each)]));
  const after = new Map([...done].map(([name, files]) => [name, textsOf(files)]));
  const before = new Map(
    cases.map(({ name, inputs }) => [
      name,
      new Map([...inputs].map(([path, bytes]) => [path, bytes.toString('utf8')])),
    ]),
  );
  const running = runCases(cases, after);
  types = typesOf(cases, { before, after });
  runs = await running;
});

describe.each(cases.map((each) => [each.name, each] as const))('%s', (name, each) => {
  it('is instrumented as expected', () => {
    const files = doneIn(name);
    const actual = expectationOf(files, runs.traced[name]?.spans ?? []);
    if (updating) writeExpectation(each, actual);
    const wanted = ['expected.txt', ...[...files.keys()].map(expectedName)];
    for (const file of wanted) expect(actual.get(file), file).toBe(expectedText(each, file));
  });

  it('behaves as before', () => {
    const { before, after, traced } = runs;
    const lines = before[name]?.lines ?? [];
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => line.startsWith('the behaviour itself failed'))).toEqual([]);
    expect(after[name]?.lines).toEqual(lines);
    expect(traced[name]?.lines).toEqual(lines);
  });

  it('is left alone by a second run, and comes back byte for byte', () => {
    for (const [path, { after, again, stripped }] of doneIn(name)) {
      expect(again, path).toBe(after);
      expect(Buffer.from(stripped).equals(each.inputs.get(path) ?? Buffer.of()), path).toBe(true);
    }
  });

  it('has the types that it had', () => {
    const before = types.before.get(name);
    expect(before?.size).toBeGreaterThan(0);
    for (const [path, { errors, declarations }] of before ?? []) {
      const after = types.after.get(name)?.get(path);
      expect(after?.errors, path).toEqual(errors);
      expect(after?.declarations, path).toBe(declarations);
    }
  });
});

function doneIn(name: string): ReadonlyMap<string, Done> {
  return done.get(name) ?? new Map();
}

function textsOf(files: ReadonlyMap<string, Done>): Map<string, string> {
  return new Map([...files].map(([path, { after }]) => [path, after]));
}
