import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineReader, longestLine } from '../../src/mcp/lines.js';
import { folderWith, serverOf, spec } from './folder.js';

interface Answer {
  readonly id: number | string | null;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: number; readonly message: string };
}

/** What a server answers to lines, in the order in which it does. */
async function answers(...lines: readonly (string | object)[]): Promise<readonly Answer[]> {
  const sent: string[] = [];
  const server = serverOf(folderWith({ 'observability.yaml': spec }), (line) => sent.push(line));
  for (const line of lines) server.receive(typeof line === 'string' ? line : JSON.stringify(line));
  await server.settled();
  expect(sent.every((line) => !line.includes('\n'))).toBe(true);
  return sent.map((line) => JSON.parse(line) as Answer);
}

const request = (id: number | string, method: string, params: object = {}): object => ({
  jsonrpc: '2.0',
  id,
  method,
  params,
});
const hello = request(0, 'initialize', {
  protocolVersion: '2025-06-18',
  capabilities: {},
  clientInfo: { name: 't', version: '1' },
});
const codes = (all: readonly Answer[]): unknown => all.map(({ id, error }) => [id, error?.code]);

describe('the protocol', () => {
  it.each([
    ['2025-11-25', '2025-11-25'],
    ['2025-06-18', '2025-06-18'],
    ['2025-03-26', '2025-03-26'],
    ['2024-11-05', '2024-11-05'],
    ['1999-01-01', '2025-11-25'],
  ])('agrees with a client of %s on %s', async (asked, spoken) => {
    const [answer] = await answers(request(1, 'initialize', { protocolVersion: asked }));
    expect(answer?.result?.['protocolVersion']).toBe(spoken);
  });

  it('answers nothing before it is begun, except a ping', async () => {
    const all = await answers(request(1, 'tools/list'), request(2, 'ping'), hello, request(3, 'tools/list'));
    expect(codes(all)).toEqual([
      [2, undefined],
      [1, -32600],
      [0, undefined],
      [3, undefined],
    ]);
  });

  it('refuses what it cannot read, and goes on', async () => {
    const all = await answers(
      '{"jsonrpc": ',
      '[]',
      { jsonrpc: '1.0', id: 1, method: 'ping' },
      { jsonrpc: '2.0', id: null, method: 'ping' },
      { jsonrpc: '2.0', id: 2, method: 'ping', params: [] },
      hello,
      request('text', 'no/such/method'),
      request(3, 'tools/call', { name: 'validate', arguments: [] }),
    );
    expect(codes(all)).toEqual([
      [null, -32700],
      [null, -32600],
      [null, -32600],
      [null, -32600],
      [2, -32600],
      [0, undefined],
      ['text', -32601],
      [3, -32602],
    ]);
  });

  it('takes lists of messages, as older versions have them, and answers no notification', async () => {
    const all = await answers(
      hello,
      JSON.stringify([
        { jsonrpc: '2.0', method: 'notifications/initialized' },
        request(1, 'ping'),
        request(2, 'tools/list'),
      ]),
    );
    expect(all.map(({ id }) => id)).toEqual([1, 0, 2]);
  });

  it('does not answer what was taken back before its turn', async () => {
    const cancel = (requestId: number): object => ({
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId, reason: 'enough' },
    });
    const all = await answers(
      hello,
      request(1, 'tools/call', { name: 'validate' }),
      request(2, 'tools/list'),
      cancel(1),
      cancel(99),
    );
    expect(all.map(({ id }) => id)).toEqual([0, 2]);
  });

  it('never throws, whatever the lines', async () => {
    const sent: string[] = [];
    const server = serverOf(folderWith({ 'observability.yaml': spec }), (line) => sent.push(line));
    server.receive(JSON.stringify(hello));
    const anyMessage = fc.record(
      {
        jsonrpc: fc.constantFrom('2.0', '1'),
        id: fc.oneof(fc.integer(), fc.string(), fc.constant(null)),
        method: fc.constantFrom(
          'initialize',
          'tools/list',
          'tools/call',
          'resources/read',
          'prompts/get',
          'ping',
          'notifications/cancelled',
          '__proto__',
        ),
        params: fc.oneof(
          fc.jsonValue(),
          fc.record({
            name: fc.constantFrom('explain', 'describe', '__proto__'),
            arguments: fc.jsonValue(),
            uri: fc.string(),
          }),
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.json(),
          anyMessage.map((each) => JSON.stringify(each)),
        ),
        async (line) => {
          server.receive(line);
          await server.settled();
        },
      ),
    );
    for (const line of sent) expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' });
  });
});

describe('lines', () => {
  it('come whole, however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' })),
        fc.integer({ min: 1, max: 7 }),
        (lines, size) => {
          const wanted = lines.map((line) => line.replaceAll('\n', ' ')).filter((line) => line.trim() !== '');
          const bytes = Buffer.from(wanted.join('\n'), 'utf8');
          const found: string[] = [];
          const reader = new LineReader(
            (line) => found.push(line),
            () => {
              throw new Error('too long');
            },
          );
          for (let from = 0; from < bytes.length; from += size)
            reader.write(bytes.subarray(from, from + size));
          reader.end();
          expect(found).toEqual(wanted.map((line) => Buffer.from(line, 'utf8').toString('utf8')));
        },
      ),
    );
  });

  it('that are too long are passed over, and the next one is read', () => {
    const found: string[] = [];
    let tooLong = 0;
    const reader = new LineReader(
      (line) => found.push(line),
      () => (tooLong += 1),
    );
    const chunk = Buffer.alloc(longestLine / 4, 'x');
    for (let times = 0; times < 6; times += 1) reader.write(chunk);
    reader.write(Buffer.from('\nping\n'));
    expect([found, tooLong]).toEqual([['ping'], 1]);
  });
});
