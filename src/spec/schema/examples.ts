import type { Plain } from '../plain.js';
import { type SchemaNode, childSchema, dereferenced, exclusiveKeys, isExclusion } from './schema.js';
import { emptyObject } from '../plain.js';

/** An example of a value, as it would be written in YAML; undefined where the schema has none. */
export function exampleOf(schema: SchemaNode): string | undefined {
  const example = schema.examples?.[0] ?? schema.default ?? schema.enum?.[0];
  if (example === undefined) return undefined;
  return JSON.stringify(example)
    .replaceAll(/^"(.*)"$/g, '$1')
    .replaceAll('","', ', ')
    .replaceAll('"', '');
}

/** A valid value for a schema: its default or example where it has one, else the least that it takes. */
export function sampleOf(node: SchemaNode): Plain {
  const schema = dereferenced(node);
  const known = schema.const ?? schema.default ?? schema.examples?.[0] ?? schema.enum?.[0];
  if (known !== undefined) return structuredClone(known);
  if (schema.oneOf !== undefined && !isExclusion(schema)) return sampleOf(schema.oneOf[0] ?? {});
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  switch (type) {
    case 'object':
      return sampleObject(schema);
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}));
    case 'number':
    case 'integer':
      return within(schema, 0);
    case 'boolean':
      return false;
    default:
      return sampleText(schema);
  }
}

function sampleText(schema: SchemaNode): string {
  const filler = 'x'.repeat(Math.max(1, schema.minLength ?? 1));
  if (schema.pattern === undefined) return filler;
  const expression = new RegExp(schema.pattern, 'u');
  return [filler, 'https://example.com', '1.0'].find((text) => expression.test(text)) ?? filler;
}

function sampleObject(schema: SchemaNode): Plain {
  const object = emptyObject();
  const [exclusive] = exclusiveKeys(schema);
  const keys = [...(schema.required ?? []), ...(exclusive === undefined ? [] : [exclusive])];
  for (const key of [...keys, ...optionalKeys(schema, keys)])
    object[key] = sampleOf(childSchema(schema, key) ?? {});
  return object;
}

/** As many more keys as a map has to have. */
function optionalKeys(schema: SchemaNode, keys: readonly string[]): readonly string[] {
  const known = Object.keys(schema.properties ?? { [sampleText(schema.propertyNames ?? {})]: {} });
  return known
    .filter((key) => !keys.includes(key))
    .slice(0, Math.max(0, (schema.minProperties ?? 0) - keys.length));
}

/** The number nearest to `value` that a schema takes. */
export function within(schema: SchemaNode, value: number): number {
  const {
    minimum = -Infinity,
    maximum = Infinity,
    exclusiveMinimum = -Infinity,
    exclusiveMaximum = Infinity,
  } = schema;
  const isWhole = schema.type === 'integer';
  let nearest = isWhole ? Math.round(value) : value;
  nearest = Math.min(maximum, Math.max(minimum, nearest));
  const example = schema.examples?.find((each) => typeof each === 'number');
  // There is no number next to an open bound: an example is better than one that differs from it in the last digit.
  if (nearest <= exclusiveMinimum || nearest >= exclusiveMaximum) {
    if (typeof example === 'number') return example;
    const step = isWhole ? 1 : Math.max(1e-6, Math.abs(nearest) * 1e-6);
    return nearest <= exclusiveMinimum
      ? Math.min(
          exclusiveMinimum + (isWhole ? 1 : Math.min(1, (exclusiveMaximum - exclusiveMinimum) / 2)),
          maximum,
        )
      : exclusiveMaximum - step;
  }
  return nearest;
}
