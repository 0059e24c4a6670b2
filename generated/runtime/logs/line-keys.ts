// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** Keys that the runtime writes; a field of such a name is written with `field.` before it. */
export const ownKeys: ReadonlySet<string> = new Set([
  ...['time', 'level', 'service', 'event', 'category', 'message', 'trace_id', 'span_id', 'correlation_id'],
  ...['exception.type', 'exception.message', 'exception.stacktrace'],
]);

/** A name that is not taken: the wish, or the wish with the prefix before it, as often as it needs. */
export function freeName(wish: string, prefix: 'field.' | 'baggage.', taken: ReadonlySet<string>): string {
  let name = wish;
  while (taken.has(name)) name = `${prefix}${name}`;
  return name;
}

/** The keys of an event's fields on its lines, in their order. No two are the same, and none is one of the runtime's own. */
export function fieldKeys(names: readonly string[]): readonly string[] {
  const taken = new Set(ownKeys);
  for (const name of names) if (!ownKeys.has(name)) taken.add(name);
  return names.map((name) => {
    if (!ownKeys.has(name)) return name;
    const key = freeName(name, 'field.', taken);
    taken.add(key);
    return key;
  });
}
