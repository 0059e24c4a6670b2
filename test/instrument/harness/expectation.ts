import { lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { show } from './recording.js';
import type { Case } from './case-folder.js';
import type { Done } from './instrument-case.js';
import type { SeenSpan } from './runner.js';

/** Where the instrumented text of a file stands: `expected.ts` for `input.ts`, `other.expected.ts` for `other.ts`. */
export function expectedName(path: string): string {
  return path.startsWith('input.')
    ? path.replace('input.', 'expected.')
    : path.replace(/\.(\w+)$/, '.expected.$1');
}

/** What `expected.txt` tells: what was placed where, what was skipped and why, and which spans arrived. */
export function report(done: ReadonlyMap<string, Done>, spans: readonly SeenSpan[]): string {
  const files = [...done].flatMap(([path, { plan, fault }]) => {
    if (plan === undefined) return [`${path}: ${fault ?? 'no plan'}`];
    const places = [
      ...plan.placed.map(({ line, place, form }) => ({ line, text: `${place}: ${form}` })),
      ...plan.skipped.map(({ code, message, help, start }) => ({
        line: plan.before.slice(0, start).split('\n').length,
        text: `skipped ${code}: ${message}${help === undefined ? '' : ` (${help})`}`,
      })),
    ].sort((a, b) => a.line - b.line);
    return places.map(({ line, text }) => `${path}:${line} ${text}`);
  });
  return [...files, '', 'spans', ...spans.map(spanLine), ''].join('\n');
}

function spanLine({ name, depth, failed, attributes }: SeenSpan): string {
  const given = Object.entries(attributes).filter(([key]) => !key.startsWith('error.'));
  const listed = given.length === 0 ? '' : ` ${show(Object.fromEntries(given))}`;
  return `${'  '.repeat(depth + 1)}${name}${listed}${failed ? ' failed' : ''}`;
}

/** The files that a case expects, by name. */
export function expectationOf(
  done: ReadonlyMap<string, Done>,
  spans: readonly SeenSpan[],
): Map<string, string> {
  const files = new Map<string, string>();
  for (const [path, { plan, after }] of done)
    if (plan !== undefined && plan.before !== after) files.set(expectedName(path), after);
  files.set('expected.txt', report(done, spans));
  return files;
}

/** Writes them, and removes those that are not expected any longer. */
export function writeExpectation({ folder, inputs }: Case, files: ReadonlyMap<string, string>): void {
  for (const path of inputs.keys()) rmSync(join(folder, expectedName(path)), { force: true });
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
}

/** The text of an expected file; undefined: there is none. */
export function expectedText({ folder }: Case, name: string): string | undefined {
  return lstatSync(join(folder, name), { throwIfNoEntry: false }) === undefined
    ? undefined
    : readFileSync(join(folder, name), 'utf8');
}
