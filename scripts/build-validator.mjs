/**
 * Writes dist/spec/schema-validator.cjs: the schema of the language as code, so that the program need not compile it each time it starts.
 * Runs after tsc. src/spec/validator.ts does without the file where it is missing or was made from another schema.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';

const { numberedSchema, schemaHash, validatorOptions } = await import('../dist/spec/validator.js');

const ajv = new Ajv2020({ ...validatorOptions, code: { ...validatorOptions.code, source: true } });
const code = standalone.default(ajv, ajv.compile(numberedSchema()));
const file = join(import.meta.dirname, '../dist/spec/schema-validator.cjs');
writeFileSync(file, `${code}\nmodule.exports.schemaHash = ${JSON.stringify(schemaHash())};\n`);
