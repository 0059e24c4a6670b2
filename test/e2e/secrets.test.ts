import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHttpReceiver, type Receiver } from '../sdk/receiver.js';
import { plantedSecrets } from '../support/secrets.js';
import { AgentProcess, auditFolder, compileExample } from './agent-process.js';
import { RecordingModel } from './recording-model.js';

beforeAll(() => {
  compileExample('secrets');
});

const apiToken = `sk-proj-${'Tt7Uu8'.repeat(8)}`;
const modelKey = `sk-ant-${'Kk3Ll4'.repeat(8)}`;
const authorization = `Bearer ${apiToken}`;
const longest = 80;

/** Sends a task and waits for its end. */
async function send(
  address: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const response = await fetch(`${address}/tasks`, {
    method: 'POST',
    headers: { authorization, accept: 'text/event-stream', ...headers },
    body: JSON.stringify(body),
  });
  return response.text();
}

describe(`${plantedSecrets.length} secrets in tasks, arguments, errors, addresses and headers`, () => {
  const auditFile = join(auditFolder, 'secrets.jsonl');
  const places: Record<string, string> = {};
  let receiver: Receiver;
  let model: RecordingModel;
  let service: AgentProcess;

  beforeAll(async () => {
    receiver = await startHttpReceiver();
    model = await RecordingModel.start('127.0.0.1', (body) => {
      const refused = /"Refuse: (?<text>(?:[^"\\]|\\.)*)"/.exec(body)?.groups?.['text'];
      return refused === undefined ? undefined : `no model takes ${JSON.parse(`"${refused}"`) as string}`;
    });
    service = await AgentProcess.start({
      ...model.environment,
      AGENT_API_TOKEN: apiToken,
      OPENAI_API_KEY: modelKey,
      AGENT_WORKERS: '8',
      LOG_LEVEL: 'trace',
      // The operator lets contents out: what people and models write is exported, and its secrets are not.
      OBSGEN_CAPTURE_CONTENT: 'true',
      OBSGEN_AUDIT_FILE: auditFile,
      OBSGEN_LOG_OUTPUTS: 'stdout,otlp',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_LOGS_EXPORTER: 'otlp',
    });
    const { address } = service;
    for (const { secret, text } of plantedSecrets) {
      const quoted = encodeURIComponent(secret);
      await Promise.all([
        // Becomes the query of a search: the arguments of a tool.
        send(address, { task: `Find ${text.slice(0, longest)}`, model: secret }),
        send(address, { task: `Refuse: ${text}` }),
        send(address, { task: 'What time is it?', agent: secret }),
        send(
          address,
          { task: 'What time is it?' },
          {
            cookie: `sid=${secret}`,
            'x-api-key': secret,
            'user-agent': text,
            referer: `https://example.com/?q=${quoted}`,
            // What nobody could know for a secret is an id like any other.
            'x-request-id': text === secret ? secret : 'request-1',
            baggage: `note=${quoted}`,
          },
        ),
        fetch(`${address}/tasks`, { method: 'POST', headers: { authorization }, body: `no JSON: ${text}` }),
        fetch(`${address}/files/${quoted}?token=${quoted}`, { headers: { authorization } }),
        fetch(`${address}/tasks`, { headers: { authorization: `Bearer ${secret}` } }),
      ]);
    }
    await send(address, { task: `Compute: ${plantedSecrets.map(({ text }) => text).join(' ')}` });
    for (const path of ['/metrics', '/observability/metrics', '/debug/trace', '/stats', '/health/detailed']) {
      places[path] = await (await fetch(`${address}${path}`)).text();
    }
    await service.stop();
    places['the log'] = service.written();
    places['spans and log records'] = Buffer.concat(receiver.bodies).toString('latin1');
    places['the audit trail'] = readFileSync(auditFile, 'utf8');
  });

  afterAll(async () => {
    await service.stop();
    await model.stop();
    await receiver.stop();
  });

  it('were sent', () => {
    expect(plantedSecrets.length).toBeGreaterThanOrEqual(50);
    const asked = model.requests.map((request) => request.body).join('\n');
    for (const { text, kind } of plantedSecrets) {
      expect(asked, kind).toContain(JSON.stringify(`Refuse: ${text}`).slice(1, -1));
    }
  });

  it('came to every place where they could have been shown', () => {
    const names = new Set(receiver.spans.map((span) => span.name));
    expect(names).toContain('research.calculate');
    const texts = receiver.spans.flatMap((span) => Object.values(span.attributes)).map(String);
    expect(texts.filter((text) => text.startsWith('Find ')).length).toBeGreaterThan(plantedSecrets.length);
    expect(texts.filter((text) => text.startsWith('{"query"')).length).toBe(plantedSecrets.length);
    expect(texts.some((text) => text.includes('[redacted]'))).toBe(true);
    expect(service.log.filter((line) => line.event === 'error.captured').length).toBeGreaterThan(10);
    expect(service.log.filter((line) => line.event === 'auth.failed')).toHaveLength(plantedSecrets.length);
    expect(places['the audit trail']).toContain('auth.failed');
    expect(places['/metrics']).toContain('security_redactions_total{');
    expect(receiver.records.length).toBeGreaterThan(plantedSecrets.length);
  });

  it.each([
    ...plantedSecrets,
    { kind: 'token of the service', secret: apiToken },
    { kind: 'key of the model API', secret: modelKey },
  ])('do not leave the process: $kind', ({ secret }) => {
    const found = Object.entries(places).flatMap(([place, text]) => {
      const at = text.indexOf(secret);
      return at < 0 ? [] : [`${place}: …${text.slice(Math.max(0, at - 80), at + secret.length + 20)}…`];
    });
    expect(found).toEqual([]);
  });
});
