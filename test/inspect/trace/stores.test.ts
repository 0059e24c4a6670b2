import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { readTraces } from '../../../src/cli/trace/read.js';
import type { TraceArguments } from '../../../src/cli/trace/options.js';
import { UsageError } from '../../../src/cli/usage-error.js';
import { otlpOf, type GivenSpan } from './support.js';

const spans: readonly GivenSpan[] = [{ id: 'a', from: 0, to: 10 }];
const { resourceSpans } = otlpOf(spans) as { resourceSpans: readonly object[] };
let server: Server | undefined;
let asked: IncomingMessage[] = [];

/** A store that answers paths, each with a status and a text. */
async function store(answers: Readonly<Record<string, readonly [number, string]>>): Promise<string> {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request);
    const [status, body] = answers[(request.url ?? '').split('?', 1)[0] ?? ''] ?? [404, 'not found'];
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  await new Promise<unknown>((resolve) => {
    if (server === undefined) resolve(undefined);
    else server.close(resolve);
  });
  server = undefined;
});

const names = async (args: Partial<TraceArguments>): Promise<readonly string[]> => {
  const intake = await readTraces(
    { since: '1h', rows: 40, format: 'pretty', ...args } as TraceArguments,
    () => undefined,
  );
  return intake.spans.map(({ name }) => name);
};

describe('Tempo', () => {
  it('is asked for a trace by its id, in the newer form and then in the older', async () => {
    const tempo = await store({ '/api/traces/0abc': [200, JSON.stringify({ batches: resourceSpans })] });
    expect(await names({ tempo, id: ['0abc'], tenant: 'team' })).toEqual(['a']);
    expect(asked.map(({ url }) => url)).toEqual(['/api/v2/traces/0abc', '/api/traces/0abc']);
    expect(asked.map(({ headers }) => headers['x-scope-orgid'])).toEqual(['team', 'team']);
  });

  it('is searched with TraceQL, and each trace that it finds is fetched', async () => {
    const trace = [200, JSON.stringify({ trace: { resourceSpans } })] as const;
    const tempo = await store({
      '/api/search': [200, JSON.stringify({ traces: [{ traceID: '1' }, { traceID: '2' }] })],
      ...{ '/api/v2/traces/1': trace, '/api/v2/traces/2': trace },
    });
    expect(await names({ tempo, query: '{ duration > 5s }', limit: 7 })).toEqual(['a', 'a']);
    const query = new URL(asked[0]?.url ?? '', tempo).searchParams;
    expect([query.get('q'), query.get('limit')]).toEqual(['{ duration > 5s }', '7']);
    expect(Number(query.get('end')) - Number(query.get('start'))).toBe(3600);
  });

  it('is searched for a service, whose name cannot leave its quotes', async () => {
    const tempo = await store({ '/api/search': [200, '{"traces": []}'] });
    await expect(names({ tempo, service: 'a" || true || "' })).rejects.toThrow(`${tempo} finds no trace`);
    expect(new URL(asked[0]?.url ?? '', tempo).searchParams.get('q')).toBe(
      '{ resource.service.name = "a\\" || true || \\"" }',
    );
  });
});

describe('Jaeger', () => {
  const trace = {
    traceID: '1',
    processes: { p: { serviceName: 's' } },
    spans: [
      { spanID: '2', operationName: 'found', processID: 'p', startTime: 1_760_000_000_000_000, duration: 5 },
    ],
  };

  it('is asked for the traces of a service', async () => {
    const jaeger = await store({ '/api/traces': [200, JSON.stringify({ data: [trace] })] });
    expect(await names({ jaeger, service: 's', since: '2h' })).toEqual(['found']);
    const query = new URL(asked[0]?.url ?? '', jaeger).searchParams;
    expect([query.get('service'), query.get('limit')]).toEqual(['s', '20']);
    expect(Number(query.get('end')) - Number(query.get('start'))).toBe(7200e6);
  });

  it('streams a large trace in several documents, one on each line', async () => {
    const part = JSON.stringify({ result: { resourceSpans } });
    const jaeger = await store({ '/api/v3/traces/1': [200, `${part}\n${part}\n`] });
    expect(await names({ jaeger, id: ['1'] })).toEqual(['a', 'a']);
  });
});

describe('a store that does not answer as it should', () => {
  it.each([
    [
      { '/api/v2/traces/1': [401, 'who are you?'] as const },
      'Tempo answers /api/v2/traces/1 with 401: who are you?',
      'name the credentials: --token-file, or --cert and --key',
    ],
    [
      { '/api/v2/traces/1': [200, '<html>'] as const },
      'Tempo answers /api/v2/traces/1 with what is no JSON: <html>',
      'look whether the address is that of another program, or of a proxy',
    ],
    [{}, 'has no trace 1', 'look whether it was sampled, and whether it is older than what the store keeps'],
  ])('is an error with a way out: %j', async (answers, message, help) => {
    const tempo = await store(answers);
    const error: unknown = await names({ tempo, id: ['1'] }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).message).toContain(message);
    expect((error as UsageError).help).toEqual([help]);
  });

  it('is told without the password in its address', async () => {
    const address = new URL(await store({}));
    address.username = 'me';
    address.password = 'secret-word';
    const error = await names({ tempo: address.href, id: ['1'] }).catch((thrown: unknown) => String(thrown));
    expect(error).not.toContain('secret-word');
    expect(asked[0]?.headers.authorization).toBe(`Basic ${Buffer.from('me:secret-word').toString('base64')}`);
  });
});
