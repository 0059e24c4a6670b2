import { EventEmitter } from 'node:events';

interface Row {
  readonly id: string;
  readonly size: number;
}

const rows: readonly Row[] = [
  { id: 'a', size: 1 },
  { id: 'b', size: 2 },
];

/** As queues have it: types of its own that are inferred from the handler, or `any`. */
class Worker<T = any, R = any> {
  static readonly all: ((job: { readonly data: unknown }) => unknown)[] = [];
  readonly results: R[] = [];
  constructor(
    readonly name: string,
    handler?: string | null | ((job: { readonly data: T; readonly name: string }) => Promise<R>),
  ) {
    if (typeof handler === 'function') Worker.all.push(handler as (job: { readonly data: unknown }) => unknown);
  }
}

class Limited {
  async add<T>(work: (options: { readonly slot: number }) => Promise<T>): Promise<T> {
    return work({ slot: 1 });
  }
  async $transaction<P extends Promise<unknown>[]>(all: [...P]): Promise<P>;
  async $transaction<R>(work: (rows: readonly Row[]) => Promise<R>): Promise<R>;
  async $transaction(work: unknown): Promise<unknown> {
    return typeof work === 'function' ? (work as (given: readonly Row[]) => unknown)(rows) : work;
  }
}

async function retry<T>(work: (turn: number) => Promise<T>): Promise<T> {
  return work(1);
}

function choose<const T>(make: () => T): T {
  return make();
}

function combine<T, U>(value: T, first: (value: T) => U, second: (made: U) => void): U {
  const made = first(value);
  second(made);
  return made;
}

export const ids = rows.map((row) => row.id);
export const parts = rows.flatMap((row) => [row.id, row.size]);
export const total = rows.reduce((sum, row) => sum + row.size, 0);
export const annotated = rows.reduce((sum: number, row: Row) => sum + row.size, 0);
export const sizes = rows.reduce((all, row) => all.set(row.id, row.size), new Map<string, number>());
export const byId = new Map(rows.map((row: Row) => [row.id, row]));
export const some = rows.filter((row): row is Row & { readonly id: 'a' } => row.id === 'a');
export const indexes = Array.from({ length: 3 }, (_, index) => index);
export const chosen = choose(() => ({ kind: 'a', of: [1, 'b'] }));
export const chosenMade = choose(() => rows.length);

export async function run(): Promise<unknown[]> {
  const seen: unknown[] = [];
  const limited = new Limited();
  const events = new EventEmitter<{ row: [row: Row] }>();
  new Worker('mail', async (job) => {
    seen.push(job.data, job.name.length);
  });
  new Worker<Row, number>('typed', async (job) => job.data.size);
  rows.forEach((row) => {
    seen.push(row.id.length);
  });
  events.on('row', (row) => {
    seen.push(row.size);
  });
  events.emit('row', { id: 'c', size: 3 });
  combine(
    1,
    (value) => String(value),
    (made) => seen.push(made.length),
  );
  setTimeout((first, second) => seen.push(first + second.length), 0, 1, 'two');
  const turns = await retry(async (turn) => turn);
  const slot = await limited.add(async ({ slot }) => [slot]);
  const first = await limited.$transaction(async (given) => given[0]?.id);
  const later = await Promise.resolve(rows).then((all) => all.length);
  for (const handler of Worker.all) seen.push(await handler({ data: { id: 'd', size: 4 }, name: 'x' } as never));
  return [ids, parts, total, annotated, [...sizes], [...byId], some, indexes, chosen, chosenMade, seen, turns, slot, first, later];
}
