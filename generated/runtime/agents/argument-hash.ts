// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** Bounds of what is looked at: two calls that differ beyond them count as the same. */
const mostNodes = 2000;
const mostCharacters = 4096;
const deepest = 8;

/**
 * A short text that is the same for the same arguments, whatever the order of their keys. Getters are not invoked, cycles end at the
 * depth that is looked at.
 */
export function argumentHash(value: unknown): string {
  const hash = new Hash();
  add(hash, value, 0);
  return hash.text();
}

class Hash {
  nodes = 0;
  // FNV-1a with two offsets: 64 bits are plenty for the calls of one run.
  private low = 0x811c9dc5;
  private high = 0x01234567;

  add(text: string): void {
    const length = Math.min(text.length, mostCharacters);
    for (let at = 0; at < length; at += 1) this.mix(text.charCodeAt(at));
    this.mix(text.length);
  }

  text(): string {
    return (this.low >>> 0).toString(36) + (this.high >>> 0).toString(36);
  }

  private mix(code: number): void {
    this.low = Math.imul(this.low ^ code, 0x01000193);
    this.high = Math.imul(this.high ^ code ^ (this.low >>> 15), 0x01000193);
  }
}

function add(hash: Hash, value: unknown, depth: number): void {
  hash.nodes += 1;
  if (hash.nodes > mostNodes) return;
  if (typeof value !== 'object' || value === null) {
    hash.add(
      `${typeof value} ${typeof value === 'symbol' || typeof value === 'function' ? '' : String(value)}`,
    );
    return;
  }
  if (depth >= deepest) {
    hash.add('deep');
    return;
  }
  const isList = Array.isArray(value);
  hash.add(isList ? '[' : '{');
  const descriptors = Object.entries(Object.getOwnPropertyDescriptors(value));
  if (!isList) descriptors.sort(([left], [right]) => (left < right ? -1 : 1));
  for (const [key, descriptor] of descriptors.slice(0, mostNodes)) {
    if (descriptor.enumerable !== true || !('value' in descriptor) || descriptor.value === undefined)
      continue;
    hash.add(key);
    add(hash, descriptor.value, depth + 1);
  }
  hash.add(isList ? ']' : '}');
}
