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

/** JSON text of strings, numbers and `{`; U+2028 and the like stay as they are, JSON allows them. */
function print(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const isArray = Array.isArray(value);
  const items = isArray
    ? (value as unknown[]).map((item) => print(item, inner))
    : entriesOf(value).map(([key, item]) => `${JSON.stringify(key)}: ${print(item, inner)}`);
  const [open, close] = isArray ? ['[', ']'] : ['{', '}'];
  if (items.length === 0) return open + close;
  return `${open}\n${items.map((item) => inner + item).join(',\n')}\n${indent}${close}`;
}

/**
 * JSON with two spaces, LF and a line end at its end; keys in the order given. Maps are written as objects, so that names of users (such
 * as `__proto__`) need never be keys of an object.
 * @throws where a number is not finite or a string holds a lone surrogate: a bug of ours
 */
export function printJson(value: unknown): string {
  assertPrintable(value);
  return `${print(value, '')}\n`;
}
