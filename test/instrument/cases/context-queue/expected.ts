import { keepContext, spans, traceFunction } from './generated/instrument.js';

interface Job<T> {
  readonly name: string;
  readonly data: T;
}

class Queue<T> {
  readonly #handlers: ((job: Job<T>) => Promise<void>)[] = [];
  process(handler: (job: Job<T>) => Promise<void>): void;
  process(concurrency: number, handler: (job: Job<T>) => Promise<void>): void;
  process(first: number | ((job: Job<T>) => Promise<void>), second?: (job: Job<T>) => Promise<void>): void {
    const handler = typeof first === 'number' ? second : first;
    if (handler !== undefined) this.#handlers.push(handler);
  }
  async add(name: string, data: T): Promise<void> {
    for (const handler of this.#handlers) await handler({ name, data });
  }
}

class Worker<T = unknown> {
  static readonly all: ((job: Job<unknown>) => unknown)[] = [];
  constructor(
    readonly queue: string,
    handler: (job: Job<T>) => unknown,
    readonly options: { readonly concurrency?: number } = {},
  ) {
    Worker.all.push(handler as (job: Job<unknown>) => unknown);
  }
}

export const queue = new Queue<{ to: string }>();
export const sent: string[] = [];

async function work(job: Job<{ to: string }>): Promise<void> {
  sent.push(job.data.to);
}
(work as unknown) = traceFunction(spans.caseWork, 'work', work);

export function start(): void {
  queue.process(keepContext(async (job) => {
    await work(job);
  }));
  queue.process(2, keepContext(work));
  new Worker<{ to: string }>('mail', keepContext(async (job) => work(job)), { concurrency: 2 });
  new Worker('mail', keepContext(function (job: Job<{ to: string }>) {
    return work(job);
  }));
}
(start as unknown) = traceFunction(spans.caseCall, 'start', start);

export async function run(to: string): Promise<string[]> {
  await queue.add('send', { to });
  for (const handler of Worker.all) await handler({ name: 'send', data: { to } });
  return sent;
}
