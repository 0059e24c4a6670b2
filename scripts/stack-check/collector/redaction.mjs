/* global fetch */
/** Whether what the spec calls secret, and what looks like it, leaves the Collector. */
import { collectorPorts, startCollector, until } from './program.mjs';
import { attribute, jsonOverlay, openSink } from './sink.mjs';
import { configText, modelOf, specWith } from './specs.mjs';
import { newTraceId, sendSpans, span } from './traces.mjs';

/** Made up, each in the shape that its issuer gives it; put together here so that no scanner takes this file for a leak. */
const secrets = {
  token: ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4'].join('_'),
  anthropic: ['sk', 'ant', 'api03-0123456789abcdefghij'].join('-'),
  jwt: ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0In0', 'dBjftJeZ4CVPmB92K27uhbUJU1p1r_wW1g'].join('.'),
  password: 'hunter2hunter2',
  customer: 'cust-12345678',
  mail: 'jane.doe@example.com',
  card: '4111 card of the order',
  address: '12 Some Street',
  note: 'leave it at the door',
  prompt: 'what the user asked',
};

function spans(traceId) {
  const root = span(traceId, {
    name: `GET /orders?token=${secrets.password}`,
    error: true,
    message: `login with ${secrets.token} was refused`,
    attributes: {
      'db.statement': `connect password=${secrets.password}`,
      'http.request.header.authorization': `Custom ${secrets.password}`,
      userPassword: secrets.password,
      customer_number: secrets.customer,
      answer: `it is ${secrets.anthropic} and ${secrets.jwt}`,
      list: ['plain', secrets.token],
      contact: `ask ${secrets.mail} for ${secrets.customer}`,
      'gen_ai.usage.input_tokens': 1234,
      'auth.status': 'denied',
      harmless: 'a plain value',
    },
    events: [{ name: 'exception', attributes: { 'exception.message': `bad key ${secrets.anthropic}` } }],
  });
  const order = span(traceId, {
    name: 'shop.order',
    parent: root,
    attributes: {
      card: secrets.card,
      address: secrets.address,
      note: secrets.note,
      'gen_ai.prompt.0.content': secrets.prompt,
      channel: 'app',
    },
  });
  return [root, order];
}

async function run({ path, folder, name, env }) {
  const ports = await collectorPorts();
  const sink = await openSink();
  const model = await modelOf(specWith('{}'));
  const config = await configText('collector', model, 'native', { ports, traces: sink.traces });
  const overlays = jsonOverlay('otlp_http/traces');
  const collector = await startCollector({ path, folder, name, config, ports, overlays, env });
  try {
    await sendSpans(ports.http, spans(newTraceId()));
    await until(() => sink.state.spans.length >= 2, 20_000, 'the spans have come');
    const text = sink.state.texts.join('\n');
    const leaked = Object.keys(secrets).filter((key) => text.includes(secrets[key]));
    return {
      leaked,
      spans: sink.state.spans,
      page: await (await fetch(`http://127.0.0.1:${ports.own}/metrics`)).text(),
    };
  } finally {
    await collector.stop();
    await sink.close();
  }
}

const contents = ['address', 'note', 'prompt'];

export async function checkRedaction({ path, folder }) {
  const shut = await run({ path, folder, name: 'redaction', env: {} });
  const open = await run({ path, folder, name: 'content', env: { OBSGEN_CAPTURE_CONTENT: 'true' } });
  const root = shut.spans.find(({ name }) => name.startsWith('GET'));
  const untouched =
    attribute(root, 'harmless') === 'a plain value' &&
    attribute(root, 'auth.status') === 'denied' &&
    Number(attribute(root, 'gen_ai.usage.input_tokens')) === 1234;
  const isOwnPage = shut.page.includes('otelcol_receiver_accepted_spans');
  const onlyContents = [...open.leaked].sort().join() === [...contents].sort().join();
  return {
    how: 'executed: a span with secrets in its name, status, attributes, lists and events',
    ok: shut.leaked.length === 0 && untouched && onlyContents && isOwnPage,
    result:
      `leaked: ${shut.leaked.join(', ') || 'none'} of ${Object.keys(secrets).length}; harmless values ${untouched ? 'untouched' : 'CHANGED'}; ` +
      `with OBSGEN_CAPTURE_CONTENT: ${open.leaked.join(', ')} pass, secrets do not`,
  };
}
