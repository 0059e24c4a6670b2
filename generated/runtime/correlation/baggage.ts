// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** Baggage by name. */
export type Baggage = Readonly<Record<string, string>>;

export const noBaggage: Baggage = Object.freeze(Object.create(null) as Record<string, string>);

/** What is read of a header: W3C Baggage has processors take so much, and what is longer is none of ours. */
const maxRead = 8192;
/** What is written. */
const maxKeys = 8;
const maxWritten = 1024;
/** Longer values are no fields of a request but contents. */
const maxValue = 256;

/** A copy with the keys of the spec alone, whose values are texts of a bounded length. */
export function allowedBaggage(values: unknown, keys: readonly string[]): Baggage {
  const kept = Object.create(null) as Record<string, string>;
  if (typeof values !== 'object' || values === null) return noBaggage;
  for (const key of keys.slice(0, maxKeys)) {
    const value = own(values, key);
    if (typeof value === 'string' && value.length <= maxValue) kept[key] = wellFormed(value);
  }
  return Object.keys(kept).length === 0 ? noBaggage : Object.freeze(kept);
}

/** The baggage in a W3C header, keys of the spec alone. What cannot be read is passed over; never throws. */
export function parseBaggage(header: unknown, keys: readonly string[]): Baggage {
  if (typeof header !== 'string' || header === '' || keys.length === 0) return noBaggage;
  const found = Object.create(null) as Record<string, string>;
  for (const member of header.slice(0, maxRead).split(',')) {
    const [pair = ''] = member.split(';', 1);
    const equals = pair.indexOf('=');
    if (equals < 1) continue;
    const key = pair.slice(0, equals).trim();
    if (!keys.includes(key)) continue;
    const value = decoded(pair.slice(equals + 1).trim());
    if (value !== undefined) found[key] = value;
  }
  return allowedBaggage(found, keys);
}

/** A W3C header of at most 8 keys and 1024 bytes; what does not fit any more is left out. Empty where there is nothing. */
export function formatBaggage(baggage: unknown, keys: readonly string[]): string {
  const allowed = allowedBaggage(baggage, keys);
  let header = '';
  for (const [key, value] of Object.entries(allowed)) {
    const member = `${header === '' ? '' : ','}${key}=${encodeURIComponent(value)}`;
    if (header.length + member.length <= maxWritten) header += member;
  }
  return header;
}

function own(values: object, key: string): unknown {
  try {
    return Object.prototype.hasOwnProperty.call(values, key)
      ? (values as Record<string, unknown>)[key]
      : undefined;
  } catch {
    return undefined;
  }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Halves of surrogate pairs cannot be encoded. */
function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd');
}
