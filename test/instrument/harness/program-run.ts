import { inspect, types } from 'node:util';

/** What a program told of itself. */
export interface Run {
  readonly notes: readonly string[];
}

type Callable = (...args: unknown[]) => unknown;

/** More than a program has to tell. */
const enough = 400;

/** Runs a program's code, calls its functions with all kinds of arguments, and keeps what they note and what comes of them. */
export async function driver(code: string, modules: ReadonlyMap<string, object>): Promise<Run> {
  const notes: string[] = [];
  const add = (text: string): void => {
    if (notes.length < enough) notes.push(text);
  };
  const note = (value: unknown): unknown => {
    add(show(value));
    return value;
  };
  const attempt = (of: () => Callable, given: unknown): unknown => {
    try {
      const result = of()(given);
      if (types.isPromise(result)) result.then(undefined, () => undefined);
      return types.isPromise(result) ? 'a promise' : isIterator(result) ? [...firstOf(result)] : result;
    } catch (error) {
      return `thrown ${show(error)}`;
    }
  };
  const pending: (() => Promise<void>)[] = [];
  const begin = (made: Callable | Record<string, Callable>): void => {
    if (typeof made === 'function') {
      add(`early: ${show(attempt(() => made, 1))}`);
      return;
    }
    for (const [name, each] of Object.entries(made)) {
      add(`${name} is ${each.name} of ${each.length}`);
      for (const args of [[], [1], [{ a: { b: 2 } }, 'x'], [null, 3, 4]])
        pending.push(() => observed(name, each, args, add));
    }
  };
  const require = (specifier: string): unknown => {
    const found = modules.get(specifier);
    if (found === undefined) throw new Error(`no module ${specifier}`);
    return found;
  };
  try {
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is a program that the tests made
    const program = new Function(
      'require',
      'exports',
      'module',
      'note',
      'attempt',
      'begin',
      'kindOf',
      'describe',
      code,
    ) as Callable;
    program.call({}, require, {}, { exports: {} }, note, attempt, begin, kindOf, show);
  } catch (error) {
    add(`the program threw ${show(error)}`);
  }
  // One after the other: how many ticks a promise takes is no part of the promise.
  for (const each of pending) {
    await each();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { notes };
}

async function observed(
  name: string,
  work: Callable,
  args: readonly unknown[],
  add: (text: string) => void,
): Promise<void> {
  try {
    const result = work(...args);
    if (isIterator(result)) {
      add(`${name} gives ${JSON.stringify(firstOf(result))}`);
      return;
    }
    if (isAsyncIterator(result)) {
      await result.next();
      add(`${name} ends with ${show(await result.return?.('enough'))}`);
      return;
    }
    if (!types.isPromise(result)) {
      add(`${name} returned ${show(result)}`);
      return;
    }
    add(`${name} returned a promise`);
    add(`${name} resolved ${show(await result)}`);
  } catch (error) {
    add(`${name} failed with ${show(error)}`);
  }
}

/** The first results of a generator, driven by all three of its methods. */
function firstOf(iterator: Iterator<unknown>): string[] {
  const seen: string[] = [];
  const step = (work: () => IteratorResult<unknown> | undefined): void => {
    try {
      seen.push(show(work()));
    } catch (error) {
      seen.push(`thrown ${show(error)}`);
    }
  };
  step(() => iterator.next('one'));
  step(() => iterator.next('two'));
  step(() => iterator.throw?.(new Error('thrown in')));
  step(() => iterator.return?.('returned'));
  step(() => iterator.next());
  return seen;
}

function isIterator(value: unknown): value is Iterator<unknown> {
  return Object.prototype.toString.call(value) === '[object Generator]';
}

function isAsyncIterator(value: unknown): value is AsyncIterator<unknown> {
  return Object.prototype.toString.call(value) === '[object AsyncGenerator]';
}

function kindOf(value: unknown): string {
  return value === undefined || value === null ? String(value) : value.constructor.name;
}

function show(value: unknown): string {
  if (typeof value === 'function') return `function ${value.name}`;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  return inspect(value, { depth: 4, breakLength: Infinity });
}
