import { createServer } from 'node:http';
import { once } from 'node:events';

/** Takes OTLP as JSON, as a Collector would: the names of spans, and what each resource says of its SDK. */
export async function startReceiver() {
  const spans = [];
  const versions = new Set();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      for (const { resource, scopeSpans } of JSON.parse(body).resourceSpans ?? []) {
        const version = resource.attributes.find(({ key }) => key === 'telemetry.sdk.version');
        versions.add(version?.value.stringValue);
        spans.push(...scopeSpans.flatMap((scope) => scope.spans.map(({ name }) => name)));
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    spans,
    versions,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
