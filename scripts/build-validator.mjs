/**
 * Writes dist/spec/schema/schema-validator.cjs: the schema of the language as code, so that the program need not compile it each time it starts.
 * Runs after tsc. src/spec/schema/validator.ts does without the file where it is missing or was made from another schema.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const dist = join(import.meta.dirname, '../dist/spec/schema');
const { validatorCode } = await import(join(dist, 'validator-code.js'));
writeFileSync(join(dist, 'schema-validator.cjs'), validatorCode());
