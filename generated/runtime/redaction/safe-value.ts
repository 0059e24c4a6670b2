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

/** A text that can leave the process: bounded, well-formed, without secrets. */
export function safeText(text: string, redactor: Redactor): string {
  // Twice the bound is read, so that a secret across the cut is still seen whole.
  const clean = redactor.text(text.slice(0, 2 * maxText)).replace(/\p{Cs}/gu, '\ufffd');
  return clean.length <= maxText && text.length <= 2 * maxText ? clean : `${clean.slice(0, maxText)}…`;
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

  constructor(redactor: Redactor) {
    this.redactor = redactor;
  }

  of(value: unknown, depth: number): SafeValue {
    this.nodes += 1;
    if (this.nodes > maxNodes) return '…';
    switch (typeof value) {
      case 'string':
        return safeText(value, this.redactor);
      case 'number':
        return Number.isFinite(value) ? value : String(value);
      case 'boolean':
        return value;
      case 'bigint':
        return String(value);
      case 'object':
        return value === null ? null : this.ofObject(value, depth);
      case 'undefined':
        return null;
      default:
        return `[${typeof value}]`;
    }
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
    if (value instanceof Set || value instanceof Map) return this.ofList(Array.from(value), depth);
    if (value instanceof Error) return safeText(`${value.name}: ${value.message}`, this.redactor);
    if ('toJSON' in value && typeof value.toJSON === 'function') {
      return this.of((value as { toJSON: () => unknown }).toJSON(), depth + 1);
    }
    const copy = Object.create(null) as { [key: string]: SafeValue };
    for (const key of Object.keys(value).slice(0, maxEntries)) {
      const part = (value as Record<string, unknown>)[key];
      if (part === undefined) continue;
      copy[safeText(key, this.redactor)] = this.redactor.hides(key, part)
        ? redacted
        : this.of(part, depth + 1);
    }
    return copy;
  }

  private ofList(values: readonly unknown[], depth: number): SafeValue[] {
    const copy = values.slice(0, maxEntries).map((value) => this.of(value, depth + 1));
    return values.length > maxEntries ? [...copy, '…'] : copy;
  }
}
