/**
 * Writes src/spec/spec.ts from the JSON Schema of the language, so that the two cannot drift apart: `npm run generate:spec`.
 * test/spec/spec-types.test.ts fails where the file is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { compile } from 'json-schema-to-typescript';

const notAboutTypes = new Set([
  'propertyNames',
  'examples',
  'default',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
]);

const isRequiredOnly = (branch) => Object.keys(branch).join() === 'required';

/**
 * Constraints say nothing about types: which keys exclude each other, which names a map admits, and that `null` removes an entry of
 * a preset (it is gone before anyone reads the spec).
 */
function withoutConstraints(node) {
  if (Array.isArray(node)) return node.map(withoutConstraints);
  if (node === null || typeof node !== 'object') return node;
  const result = {};
  for (const [key, value] of Object.entries(node)) {
    if (notAboutTypes.has(key) && !isPropertyMap(node)) continue;
    if (key === 'oneOf' && value.every(isRequiredOnly)) continue;
    if (key === 'type' && Array.isArray(value)) result[key] = value.find((each) => each !== 'null');
    else result[key] = withoutConstraints(value);
  }
  return result;
}

/** A map from names to schemas, such as `properties`: its keys are the language's, not JSON Schema's. */
const isPropertyMap = (node) =>
  Object.values(node).every((value) => value !== null && typeof value === 'object');

/** The text of src/spec/spec.ts for the text of a schema. */
export async function specTypes(schemaText) {
  const schema = withoutConstraints(JSON.parse(schemaText));
  schema.title = 'Spec';
  return compile(schema, 'Spec', {
    additionalProperties: false,
    bannerComment:
      '// Generated from schemas/observability.v1.schema.json by `npm run generate:spec`. Do not edit.',
    style: { printWidth: 110, singleQuote: true },
  });
}

if (process.argv[1]?.endsWith('generate-spec-types.mjs')) {
  writeFileSync(
    'src/spec/spec.ts',
    await specTypes(readFileSync('schemas/observability.v1.schema.json', 'utf8')),
  );
}
