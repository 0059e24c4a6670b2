import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plain } from '../../src/spec/plain.js';
import { languageSchema } from '../../src/spec/schema/schema.js';
import { numberedSchema, schemaHash, validatorOptions, violations } from '../../src/spec/schema/validator.js';
import { validatorCode } from '../../src/spec/schema/validator-code.js';
import { load } from './support.js';
import { runs } from '../support/long.js';

/** The module as Node would load it. */
function moduleOf(code: string): ValidateFunction & { readonly schemaHash: string } {
  const module = { exports: {} };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- what the build writes is run here as it is there
  const run = new Function('module', 'require', code) as (module: object, require: NodeJS.Require) => void;
  run(module, createRequire(import.meta.url));
  return module.exports as ValidateFunction & { readonly schemaHash: string };
}

const reference = readFileSync(join(import.meta.dirname, 'fixtures/reference.yaml'), 'utf8').replace(
  /^presets: .*$/m,
  '',
);
const text = JSON.stringify(load(reference).value?.spec);

describe('the validator that the build writes', () => {
  const built = moduleOf(validatorCode());
  const compiled = new Ajv2020(validatorOptions).compile(numberedSchema());

  it('is of the schema as it is', () => {
    expect(built.schemaHash).toBe(schemaHash());
  });

  it('says what the compiled one says', () => {
    const faults = (validate: ValidateFunction, value: Plain) => {
      validate(value);
      return (validate.errors ?? []).map(({ instancePath, keyword, parentSchema, params }) => [
        instancePath,
        keyword,
        (parentSchema as { $comment?: string } | undefined)?.$comment,
        JSON.stringify(params),
      ]);
    };
    const value = fc.constantFrom('null', '5', '""', '"x"', '[]', '{}', '{"a":1}', 'true', '[1,1]');
    const place = fc.double({ min: 0, max: 0.999, noNaN: true });
    let failing = 0;
    let leaves = 0;
    JSON.parse(text, (_, each: unknown) => {
      if (typeof each !== 'object') leaves += 1;
      return each;
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(place, value), { maxLength: 4 }), (changes) => {
        const untouched: Plain = JSON.parse(text) as Plain;
        const spec = changes.reduce<Plain>((before, [at, replacement]) => {
          let left = Math.floor(at * leaves);
          const changed: unknown = JSON.parse(JSON.stringify(before), (_, each: unknown) => {
            if (typeof each === 'object') return each;
            left -= 1;
            return left === -1 ? (JSON.parse(replacement) as unknown) : each;
          });
          return changed as Plain;
        }, untouched);
        const expected = faults(compiled, spec);
        expect(faults(built, spec)).toEqual(expected);
        expect(violations(spec)).toHaveLength(expected.length);
        if (expected.length > 0) failing += 1;
      }),
      { numRuns: runs(200) },
    );
    expect(failing).toBeGreaterThan(20);
  });

  it('names the node of the schema that refuses', () => {
    const [fault] = violations({ version: 2, service: { name: 'shop' } });
    expect(fault?.owner).toBe(languageSchema().properties?.['version']);
  });
});
