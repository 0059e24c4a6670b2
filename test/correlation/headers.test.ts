import { createTraceState } from '@opentelemetry/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedBaggage, formatBaggage, parseBaggage } from '../../src/runtime/correlation/baggage.js';
import { hostRule, targetOf } from '../../src/runtime/correlation/hosts.js';
import { acceptedId, newId } from '../../src/runtime/correlation/id.js';
import { formatTraceContext, parseTraceContext } from '../../src/runtime/correlation/trace-context.js';

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string());
const hex = (length: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.constantFrom(...Array.from('0123456789abcdef')),
    minLength: length,
    maxLength: length,
  });
const keys = ['tenant_tier', 'region', 'constructor', '__x'];

describe('the id', () => {
  it.each([
    'req-1',
    'b7e0c1d2-0000-4000-8000-000000000000',
    'Root=1-67891233-abcdef012345678912345678',
    'a/b+c==',
  ])('takes %s', (id) => {
    expect(acceptedId(id)).toBe(id);
  });

  it.each([
    '',
    'a b',
    'a,b',
    'a\r\nset-cookie: x',
    'é',
    '<script>',
    'a'.repeat(129),
    'a;b',
    '%0d',
    12,
    null,
    ['a'],
  ])('refuses %j', (id) => {
    expect(acceptedId(id)).toBeUndefined();
  });

  it('is 128 random bits where there is none', () => {
    const ids = new Set(Array.from({ length: 200 }, newId));
    expect(ids.size).toBe(200);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  });

  it('that is taken never breaks a header or a line', () => {
    fc.assert(
      fc.property(text, (value) => {
        const id = acceptedId(value);
        if (id !== undefined) new Headers().set('x', id);
        expect(id === undefined || /^[\x21-\x7e]{1,128}$/.test(id)).toBe(true);
      }),
    );
  });
});

