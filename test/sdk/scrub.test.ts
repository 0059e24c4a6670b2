import { SpanStatusCode, trace } from '@opentelemetry/api';
import { afterEach, expect, test, vi } from 'vitest';
import { startHttpReceiver } from './receiver.js';
import type { Receiver } from './receiver.js';
import { keepRecentSpans } from '../../src/runtime/sdk/recent-spans.js';
import { isolated, service, spans } from './service.js';
import { memoryProcessor } from '../support/memory-tracing.js';

isolated();
let receiver: Receiver | undefined;
afterEach(async () => {
  await receiver?.stop();
});

const secrets = [
  'sk-proj-abcdefghijklmnopqrstuvwxyz012345',
  'AKIAIOSFODNN7EXAMPLE',
  'ghp_abcdefghijklmnopqrstuvwxyz0123456789',
  'hunter2-the-password',
  'tick-123456',
];

/** A span as another instrumentation makes it, with a secret in each of its parts. */
function foreignSpan(): void {
  const [key = '', cloud = '', token = '', password = '', ticket = ''] = secrets;
  const span = trace.getTracer('@example/instrumentation-http', '1.0').startSpan(`GET /?api_key=${key}`, {
    links: [
      {
        context: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 },
        attributes: { note: cloud },
      },
    ],
  });
  span.setAttributes({
    'url.full': `https://user:${password}@example.com/?token=${token}`,
    'http.request.header.authorization': [`Bearer ${token}`],
    password,
    'gen_ai.input.messages': `please use ${password}`,
    'gen_ai.prompt.0.content': 'a private prompt',
    'gen_ai.usage.input_tokens': 12,
    'session.id': 'session-1',
    list: ['fine', cloud],
    ticket,
  });
  span.addEvent('gen_ai.content.prompt', { 'gen_ai.prompt': 'a private prompt', detail: key });
  span.recordException(new Error(`failed with ${token}`));
  span.setStatus({ code: SpanStatusCode.ERROR, message: `refused ${cloud}` });
  span.end();
}

async function exported(): Promise<Receiver> {
  receiver = await startHttpReceiver();
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', receiver.url);
  const telemetry = service({ redaction: { keys: [], patterns: ['tick-[0-9]{6,12}'] } });
  await telemetry.start();
  foreignSpan();
  await telemetry.shutdown();
  return receiver;
}

test('spans of other instrumentations leave the process without secrets and without contents', async () => {
  const { bodies, spans } = await exported();
  const bytes = Buffer.concat(bodies).toString('latin1');
  for (const secret of secrets) expect(bytes).not.toContain(secret);
  expect(bytes).not.toContain('a private prompt');
  const [span] = spans;
  expect(span).toMatchObject({ scope: '@example/instrumentation-http', status: 2 });
  expect(span?.attributes).toMatchObject({
    password: '[redacted]',
    'gen_ai.usage.input_tokens': 12,
    'session.id': 'session-1',
    list: ['fine', '[redacted]'],
    ticket: '[redacted]',
  });
  expect(span?.attributes).not.toHaveProperty('gen_ai.input.messages');
});

test('contents go out where the operator opts in, still without secrets', async () => {
  vi.stubEnv('OBSGEN_CAPTURE_CONTENT', 'true');
  const { bodies, spans } = await exported();
  expect(spans[0]?.attributes['gen_ai.prompt.0.content']).toBe('a private prompt');
  expect(Buffer.concat(bodies).toString('latin1')).not.toContain(secrets[0]);
});

test('what the resource says of the process holds no arguments and no secrets', async () => {
  vi.stubEnv('OTEL_RESOURCE_ATTRIBUTES', `team=agents,api.key=${secrets[0] ?? ''}`);
  const { spans } = await exported();
  expect(spans[0]?.resource).toMatchObject({ team: 'agents', 'api.key': '[redacted]' });
  expect(spans[0]?.resource).not.toHaveProperty('process.command_args');
  expect(spans[0]?.resource).toHaveProperty('process.pid');
});

test("the program's own spans stay as they are", async () => {
  const memory = memoryProcessor();
  receiver = await startHttpReceiver();
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', receiver.url);
  const telemetry = service({
    components: [{ name: 'watcher', tracing: () => ({ spanProcessors: [memory] }) }],
  });
  await telemetry.start();
  foreignSpan();
  await telemetry.shutdown();
  expect(memory.ended[0]?.attributes['password']).toBe(secrets[3]);
  expect(receiver.spans[0]?.attributes['password']).toBe('[redacted]');
});

test('what a program puts onto a span of the helpers by itself loses its secrets too, and the rest of it stays as it is', async () => {
  receiver = await startHttpReceiver();
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', receiver.url);
  const telemetry = service({ redaction: { keys: [], patterns: ['tick-[0-9]{6,12}'] } });
  await telemetry.start();
  const [key = '', cloud = '', token = '', , ticket = ''] = secrets;
  spans.run({}, ({ otel }) => {
    otel.setAttributes({ 'auth.method': 'passkey', note: `key ${key}`, list: [cloud] });
    otel.addEvent('retried', { header: `Bearer ${token}`, ticket });
  });
  spans.run({}, ({ otel }) => otel.setAttribute('note', 'nothing to hide'));
  await telemetry.shutdown();
  const text = JSON.stringify(receiver.spans);
  for (const secret of secrets) expect(text).not.toContain(secret);
  expect(text).toContain('nothing to hide');
});

test('the last spans in memory show none of it either', async () => {
  keepRecentSpans();
  const telemetry = service({ redaction: { keys: [], patterns: ['tick-[0-9]{6,12}'] } });
  await telemetry.start({ sdk: { spanProcessors: [] } });
  const [key = '', cloud = '', , , ticket = ''] = secrets;
  spans.run({}, ({ otel }) =>
    otel.setAttributes({ note: `key ${key}`, list: [cloud], ticket, kept: 'as it is' }),
  );
  const shown = JSON.stringify(telemetry.recentSpans());
  await telemetry.shutdown();
  keepRecentSpans(0);
  for (const secret of [key, cloud, ticket]) expect(shown).not.toContain(secret);
  expect(shown).toContain('as it is');
});
