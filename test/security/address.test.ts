import { BlockList, isIP } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AddressSet, parseAddressList } from '../../src/runtime/security/address-set.js';
import { normaliseAddress, parseAddress } from '../../src/runtime/security/address.js';
import { runs } from '../support/long.js';

const v4 = fc.ipV4();
const v6 = fc.ipV6().filter((text) => isIP(text) === 6);
/** Few different ones, so that blocks and addresses meet. */
const near4 = fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 255 })).map(([a, b]) => `10.0.${a}.${b}`);
const near6 = fc
  .tuple(fc.nat({ max: 3 }), fc.nat({ max: 65535 }))
  .map(([a, b]) => `2001:db8::${a}:${b.toString(16)}`);
const mapped = near4.map((text) => `::ffff:${text}`);
const address = fc.oneof(v4, v6, near4, near6, mapped);

test('addresses are read where Node reads them, and nothing else is', () => {
  const noise = fc.string({
    unit: fc.constantFrom('0', '1', '9', 'a', 'f', 'g', ':', '::', '.', '256', '/', ' ', '255'),
  });
  fc.assert(
    fc.property(fc.oneof(address, noise), (text) => {
      expect(parseAddress(text) !== undefined).toBe(isIP(text) !== 0);
    }),
    { numRuns: runs(20_000) },
  );
});

test('the text of an IPv6 address is the one that a URL has', () => {
  fc.assert(
    fc.property(fc.oneof(v6, near6), (text) => {
      const normal = normaliseAddress(text);
      if (normal?.includes('.') === true) return;
      expect(`[${normal ?? ''}]`).toBe(new URL(`http://[${text}]/`).hostname);
    }),
    { numRuns: runs(5000) },
  );
});

test('one address has one text', () => {
  expect(normaliseAddress('::ffff:192.0.2.1')).toBe('192.0.2.1');
  expect(normaliseAddress('::FFFF:c000:201')).toBe('192.0.2.1');
  expect(normaliseAddress(' 2001:DB8:0:0:0:0:0:1 ')).toBe('2001:db8::1');
  expect(normaliseAddress('fe80::1%eth0')).toBe('fe80::1');
  for (const text of [
    '192.0.2.01',
    '192.0.2',
    '1.2.3.4:80',
    '[::1]',
    '::1::',
    'example.com',
    '',
    '1'.repeat(500),
  ])
    expect(normaliseAddress(text), text).toBeUndefined();
});

test('an address is in a set where it is in one of the blocks', () => {
  const block = fc.oneof(
    fc.tuple(fc.oneof(v4, near4), fc.integer({ min: 0, max: 32 })),
    fc.tuple(fc.oneof(v6, near6), fc.integer({ min: 0, max: 128 })),
  );
  fc.assert(
    fc.property(fc.array(block, { maxLength: 30 }), fc.array(address, { maxLength: 20 }), (blocks, asked) => {
      const list = parseAddressList(blocks.map(([base, bits]) => `${base}/${bits} # why`).join('\n'));
      expect(list.badCount).toBe(0);
      const set = new AddressSet(list.ranges);
      for (const text of asked) {
        const naive = blocks.some(([base, bits]) => {
          const one = new BlockList();
          one.addSubnet(base, bits, isIP(base) === 4 ? 'ipv4' : 'ipv6');
          const normal = normaliseAddress(text) ?? '';
          return isIP(base) === isIP(normal) && one.check(normal, isIP(normal) === 4 ? 'ipv4' : 'ipv6');
        });
        expect(set.has(parseAddress(text) ?? []), text).toBe(naive);
      }
    }),
    { numRuns: runs(1000) },
  );
});

test('a mapped block is one of IPv4, and a wider one of IPv6 alone', () => {
  const has = (list: string, text: string): boolean =>
    new AddressSet(parseAddressList(list).ranges).has(parseAddress(text) ?? []);
  expect(has('::ffff:10.0.0.0/104', '10.1.2.3')).toBe(true);
  expect(has('::ffff:10.0.0.0/104', '11.1.2.3')).toBe(false);
  expect(has('10.0.0.0/8', '::ffff:10.1.2.3')).toBe(true);
  expect(has('::/0', '10.1.2.3')).toBe(false);
  expect(has('0.0.0.0/0', '2001:db8::1')).toBe(false);
});

test('a list keeps what can be read, and names the lines that cannot', () => {
  const text = '\ufeff# head\n192.0.2.1\r\n\n 10.0.0.0/8 ; why\nexample.com\n10.0.0.0/33\n2001:db8::/32#x\n';
  const list = parseAddressList(text);
  expect(list.ranges).toHaveLength(3);
  expect(list.badLines).toEqual([
    { line: 5, text: 'example.com' },
    { line: 6, text: '10.0.0.0/33' },
  ]);
});

test('faults are bounded', () => {
  const list = parseAddressList('x'.repeat(500).concat('\n').repeat(1000));
  expect([list.badCount, list.badLines.length, list.badLines[0]?.text.length]).toEqual([1000, 20, 80]);
});
