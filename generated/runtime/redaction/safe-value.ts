// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { redacted } from './redactor.js';
import type { Redactor } from './redactor.js';

/** Data that JSON can hold. */
export type SafeValue = string | number | boolean | null | SafeValue[] | { [key: string]: SafeValue };

const maxText = 16_384;
const maxDepth = 6;
const maxEntries = 100;
const maxNodes = 2000;
/** Characters of all texts of one value together. */
const maxTotal = 131_072;

/** As many characters are read, so that a secret across the cut is still seen whole. */
const window = 2 * maxText;
/** No rule needs more of a secret than this to recognise it: what was read ends at most so much behind the last one that is shown. */
const margin = 2048;

/** Half of a surrogate pair. */
const loneSurrogate = /\p{Cs}/gu;

/** A text that can leave the process: bounded, well-formed, without secrets. */
export function safeText(text: string, redactor: Redactor): string {
  if (redactor.isPlain(text)) return text;
  const isWhole = text.length <= window;
  const clean = redactor.text(isWhole ? text : text.slice(0, window)).replace(loneSurrogate, '\ufffd');
  if (isWhole && clean.length <= maxText) return clean;
  // Hiding may have brought the end of what was read close, and that end may be the beginning of a secret.
  const end = Math.min(maxText, isWhole ? maxText : clean.length - margin);
  return `${clean.slice(0, Math.max(0, end)).replace(/[\ud800-\udbff]$/, '')}…`;
}

/**
 * A copy of any value as data that can leave the process: bounded in depth and size, without cycles, with secrets hidden. Never
 * throws, whatever getters, proxies and toJSON methods do.
 */
export function safeValue(value: unknown, redactor: Redactor): SafeValue {
  return new Copy(redactor).of(value, 0);
}

class Copy {
  private readonly redactor: Redactor;
  private readonly ancestors = new Set<object>();
  private nodes = 0;
  private left = maxTotal;

  constructor(redactor: Redactor) {
    this.redactor = redactor;
  }

  of(value: unknown, depth: number): SafeValue {
    this.nodes += 1;
    if (this.nodes > maxNodes) return '…';
    switch (typeof value) {
      case 'string':
        return this.ofText(value);
      case 'number':
        return Number.isFinite(value) ? value : String(value);
      case 'boolean':
        return value;
      case 'bigint':
        return bigText(value);
      case 'object':
        return value === null ? null : this.ofObject(value, depth);
      case 'undefined':
        return null;
      default:
        return `[${typeof value}]`;
    }
  }

  private ofText(text: string): string {
    if (this.left <= 0) return '…';
    const safe = safeText(text, this.redactor);
    this.left -= safe.length;
    return safe;
  }

  private ofObject(value: object, depth: number): SafeValue {
    if (depth >= maxDepth) return '…';
    if (this.ancestors.has(value)) return '[circular]';
    this.ancestors.add(value);
    try {
      return this.ofParts(value, depth);
    } catch {
      return '[unreadable]';
    } finally {
      this.ancestors.delete(value);
    }
  }

  private ofParts(value: object, depth: number): SafeValue {
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (Array.isArray(value)) return this.ofList(value, depth);
    if (value instanceof Set) return this.ofList(firstOf(value), depth);
    if (value instanceof Map)
      return this.ofList(
        firstOf(value).map((entry) => this.ofEntry(entry)),
        depth,
      );
    if (value instanceof Error) return this.ofText(`${value.name}: ${value.message}`);
    if ('toJSON' in value && typeof value.toJSON === 'function') {
      return this.of((value as { toJSON: () => unknown }).toJSON(), depth + 1);
    }
    const copy = Object.create(null) as { [key: string]: SafeValue };
    for (const key of Object.keys(value).slice(0, maxEntries)) {
      const part = partOf(value, key);
      if (part === undefined) continue;
      copy[this.ofText(key)] = this.redactor.hides(key, part) ? redacted : this.of(part, depth + 1);
    }
    return copy;
  }

  /** An entry of a map is judged by its key, as a member of an object is. */
  private ofEntry(entry: unknown): unknown {
    const [key, part] = entry as readonly [unknown, unknown];
    return [key, typeof key === 'string' && this.redactor.hides(key, part) ? redacted : part];
  }

  private ofList(values: readonly unknown[], depth: number): SafeValue[] {
    const copy = values.slice(0, maxEntries).map((value) => this.of(value, depth + 1));
    return values.length > maxEntries ? [...copy, '…'] : copy;
  }
}

/** One more than is shown, so that it is seen that there are more. */
function firstOf(values: Iterable<unknown>): unknown[] {
  const first: unknown[] = [];
  for (const value of values) {
    first.push(value);
    if (first.length > maxEntries) break;
  }
  return first;
}

/** What cannot be read is no reason to give up the rest. */
function partOf(value: object, key: string): unknown {
  try {
    return (value as Record<string, unknown>)[key];
  } catch {
    return '[unreadable]';
  }
}

/** Turning a huge number into text takes time that grows with the square of its length. */
function bigText(value: bigint): string {
  return BigInt.asIntN(256, value) === value ? String(value) : '[bigint]';
}
