import { context, createContextKey } from '@opentelemetry/api';
import fc from 'fast-check';
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { lossAccount } from '../../src/runtime/account.js';
import { ExportQueue } from '../../src/runtime/sdk/export-queue.js';
import type { Exporter } from '../../src/runtime/sdk/export-queue.js';
import { lost } from './service.js';

type Done = Parameters<Exporter<number>['export']>[1];

/** What an exporter does with a batch. */
type Behaviour =
  'takes' | 'takes later' | 'refuses' | 'refuses later' | 'throws' | 'is silent' | 'answers twice';

class OddExporter implements Exporter<number> {
  readonly taken: number[] = [];
  most = 0;
  private open = 0;
  private readonly behaviours: readonly Behaviour[];
  private turn = 0;

  constructor(behaviours: readonly Behaviour[]) {
    this.behaviours = behaviours;
  }

  export(items: number[], done: Done): void {
    this.open += 1;
    this.most = Math.max(this.most, this.open);
    const answer = (code: number): void => {
      this.open -= 1;
      if (code === 0) this.taken.push(...items);
      done({ code });
    };
    const behaviour = this.behaviours[this.turn++ % this.behaviours.length] ?? 'takes';
    if (behaviour === 'throws') {
      this.open -= 1;
      throw new Error('broken');
    }
    if (behaviour === 'takes') answer(0);
    else if (behaviour === 'refuses') answer(1);
    else if (behaviour === 'takes later') setTimeout(answer, 1, 0);
    else if (behaviour === 'refuses later') setTimeout(answer, 1, 1);
    else if (behaviour === 'answers twice') {
      answer(0);
      done({ code: 1 });
    }
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

function queueOf(
  exporter: Exporter<number>,
  limits: Partial<ConstructorParameters<typeof ExportQueue<number>>[0]['limits']> = {},
): ExportQueue<number> {
  return new ExportQueue({
    signal: 'spans',
    exporter,
    limits: { maxQueue: 20, maxBatch: 5, delaySeconds: 0.005, timeoutSeconds: 0.02, ...limits },
  });
}

beforeEach(() => {
  lossAccount.clear();
});

test('each item is exported or lost, whatever the exporter does', async () => {
  const behaviours = fc.constantFrom<Behaviour>(
    'takes',
    'takes later',
    'refuses',
    'refuses later',
    'throws',
    'is silent',
    'answers twice',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(behaviours, { minLength: 1, maxLength: 6 }),
      fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      async (all, bursts, isAbandoned) => {
        lossAccount.clear();
        const exporter = new OddExporter(all);
        const queue = queueOf(exporter);
        let ended = 0;
        for (const burst of bursts) {
          for (let index = 0; index < burst; index += 1) queue.add(ended++);
          await wait(2);
        }
        const closing = queue.close();
        if (!isAbandoned) await Promise.race([closing, wait(150)]);
        queue.abandon();
        await closing;
        queue.add(ended++);
        const reasons = Object.values(lost('spans')).reduce((sum, count) => sum + count, 0);
        expect(queue.exported + queue.lost).toBe(ended);
        expect(reasons).toBe(queue.lost);
        expect(queue.pending).toBe(0);
        expect(new Set(exporter.taken).size).toBe(exporter.taken.length);
        // What was given up may have been taken later, and is counted as lost; nothing is counted as exported that was not.
        expect(exporter.taken.length).toBeGreaterThanOrEqual(queue.exported);
        expect(exporter.most).toBeLessThanOrEqual(4);
      },
    ),
    { numRuns: 60 },
  );
});

describe('an exporter that never answers', () => {
  test('holds four batches at most, and the queue takes no more than its bound', async () => {
    const exporter = new OddExporter(['is silent']);
    const queue = queueOf(exporter);
    for (let round = 0; round < 60; round += 1) {
      for (let index = 0; index < 10; index += 1) queue.add(index);
      await wait(3);
    }
    expect(exporter.most).toBe(4);
    expect(queue.pending).toBeLessThanOrEqual(20);
    expect(lost('spans')['export_failed']).toBe(20);
    queue.abandon();
    expect(queue.lost).toBe(600);
    expect(lost('spans')).toEqual({ export_failed: 20, deadline: 20, queue_full: 560 });
  });
});

test('an item waits for others, and no longer than the delay', async () => {
  const exporter = new OddExporter(['takes']);
  const queue = queueOf(exporter, { delaySeconds: 0.01 });
  queue.add(1);
  queue.add(2);
  expect(exporter.taken).toEqual([]);
  await wait(50);
  expect(exporter.taken).toEqual([1, 2]);
});

test('a flush resolves when what was there has arrived, though more comes in', async () => {
  const exporter = new OddExporter(['takes later']);
  const queue = queueOf(exporter, { delaySeconds: 60 });
  for (let index = 0; index < 12; index += 1) queue.add(index);
  const flushed = queue.flush();
  queue.add(12);
  await flushed;
  expect(exporter.taken.slice(0, 12).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 12 }, (_, index) => index),
  );
  await queue.close();
  expect(queue.exported).toBe(13);
});

test('exports run outside of the request that filled the batch, and make no spans', async () => {
  const storage = new AsyncLocalStorage<string>();
  const seen: unknown[] = [];
  const queue = new ExportQueue<number>({
    signal: 'spans',
    exporter: {
      export(_, done) {
        const key = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');
        seen.push(storage.getStore(), context.active().getValue(key));
        done({ code: 0 });
      },
      shutdown: () => Promise.resolve(),
    },
    limits: { maxQueue: 20, maxBatch: 5, delaySeconds: 60, timeoutSeconds: 1 },
  });
  const { AsyncLocalStorageContextManager } = await import('@opentelemetry/context-async-hooks');
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  storage.run('a request', () => {
    for (let index = 0; index < 5; index += 1) queue.add(index);
  });
  await queue.flush();
  expect(seen).toEqual([undefined, true]);
  context.disable();
});
