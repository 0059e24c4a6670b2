/** What JSON can say. `undefined` in an object leaves the key out; in an array it is a bug. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | ReadonlyMap<string, JsonValue>
  | { readonly [key: string]: JsonValue | undefined };

const loneSurrogate = /\p{Surrogate}/u;

/** A path of keys for the message of an error. */
function place(path: readonly (string | number)[]): string {
  return path.length === 0 ? 'the root' : path.map((step) => JSON.stringify(step)).join(' → ');
}

/**
 * Checks that a value survives the way into a file and out of it again; Go's readers refuse lone surrogates, and JSON has no NaN.
 * @throws naming the place: whatever comes from a spec has been refused before, so this is a bug of ours
 */
export function assertPrintable(value: unknown, path: readonly (string | number)[] = []): void {
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'string') {
    if (loneSurrogate.test(value)) throw new Error(`bug: lone surrogate in a string at ${place(path)}`);
    return;
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`bug: ${String(value)} at ${place(path)} cannot be written`);
    return;
  }
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      assertPrintable(item, [...path, index]);
    });
    return;
  }
  if (typeof value !== 'object') throw new Error(`bug: ${typeof value} at ${place(path)} cannot be written`);
  for (const [key, item] of entriesOf(value)) {
    if (loneSurrogate.test(key)) throw new Error(`bug: lone surrogate in a key at ${place(path)}`);
    assertPrintable(item, [...path, key]);
  }
}

/** The entries of a map or an object in their order, those that are undefined left out. */
export function entriesOf(value: object): readonly (readonly [string, unknown])[] {
  const entries = value instanceof Map ? [...(value as Map<string, unknown>)] : Object.entries(value);
  return entries.filter(([, item]) => item !== undefined);
}

/** Nothing that JSON could hold: what it is, `assertPrintable` says. */
class Unprintable extends Error {}

function printString(value: string): string {
  const written = JSON.stringify(value);
  // Only a lone surrogate is written as an escape that begins so, or a text that holds such an escape.
  if (written.includes('\\ud') && loneSurrogate.test(value)) throw new Unprintable();
  return written;
}

/** JSON text of strings, numbers and `{`; U+2028 and the like stay as they are, JSON allows them. */
function print(value: unknown, indent: string): string {
  if (typeof value === 'string') return printString(value);
  if (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
    return JSON.stringify(value);
  if (typeof value !== 'object') throw new Unprintable();
  const inner = `${indent}  `;
  const items: string[] = [];
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) items.push(inner + print(item, inner));
    return items.length === 0 ? '[]' : `[\n${items.join(',\n')}\n${indent}]`;
  }
  for (const [key, item] of value instanceof Map ? (value as Map<string, unknown>) : Object.entries(value)) {
    if (item !== undefined) items.push(`${inner}${printString(key)}: ${print(item, inner)}`);
  }
  return items.length === 0 ? '{}' : `{\n${items.join(',\n')}\n${indent}}`;
}

/**
 * JSON with two spaces, LF and a line end at its end; keys in the order given. Maps are written as objects, so that names of users (such
 * as `__proto__`) need never be keys of an object.
 * @throws where a number is not finite or a string holds a lone surrogate: a bug of ours
 */
export function printJson(value: unknown): string {
  try {
    return `${print(value, '')}\n`;
  } catch (error) {
    if (error instanceof Unprintable) assertPrintable(value);
    throw error;
  }
}
