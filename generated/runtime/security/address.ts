// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/**
 * An address of the internet as numbers: one word of 32 bits for IPv4, four for IPv6. An IPv4 address in the clothes of IPv6
 * (::ffff:192.0.2.1) is the IPv4 address that it stands for.
 */
export type AddressWords = readonly number[];

/** Addresses from the first to the last, both included. */
export interface AddressRange {
  readonly first: AddressWords;
  readonly last: AddressWords;
}

const octet = /^(?:0|[1-9][0-9]{0,2})$/;
const group = /^[0-9a-f]{1,4}$/i;

/** Reads an address; undefined where it is none. A zone (`fe80::1%eth0`) is passed over. Octets with leading zeros are refused, because some read them as octal. */
export function parseAddress(text: string): AddressWords | undefined {
  if (text.length > 64) return undefined;
  const words = text.includes(':') ? parseIPv6(text.replace(/%[\w.-]+$/, '')) : parseIPv4(text);
  return words === undefined ? undefined : unmapped(words);
}

/** The one text of an address: dotted decimal, or the form of RFC 5952; undefined where it is none. */
export function normaliseAddress(text: string): string | undefined {
  const words = parseAddress(text.trim());
  return words === undefined ? undefined : addressText(words);
}

/** Reads an address or a CIDR block. Bits behind the prefix are ignored, as routers do. */
export function parseBlock(text: string): AddressRange | undefined {
  const [address = '', prefix, ...rest] = text.split('/');
  if (rest.length > 0) return undefined;
  const words = address.includes(':') ? parseIPv6(address) : parseIPv4(address);
  if (words === undefined) return undefined;
  if (prefix === undefined) return { first: unmapped(words), last: unmapped(words) };
  const bits = octet.test(prefix) ? Number(prefix) : Infinity;
  if (bits > words.length * 32) return undefined;
  const first = words.map((word, index) => (word & mask(bits - 32 * index)) >>> 0);
  const last = words.map((word, index) => (word | ~mask(bits - 32 * index)) >>> 0);
  // A block within the mapped addresses is a block of IPv4; a wider one means IPv6 alone.
  return bits >= 96 ? { first: unmapped(first), last: unmapped(last) } : { first, last };
}

/** -1, 0 or 1 as the one address stands before, at or behind the other of the same kind. */
export function compareAddresses(left: AddressWords, right: AddressWords): number {
  for (let index = 0; index < left.length; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

function mask(bits: number): number {
  if (bits <= 0) return 0;
  return bits >= 32 ? 0xffffffff : ~(0xffffffff >>> bits);
}

function unmapped(words: AddressWords): AddressWords {
  const [a, b, c, d] = words;
  return words.length === 4 && a === 0 && b === 0 && c === 0xffff && d !== undefined ? [d] : words;
}

function parseIPv4(text: string): AddressWords | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => octet.test(part) && Number(part) < 256)) return undefined;
  return [parts.reduce((word, part) => word * 256 + Number(part), 0)];
}

function parseIPv6(text: string): AddressWords | undefined {
  const sides = text.split('::');
  if (sides.length > 2) return undefined;
  const [head, tail] = sides.map((side, index) => groupsOf(side, index === sides.length - 1));
  if (head === undefined || (sides.length === 2 && tail === undefined)) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...(tail ?? [])];
  return [0, 2, 4, 6].map((index) => (groups[index] ?? 0) * 0x10000 + (groups[index + 1] ?? 0));
}

/** The groups of one side of `::`; the last may be an IPv4 address. */
function groupsOf(side: string, isLast: boolean): number[] | undefined {
  if (side === '') return [];
  const groups: number[] = [];
  const parts = side.split(':');
  for (const [index, part] of parts.entries()) {
    const [word] = isLast && index === parts.length - 1 && part.includes('.') ? (parseIPv4(part) ?? []) : [];
    if (word !== undefined) groups.push(word >>> 16, word & 0xffff);
    else if (group.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

function addressText(words: AddressWords): string {
  const [only = 0] = words;
  if (words.length === 1) return [24, 16, 8, 0].map((shift) => (only >>> shift) & 0xff).join('.');
  const groups = words.flatMap((word) => [word >>> 16, word & 0xffff]);
  const { start, length } = longestZeros(groups);
  const text = (part: readonly number[]): string => part.map((each) => each.toString(16)).join(':');
  return length < 2 ? text(groups) : `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`;
}

/** The first of the longest runs of zeros. */
function longestZeros(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  let length = 0;
  for (const [index, each] of groups.entries()) {
    length = each === 0 ? length + 1 : 0;
    if (length > best.length) best = { start: index - length + 1, length };
  }
  return best;
}
