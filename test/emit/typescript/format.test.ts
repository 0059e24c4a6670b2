import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import prettier from 'prettier';
import { describe, expect, test } from 'vitest';
import { typescriptHelpers } from '../../../src/emit/typescript/emitter.js';
import { isCopyOfRuntime } from '../../support/copied-runtime.js';
import { isLong, some } from '../../support/long.js';
import { modelOf } from '../../support/model.js';
import { modelOfTexts } from './model-of-texts.js';
import { hostileNamesSpec, richSpec } from './specs.js';

const options = {
  ...(JSON.parse(readFileSync('.prettierrc.json', 'utf8')) as prettier.Options),
  parser: 'typescript',
};

const style = (imports: string): string => `target: { typescript: { imports: ${imports} } }\n`;

/** What was formatted already: most of the runtime is the same for every spec. */
const formatted = new Set<string>();

describe('prettier leaves unchanged', () => {
  test.each([
    ['a rich spec', richSpec],
    ['a rich spec with .ts in its imports', richSpec + style('ts')],
    ['a rich spec without extensions in its imports', richSpec + style('none')],
    ['hostile names', hostileNamesSpec],
    ['a spec that says nothing', 'version: 1\nservice: { name: small }\n'],
  ])('every file of %s', async (_, spec) => {
    const fresh = typescriptHelpers
      .files(modelOf(spec))
      .filter((each) => !formatted.has(`${each.path}\n${each.content}`) && !isCopyOfRuntime(each));
    // Another style of imports changes the first lines of every file, and nothing else.
    for (const { path, content } of spec.includes('imports: ') ? some(fresh, 25) : fresh) {
      formatted.add(`${path}\n${content}`);
      expect(await prettier.format(content, { ...options, filepath: path }), path).toBe(content);
    }
  });

  test('the files of any spec, however long its names, texts and lists', async () => {
    const word = fc.stringMatching(/^[a-z]{1,12}(?:_[a-z]{1,12}){0,9}$/);
    const text = fc.oneof(
      fc.string({
        unit: fc.constantFrom('a', 'word ', "'", '"', '\\', '\n', 'é', '😀', '日', '*/', '`'),
        maxLength: 60,
      }),
      word,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 40 }),
        fc.array(word, { minLength: 1, maxLength: 20 }),
        fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 20 }),
        async (texts, words, numbers) => {
          const cycle = <T>(values: readonly T[]): (() => T) => {
            let next = 0;
            return () => {
              next += 1;
              return values[next % values.length] as T;
            };
          };
          const model = modelOfTexts({ text: cycle(texts), name: cycle(words), count: cycle(numbers) });
          for (const { path, content } of typescriptHelpers.files(model)) {
            // The runtime is the same for every spec.
            if (path.startsWith('runtime/')) continue;
            expect(await prettier.format(content, { ...options, filepath: path }), path).toBe(content);
          }
        },
      ),
      // Without shrinking: each attempt formats whole files.
      { numRuns: isLong ? 60 : 20, endOnFailure: true },
    );
  });
});
