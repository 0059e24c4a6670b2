import { createRequire } from 'node:module';
import type * as ajv from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { ObjectSchema, ToolArguments } from './tool.js';

const require = createRequire(import.meta.url);
const compiled = new WeakMap<ObjectSchema, ValidateFunction>();
let compiler: ajv.Ajv2020 | undefined;

/** What is wrong with the arguments of a tool, in words; empty where they fit. */
export function argumentFaults(schema: ObjectSchema, given: ToolArguments): readonly string[] {
  compiler ??= new (require('ajv/dist/2020.js') as typeof ajv).Ajv2020({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
  });
  let validate = compiled.get(schema);
  if (validate === undefined) compiled.set(schema, (validate = compiler.compile(schema)));
  if (validate(given)) return [];
  return (validate.errors ?? []).map(({ instancePath, keyword, message, params }) => {
    const name = instancePath === '' ? 'the arguments' : instancePath.slice(1);
    const extra: unknown = params['additionalProperty'];
    if (keyword === 'additionalProperties') return `there is no argument ${JSON.stringify(extra)}`;
    const allowed: unknown = params['allowedValues'];
    return `${name} ${message ?? keyword}${Array.isArray(allowed) ? `: ${allowed.join(', ')}` : ''}`;
  });
}