describe('the trace context', () => {
  it('reads what it writes', () => {
    fc.assert(
      fc.property(hex(32), hex(16), fc.constantFrom(0, 1), (traceId, spanId, traceFlags) => {
        const span = { traceId, spanId, traceFlags, traceState: createTraceState('a=1,b=2') };
        const { traceparent, tracestate } = formatTraceContext(span);
        const read = parseTraceContext(traceparent, tracestate);
        if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) {
          expect(read).toBeUndefined();
          return;
        }
        expect(read).toMatchObject({ traceId, spanId, traceFlags, isRemote: true });
        expect(read?.traceState?.serialize()).toBe('a=1,b=2');
      }),
    );
  });

  const valid = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  it.each([
    `ff-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    `00-${'0'.repeat(32)}-${'b'.repeat(16)}-01`,
    `00-${'a'.repeat(32)}-${'0'.repeat(16)}-01`,
    `00-${'A'.repeat(32)}-${'b'.repeat(16)}-01`,
    `${valid}-more`,
    `${valid},${valid}`,
    `${valid}\r\nx: y`,
    valid.slice(0, -1),
    '',
    [valid],
    undefined,
  ])('refuses %j', (traceparent) => {
    expect(parseTraceContext(traceparent)).toBeUndefined();
  });

  it('takes a later version, with what follows it', () => {
    expect(parseTraceContext(`cc-${'a'.repeat(32)}-${'b'.repeat(16)}-01-what-is-new`)).toMatchObject({
      traceFlags: 1,
    });
  });

  it('throws at nothing', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), text, (traceparent, tracestate, state) => {
        parseTraceContext(traceparent, tracestate);
        parseTraceContext(valid, tracestate);
        expect(parseTraceContext(valid, state)).toMatchObject({ traceId: 'a'.repeat(32) });
      }),
    );
  });
});

describe('baggage', () => {
  it('reads any text that it writes, keys of the spec alone', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.oneof(fc.constantFrom(...keys), text),
          text.filter((each) => each.length <= 20),
        ),
        (values) => {
          const allowed = allowedBaggage(values, keys);
          const header = formatBaggage(values, keys);
          expect({ ...parseBaggage(header, keys) }).toEqual({ ...allowed });
          for (const key of Object.keys(allowed)) expect(keys).toContain(key);
          expect(header).toMatch(/^[\x21-\x7e]{0,1024}$/);
          if (header !== '') new Headers().set('baggage', header);
        },
      ),
    );
  });

  it('throws at no text, and finds only texts', () => {
    fc.assert(
      fc.property(text, fc.anything(), (header, anything) => {
        for (const value of Object.values(parseBaggage(header, keys))) expect(typeof value).toBe('string');
        parseBaggage(anything, keys);
        formatBaggage(anything, keys);
      }),
    );
  });

  it('reads properties, blanks and percent signs as the recommendation has them', () => {
    const header =
      ' tenant_tier = gold%20plus ;p=1;q , region=eu%2Dwest,stranger=1,region=%E0%A4%A,=x,region';
    expect({ ...parseBaggage(header, keys) }).toEqual({ tenant_tier: 'gold plus', region: 'eu-west' });
  });

  it('is bounded: 8 keys, 256 units a value, 1024 bytes in all', () => {
    const many = Array.from({ length: 12 }, (_, index) => `k${index}`);
    const values = Object.fromEntries(many.map((key) => [key, 'v']));
    expect(Object.keys(allowedBaggage(values, many))).toHaveLength(8);
    expect(allowedBaggage({ region: 'x'.repeat(257) }, keys)).toEqual({});
    const wide = formatBaggage(Object.fromEntries(many.map((key) => [key, 'é'.repeat(60)])), many);
    expect(wide.length).toBeLessThanOrEqual(1024);
    expect(wide.split(',')).toHaveLength(2);
    expect(parseBaggage(`${'x'.repeat(9000)},region=eu`, keys)).toEqual({});
  });

  it('takes nothing from prototypes', () => {
    expect(Object.keys(allowedBaggage({}, ['constructor', 'toString']))).toEqual([]);
    expect({ ...parseBaggage('constructor=a,__proto__=b', ['constructor', '__proto__']) }.constructor).toBe(
      'a',
    );
    expect(({} as Record<string, unknown>)['b']).toBeUndefined();
  });
});

describe('hosts', () => {
  const allows = hostRule(['*.svc.example.com', 'billing.example.com:8443', 'localhost', '[::1]:80']);
  const asks = (url: string): boolean => {
    const target = targetOf(url);
    return target !== undefined && allows(target);
  };

  it.each([
    'http://a.svc.example.com',
    'https://a.b.svc.example.com:9999/x',
    'http://A.SVC.EXAMPLE.COM.',
    'wss://a.svc.example.com/socket',
    'https://billing.example.com:8443/',
    'http://localhost:3000',
    'http://[::1]/',
    'http://user:secret@localhost/',
  ])('allows %s', (url) => {
    expect(asks(url)).toBe(true);
  });

  it.each([
    'http://svc.example.com',
    'http://.svc.example.com',
    'http://evilsvc.example.com',
    'http://a.svc.example.com.evil.com',
    'http://evil.com/?a.svc.example.com',
    'http://a.svc.example.com@evil.com/',
    'http://evil.com#.svc.example.com',
    'https://billing.example.com/',
    'http://billing.example.com:84431/',
    'http://localhost.evil.com',
    'http://127.0.0.1',
    'not a url',
    'data:text/plain,localhost',
  ])('refuses %s', (url) => {
    expect(asks(url)).toBe(false);
  });

  it('matches a name exactly where it ends in the domain', () => {
    const label = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    fc.assert(
      fc.property(
        fc.array(label, { minLength: 1, maxLength: 4 }),
        fc.option(fc.constantFrom('svc.example.com', 'example.com', 'svc.example.org')),
        (labels, domain) => {
          const name = [...labels, ...(domain === null ? [] : [domain])].join('.');
          expect(allows({ host: name, port: 80 })).toBe(domain === 'svc.example.com' || name === 'localhost');
        },
      ),
    );
  });

  it('throws at nothing', () => {
    fc.assert(
      fc.property(fc.anything(), text, fc.option(fc.integer()), (url, pattern, port) => {
        targetOf(url);
        hostRule([pattern])({ host: pattern, port: port ?? undefined });
        // A pattern that can be read admits what it names.
        const target = targetOf(`http://${pattern}`);
        if (target !== undefined && /^[a-z0-9.-]+$/.test(pattern))
          expect(hostRule([pattern])(target)).toBe(
            target.host === pattern || target.host === pattern.slice(0, -1),
          );
      }),
    );
  });
});
