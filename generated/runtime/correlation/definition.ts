// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { hostRule, targetOf } from './hosts.js';
import type { HostRule } from './hosts.js';

/** What the spec says of correlation. */
export interface CorrelationDefinition<K extends string = string> {
  /** Header that carries the id onwards and back. */
  readonly header: string;
  /** Headers that the id is taken from, in this order. */
  readonly accept: readonly string[];
  /** Hosts that get the id and baggage; `*.` before a name admits its subdomains, `:8080` behind it one port alone. */
  readonly propagateTo: readonly string[];
  /** Names of the baggage that is read and handed on; every other is passed over. */
  readonly baggage: readonly K[];
}

/** The same, made ready. */
export interface Definition {
  readonly header: string;
  readonly accept: readonly string[];
  readonly baggage: readonly string[];
  readonly allows: HostRule;
}

export function ready({ header, accept, propagateTo, baggage }: CorrelationDefinition): Definition {
  return {
    header: header.toLowerCase(),
    accept: accept.map((name) => name.toLowerCase()),
    baggage,
    allows: hostRule(propagateTo),
  };
}

/** Whether a URL leads to a host that may learn the id and the baggage. */
export function allowsUrl(definition: Definition, url: unknown): boolean {
  const target = targetOf(url);
  return target !== undefined && definition.allows(target);
}
