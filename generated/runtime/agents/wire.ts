// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** Readers of data that came over a wire: nothing about its shape is certain. */
export type Fields = Readonly<Record<string, unknown>>;

/** An object's fields; undefined for anything else. */
export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
}

/** A field of an object, if it is an object itself. */
export function field(value: unknown, name: string): Fields | undefined {
  return fieldsOf(fieldsOf(value)?.[name]);
}

/** A field of an object, if it is a text. */
export function text(value: unknown, name: string): string | undefined {
  const found = fieldsOf(value)?.[name];
  return typeof found === 'string' ? found : undefined;
}

/** A field of an object, if it is a list. */
export function list(value: unknown, name: string): readonly unknown[] {
  const found = fieldsOf(value)?.[name];
  return Array.isArray(found) ? found : [];
}
