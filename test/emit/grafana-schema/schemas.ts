import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type SchemaObject, type ValidateFunction } from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';
import { packageRoot } from '../../../src/package-root.js';

const path = join(import.meta.dirname, 'sdk-types.ts');

/** A validator for each exported type of `sdk-types.ts`, which knows every key: one that the SDK does not have is a fault. Takes 2 s. */
export function validators(): ReadonlyMap<string, ValidateFunction> {
  const generator = createGenerator({
    path,
    tsconfig: join(packageRoot, 'tsconfig.json'),
    skipTypeCheck: true,
    expose: 'none',
    topRef: false,
    additionalProperties: false,
    jsDoc: 'none',
  });
  const ajv = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true });
  const names = [...readFileSync(path, 'utf8').matchAll(/^export type (\w+)/gm)].map(([, name = '']) => name);
  return new Map(names.map((name) => [name, ajv.compile(generator.createSchema(name) as SchemaObject)]));
}
