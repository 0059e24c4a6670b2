import type { Located } from './located.js';

/** What JSON can say, without prototypes: keys such as `__proto__` are keys like any other. */
export type Plain = string | number | boolean | null | PlainObject | Plain[];
export interface PlainObject {
  [key: string]: Plain;
}

/** An object without a prototype, to be filled. */
export const emptyObject = (): PlainObject => Object.create(null) as PlainObject;

/** Whether a value is a map of the spec. */
export const isObject = (value: unknown): value is PlainObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The values of a located tree, without their places. */
export function plainValue(node: Located): Plain {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return node.items.map(plainValue);
  const object = emptyObject();
  for (const [key, entry] of node.entries) object[key] = plainValue(entry.value);
  return object;
}
