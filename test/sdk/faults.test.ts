import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { startGrpcReceiver, startHttpReceiver } from './receiver.js';
import type { Receiver } from './receiver.js';
import { isolated, lost, request, service, spans as helpers } from './service.js';
import { pace } from '../support/pace.js';

isolated();
const receivers: Receiver[] = [];
let hole: Server | undefined;
const held = new Set<Socket>();
afterEach(async () => {
  for (const receiver of receivers.splice(0)) await receiver.stop();
  for (const socket of held) socket.destroy();
  hole?.close();
});

async function silent(start: typeof startHttpReceiver): Promise<string> {
  const receiver = await start({ answers: false });
  receivers.push(receiver);
  return receiver.url;
}

/** Accepts connections, reads nothing and says nothing. */
async function blackHole(): Promise<string> {
  const server = createServer((socket) => {
    held.add(socket);
    socket.on('error', () => undefined);
    socket.pause();
  });
  hole = server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const refused = (): Promise<string> => Promise.resolve('http://127.0.0.1:9');
const faults = [
  ['refuses connections', 'http/protobuf', refused],
  ['refuses connections', 'grpc', refused],
  ['is a black hole', 'http/protobuf', blackHole],
  ['is a black hole', 'grpc', blackHole],
  ['takes requests and hangs', 'http/json', () => silent(startHttpReceiver)],
  ['takes requests and hangs', 'grpc', () => silent(startGrpcReceiver)],
] as const;

describe.each(faults)('a collector that %s, over %s', (_, protocol, where) => {
  test('is no concern of a thousand requests; what is lost is counted, and the end keeps its deadline', async () => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_PROTOCOL', protocol);
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', await where());
    // A hung export holds its batch for 30 s, three times longer than the exporter's own limit.
    vi.stubEnv('OTEL_EXPORTER_OTLP_TIMEOUT', '30000');
    const telemetry = service();
    await telemetry.start();
    let served = 0;
    for (let round = 0; round < 10; round += 1) {
      const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => request(index)));
      served += answers.filter((answer, index) => answer === index).length;
      await wait(5);
    }
    expect(served).toBe(1000);
    // Two spans a request: the queue and what is on its way are all that is held.
    expect(telemetry.stats().tracing.queues[0]?.pending).toBeLessThanOrEqual(2048 + 4 * 512);
    for (let index = 0; index < 10_000; index += 1) helpers.run({}, () => undefined);
    expect(telemetry.stats().tracing.queues[0]?.pending).toBeLessThanOrEqual(2048 + 4 * 512);
    const report = await telemetry.shutdown();
    expect(report.seconds).toBeLessThan(3 + 0.2 * pace());
    expect(report.complete).toBe(false);
    const total = Object.values(lost('spans')).reduce((sum, count) => sum + count, 0);
    expect(total).toBe(12_000);
    const { exported, lost: gone, pending } = telemetry.stats().tracing.queues[0] ?? {};
    expect([exported, gone, pending]).toEqual([0, 12_000, 0]);
    expect(report.lost.every(({ signal }) => signal === 'spans')).toBe(true);
  });
});

/** What is still held after a collection. */
function liveBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

test('memory stays within its bound while an exporter hangs', async () => {
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', await blackHole());
  const telemetry = service();
  await telemetry.start();
  for (let index = 0; index < 5000; index += 1) helpers.run({}, () => undefined);
  await wait(50);
  const before = liveBytes();
  for (let round = 0; round < 40; round += 1) {
    for (let index = 0; index < 5000; index += 1) helpers.run({}, () => undefined);
    await wait(1);
  }
  expect(liveBytes() - before).toBeLessThan(20e6);
  await telemetry.shutdown({ deadlineSeconds: 0.2 });
  expect(Object.values(lost('spans')).reduce((sum, count) => sum + count, 0)).toBe(205_000);
});
