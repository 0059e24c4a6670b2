// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { globals } from './globals.js';

/** Letters, digits and the punctuation of UUIDs, ULIDs, base64 and trace ids of the clouds: nothing that a header or a log line could be broken with. */
const accepted = /^[A-Za-z0-9._:/+=@~-]{1,128}$/;

/** An id that came from outside, where it is one that can be handed on; undefined for everything else. */
export function acceptedId(value: unknown): string | undefined {
  return typeof value === 'string' && accepted.test(value) ? value : undefined;
}

/** A new id: 128 random bits in hexadecimal, like a trace id. */
export function newId(): string {
  const bytes = new Uint8Array(16);
  if (globals.crypto === undefined) for (const index of bytes.keys()) bytes[index] = Math.random() * 256;
  else globals.crypto.getRandomValues(bytes);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
