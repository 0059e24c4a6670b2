import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { numberedSchema, schemaHash, validatorOptions } from './validator.js';

/** The validator as a CommonJS module, which the build writes beside validator.js. It is loaded only for the schema that it was made from. */
export function validatorCode(): string {
  const ajv = new Ajv2020({ ...validatorOptions, code: { ...validatorOptions.code, source: true } });
  const code = standalone.default(ajv, ajv.compile(numberedSchema()));
  return `${code}\nmodule.exports.schemaHash = ${JSON.stringify(schemaHash())};\n`;
}
