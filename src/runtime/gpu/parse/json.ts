import { hasOwn } from '../../own-property.js';

/** A value of JSON, or nothing where it is none. What stands before it, such as a warning, is passed over. */
export function readJson(text: string): unknown {
  const start = /^\s*[[{]/m.exec(text);
  if (start === null) return undefined;
  try {
    return JSON.parse(text.slice(start.index));
  } catch {
    return undefined;
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** What stands under these names, one within the other. */
export function memberOf(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const name of path) found = isObject(found) && hasOwn(found, name) ? found[name] : undefined;
  return found;
}
