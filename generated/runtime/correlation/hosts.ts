// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { parseAddress } from './globals.js';
import type { WebAddress } from './globals.js';

/** Whether a host may learn the id and the baggage. */
export type HostRule = (target: HostTarget) => boolean;

/** Where a request goes to. */
export interface HostTarget {
  readonly host: string;
  /** undefined: not known. */
  readonly port: number | undefined;
}

interface Pattern {
  readonly name: string;
  readonly withSubdomains: boolean;
  readonly port: number | undefined;
}

/** Makes the rule of patterns: `api.example.com`, `*.example.com` for the subdomains, either with a port. */
export function hostRule(patterns: readonly string[]): HostRule {
  const known = patterns.flatMap(parsePattern);
  return (target) => {
    const host = plainName(target.host);
    return known.some(
      ({ name, withSubdomains, port }) =>
        (withSubdomains ? host.length > name.length + 1 && host.endsWith(`.${name}`) : host === name) &&
        (port === undefined || port === target.port),
    );
  };
}

/** Where a URL or an origin leads; undefined where it is none. Never throws. */
export function targetOf(url: unknown): HostTarget | undefined {
  let text: string;
  try {
    text = typeof url === 'string' ? url : String(url);
  } catch {
    return undefined;
  }
  const address = parseAddress(text);
  return address === undefined || address.hostname === ''
    ? undefined
    : { host: address.hostname, port: portOf(address) };
}

const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'ws:': 80, 'https:': 443, 'wss:': 443 };

function portOf({ port, protocol }: WebAddress): number | undefined {
  return port === '' ? defaultPorts[protocol] : Number(port);
}

function parsePattern(pattern: string): Pattern[] {
  const match = /^(\*\.)?([^:*]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?$/i.exec(pattern);
  if (match === null) return [];
  const [, wildcard, name = '', port] = match;
  return [
    {
      name: plainName(name),
      withSubdomains: wildcard !== undefined,
      port: port === undefined ? undefined : Number(port),
    },
  ];
}

/** Names of hosts are the same in capitals, and with the dot of the root behind them. */
function plainName(name: string): string {
  const lower = name.toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}
