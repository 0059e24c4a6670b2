import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OutputFile } from '../../../src/emit/emitter.js';
import { typescriptHelpers } from '../../../src/emit/typescript/emitter.js';
import { foldersIn } from '../../support/directory.js';
import { isLong, some } from '../../support/long.js';
import { withSharedRuntime } from '../../support/shared-runtime.js';
import { compile, formats } from '../../emit/typescript/compile.js';
import { callerOf } from './callers.js';
import { differenceOf, readModel } from './support.js';

const root = join(import.meta.dirname, 'pairs');
/** Those whose new helpers are imported from a package, or of which no caller can be told by a name. */
const left = new Set(['runtime-from-the-package']);
const all = foldersIn(root)
  .filter((name) => !left.has(name))
  .flatMap((name) => {
    const read = (file: string): string => readFileSync(join(root, name, file), 'utf8');
    const [old, now] = [read('old.yaml'), read('new.yaml')];
    return [
      { name, old, now },
      { name: `${name}-reversed`, old: now, now: old },
    ];
  });

function isOfCode({ old, now }: (typeof all)[number]): boolean {
  return differenceOf(old, now).changes.some(({ consequences }) =>
    consequences.some((each) => each.class === 'CODE'),
  );
}

/** Where nothing is said of code, nothing of it changes; compiling takes half a second a pair. */
const pairs = isLong
  ? all
  : [...some(all.filter(isOfCode), 24), ...some(all, 6)].filter(
      (pair, index, list) => list.indexOf(pair) === index,
    );

/** A service that was written against the old spec, with the helpers of the new one, for each pair. */
function trees(): readonly OutputFile[] {
  const made = new Map(
    pairs.map(({ name, old, now }) => [
      name,
      [...typescriptHelpers.files(readModel(now)), { path: 'caller.ts', content: callerOf(readModel(old)) }],
    ]),
  );
  return [...withSharedRuntime(made)].flatMap(([name, files]) =>
    files.map((file) => ({ ...file, path: `${name}/${file.path}` })),
  );
}

/** The class CODE says whether callers still compile: the compiler is asked. */
describe('callers of the old helpers', () => {
  let errors: readonly string[];

  beforeAll(() => {
    const format = formats['ESM in Node'];
    if (format === undefined) throw new Error('there is no such format');
    errors = compile(trees(), format, { types: ['node'], skipLibCheck: true });
  });

  it.each(pairs)('$name', ({ name, old, now }) => {
    const own = errors.filter((error) => error.startsWith(`${name}/caller.ts`));
    const broken = differenceOf(old, now).changes.filter(({ consequences }) =>
      consequences.some((each) => each.class === 'CODE' && each.breaking),
    );
    if (broken.length === 0) expect(own).toEqual([]);
    else expect(own, broken.map(({ at }) => at).join()).not.toEqual([]);
  });

  it('stand beside helpers without a fault of their own', () => {
    expect(errors.filter((error) => !error.includes('/caller.ts'))).toEqual([]);
  });
});
