/** A store of the check: takes OTLP/HTTP as JSON, at /traces/v1/traces and /logs/v1/logs, and keeps what came. */
import { Buffer } from 'node:buffer';
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** Lets the Collector send what the sink can read; the rest of the generated exporters stays. */
export const jsonOverlay = (...exporters) => exporters.map((name) => `exporters::${name}::encoding: json`);

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}

function spansOf(document) {
  return (document.resourceSpans ?? []).flatMap(({ resource, scopeSpans }) =>
    (scopeSpans ?? []).flatMap(({ spans }) => (spans ?? []).map((span) => ({ ...span, resource }))),
  );
}

function recordsOf(document) {
  return (document.resourceLogs ?? []).flatMap(({ resource, scopeLogs }) =>
    (scopeLogs ?? []).flatMap(({ logRecords }) =>
      (logRecords ?? []).map((record) => ({ ...record, resource })),
    ),
  );
}

/** Opens a sink on a port of loopback; 0: any. */
export async function openSink(port = 0) {
  const state = { spans: [], records: [], texts: [], headers: [], largest: 0 };
  const server = createServer((request, response) => {
    bodyOf(request)
      .then((body) => {
        const text = body.toString('utf8');
        const document = JSON.parse(text);
        state.headers.push(request.headers);
        state.texts.push(text);
        state.largest = Math.max(state.largest, body.length);
        if (request.url.startsWith('/traces')) state.spans.push(...spansOf(document));
        else state.records.push(...recordsOf(document));
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      })
      .catch((error) => {
        response.writeHead(400).end(String(error));
      });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const open = server.address().port;
  return {
    ...state,
    state,
    port: open,
    traces: `http://127.0.0.1:${open}/traces`,
    logs: `http://127.0.0.1:${open}/logs`,
    /** Trace ids that came. */
    traceIds: () => new Set(state.spans.map(({ traceId }) => traceId)),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An attribute of a span, a record or a resource. */
export function attribute({ attributes }, key) {
  const value = (attributes ?? []).find((each) => each.key === key)?.value;
  return value === undefined ? undefined : Object.values(value)[0];
}
