import { diag, DiagLogLevel } from '@opentelemetry/api';
import type { ServerResponse } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import type { Mock } from 'vitest';
import { startPushing, stopAllPushing } from '../../src/runtime/export/pushgateway.js';
import type { PushingOptions } from '../../src/runtime/export/push-interval.js';
import { counter } from '../../src/runtime/index.js';
import { startServer } from './push-server.js';
import type { PushServer } from './push-server.js';

/** On a machine that is busy. */

const steps = counter({ name: 'i_steps_total', help: 'Steps.' });
let server: PushServer | undefined;

afterEach(async () => {
  vi.useRealTimers();
  diag.disable();
  await stopAllPushing();
  await server?.close();
});

/** What is said from now on. */
function warnings(): Mock {
  const warn = vi.fn();
  const nothing = (): void => undefined;
  diag.setLogger(
    { warn, error: nothing, info: nothing, debug: nothing, verbose: nothing },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  return warn;
}

function timers(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
}

// A push gets half of the interval: of one that is given up, the server may read the request after all else has ended.
test('pushes again and again, and does not keep the process alive', async () => {
  server = await startServer((response) => response.end());
  const before = timers();
  const pushing = startPushing({ url: server.url, job: 'j', everySeconds: 0.5 });
  expect(timers()).toBe(before);
  await expect.poll(() => server?.received.length).toBeGreaterThan(2);
  expect(await pushing.stop()).toMatchObject({ sent: true, status: 200 });
  const ended = server.received.length;
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(server.received).toHaveLength(ended);
});

test('gives up on a gateway that does not answer, and has time without a push under way', async () => {
  const open = new Set<ServerResponse>();
  server = await startServer((response) => {
    open.add(response);
    response.on('close', () => open.delete(response));
  });
  const warn = warnings();
  const pushing = startPushing({ url: server.url, job: 'j', everySeconds: 0.1, deadlineSeconds: 0.5 });
  await expect.poll(() => server?.received.length).toBeGreaterThan(2);
  await expect.poll(() => open.size).toBe(0);
  expect(warn.mock.calls).toEqual([['metrics were not pushed: the deadline passed']]);
  expect(await pushing.stop()).toMatchObject({ sent: false, error: 'the deadline passed' });
});

test('has no second push under way', async () => {
  let answer = (): void => undefined;
  server = await startServer((response) => {
    answer = () => response.end();
    if (server?.received.length === 2) answer();
  });
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const pushing = startPushing({ url: server.url, job: 'j', everySeconds: 60, deadlineSeconds: 20 });
  vi.advanceTimersByTime(300_000);
  await expect.poll(() => server?.received.length).toBe(1);
  vi.advanceTimersByTime(300_000);
  const stopped = pushing.stop();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(server.received).toHaveLength(1);
  answer();
  expect(await stopped).toMatchObject({ sent: true });
  expect(server.received).toHaveLength(2);
});

test('ends with the last values, once', async () => {
  server = await startServer((response) => setTimeout(() => response.end(), 20));
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const pushing = startPushing({ url: server.url, job: 'j', everySeconds: 60 });
  vi.advanceTimersByTime(60_000);
  await expect.poll(() => server?.received.length).toBeGreaterThan(0);
  steps.inc(41);
  const [report, again] = await Promise.all([pushing.stop(), pushing.stop()]);
  expect(again).toBe(report);
  expect(report.sent).toBe(true);
  expect(server.received.filter(({ body }) => /^i_steps_total 41$/m.test(body))).toHaveLength(1);
});

test('says once that pushes fail, until one succeeds', async () => {
  let status = 500;
  server = await startServer((response) => response.writeHead(status).end());
  const warn = warnings();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const pushing = startPushing({ url: server.url, job: 'j', everySeconds: 60 });
  const pushes = async (more: number): Promise<void> => {
    for (let index = 0; index < more; index += 1) {
      const before = server?.received.length ?? 0;
      // A push that is still under way takes the place of the next one.
      await expect
        .poll(() => {
          vi.advanceTimersByTime(60_000);
          return server?.received.length;
        })
        .toBeGreaterThan(before);
    }
  };
  await pushes(3);
  expect(warn.mock.calls).toEqual([['metrics were not pushed: the gateway answered 500']]);
  status = 200;
  await pushes(2);
  status = 503;
  await pushes(3);
  expect(warn).toHaveBeenCalledTimes(2);
  expect(await pushing.stop()).toMatchObject({ sent: false, status: 503 });
});

test('begins with any options, and reports at its end what was wrong with them', async () => {
  const pushing = startPushing(undefined as unknown as PushingOptions);
  expect(await pushing.stop()).toMatchObject({ sent: false });
  const never = startPushing({ url: 'http://127.0.0.1', job: '', everySeconds: NaN });
  expect(await never.stop()).toMatchObject({ sent: false, error: 'the job has no name' });
});

test('is ended, with a last push, by the end of the telemetry', async () => {
  server = await startServer((response) => response.end());
  startPushing({ url: server.url, job: 'one', everySeconds: 3600 });
  startPushing({ url: server.url, job: 'two', everySeconds: 3600 });
  expect(await stopAllPushing()).toMatchObject([{ sent: true }, { sent: true }]);
  expect(server.received.map(({ path }) => path)).toEqual(['/metrics/job/one', '/metrics/job/two']);
  expect(await stopAllPushing()).toEqual([]);
});
