// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/**
 * State that all copies of this runtime in one process share: a service may load it twice (as ESM and CommonJS, or because two
 * packages bring generated helpers), and their metrics must still be one. The number changes when the shared shapes do.
 */
const key = Symbol.for('obs-gen.runtime.1');

function state(): Map<string, unknown> {
  const holder = globalThis as unknown as Record<symbol, Map<string, unknown> | undefined>;
  const found = holder[key];
  if (found !== undefined) return found;
  const made = new Map<string, unknown>();
  holder[key] = made;
  return made;
}

/** The one instance of what `identity` describes completely; `create` runs for the first who asks. */
export function shared<T>(identity: string, create: () => T): T {
  const all = state();
  if (all.has(identity)) return all.get(identity) as T;
  const made = create();
  all.set(identity, made);
  return made;
}
