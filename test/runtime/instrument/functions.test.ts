/* eslint-disable @typescript-eslint/unbound-method -- functions are taken from where they stand */
import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { useTracing } from '../../agents/tracing.js';
import {
  traceAccessor,
  traceFunction,
  traceMethod,
  tracePrivate,
} from '../../../src/runtime/instrument/index.js';
import { currentNotes } from '../../../src/runtime/notes.js';
import { generated } from './helpers.js';

const { spans } = generated;
const tracing = useTracing();

describe('a traced function', () => {
  test('keeps this, arguments, results and what is thrown, and has a span', () => {
    const seen: unknown[] = [];
    function work(this: unknown, ...args: unknown[]): unknown {
      seen.push(this, args);
      if (args[0] === 'bad') throw new RangeError('bad');
      return args.length;
    }
    const traced = traceFunction(spans.x, { text: 'args.0', size: 'result' }, 'work', work);
    const self = {};
    expect(traced.call(self, 'a', undefined)).toBe(2);
    expect(traced()).toBe(0);
    expect(() => traced('bad')).toThrow(RangeError);
    expect(seen).toEqual([self, ['a', undefined], undefined, [], undefined, ['bad']]);
    expect(seen[0]).toBe(self);
    expect(tracing.named('x').map(({ attributes, status }) => [attributes, status.code])).toEqual([
      [{ text: 'a', size: 2 }, SpanStatusCode.UNSET],
      [{ size: 0 }, SpanStatusCode.UNSET],
      [{ text: 'bad', 'error.type': 'RangeError' }, SpanStatusCode.ERROR],
    ]);
  });

  test('runs in the context of its span, and lets go of it', () => {
    const inner = traceFunction(spans.y, 'inner', () => trace.getActiveSpan()?.spanContext().spanId);
    const outer = traceFunction(spans.x, 'outer', () => [
      trace.getActiveSpan()?.spanContext().spanId,
      inner(),
    ]);
    const before = context.active();
    const ids = outer();
    expect(context.active()).toBe(before);
    expect(ids).toEqual([
      tracing.named('x')[0]?.spanContext().spanId,
      tracing.named('y')[0]?.spanContext().spanId,
    ]);
    expect(tracing.named('y')[0]?.parentSpanContext?.spanId).toBe(ids[0]);
  });

  test('gives a sloppy function the global object, and a strict one nothing', () => {
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the only way to a sloppy function
    const sloppy = new Function('return this') as () => unknown;
    expect(traceFunction(spans.x, 'sloppy', sloppy)()).toBe(globalThis);
    const strict = function (this: unknown): unknown {
      return this;
    };
    expect(traceFunction(spans.x, 'strict', strict)()).toBeUndefined();
  });

  test('keeps its name, length, kind, properties and whether it can be made', () => {
    const plain = Object.assign(
      function plain(a: unknown, b: unknown): unknown {
        return [a, b];
      },
      { help: 'text' },
    );
    const later = async (a: unknown): Promise<unknown> => Promise.resolve(a);
    function* values(): Generator<number> {
      yield 1;
    }
    const traced = {
      plain: traceFunction(spans.x, 'plain', plain),
      later: traceFunction(spans.x, 'later', later),
      values: traceFunction(spans.x, 'values', values),
      method: traceFunction(
        spans.x,
        'method',
        {
          method() {
            return 1;
          },
        }.method,
      ),
    };
    expect(Object.values(traced).map(({ name, length }) => [name, length])).toEqual([
      ['plain', 2],
      ['later', 1],
      ['values', 0],
      ['method', 0],
    ]);
    expect(traced.plain.help).toBe('text');
    expect(Object.prototype.toString.call(traced.later)).toBe('[object AsyncFunction]');
    expect(Object.prototype.toString.call(traced.values)).toBe('[object GeneratorFunction]');
    expect(Object.hasOwn(traced.later, 'prototype')).toBe(false);
    expect(Object.hasOwn(traced.method, 'prototype')).toBe(false);
    expect(traced.values() instanceof (traced.values as never)).toBe(true);
    expect(() => Reflect.construct(traced.later as never, [])).toThrow(TypeError);
    expect(() => Reflect.construct(traced.method as never, [])).toThrow(TypeError);
  });

  test('can be used with new, by classes below it too', () => {
    interface Thing {
      readonly size: number;
      readonly target: unknown;
    }
    function Base(this: { size: number; target: unknown }, size: number): void {
      this.size = size;
      this.target = new.target;
    }
    const Traced = traceFunction(spans.x, { size: 'args.0' }, 'Base', Base) as unknown as new (
      size: number,
    ) => Thing;
    const made = new Traced(3);
    expect([made.size, made instanceof Traced, made.target === Traced]).toEqual([3, true, true]);
    expect(made.constructor).toBe(Traced);
    class Below extends Traced {
      readonly more = true;
    }
    const below = new Below(4);
    expect([below.size, below.more, below instanceof Below, below.target === Below]).toEqual([
      4,
      true,
      true,
      true,
    ]);
    const Class = traceFunction(
      spans.x,
      'Class',
      class Given {
        static readonly kind = 'k';
        readonly at = 1;
      },
    );
    expect([new Class().at, Class.kind]).toEqual([1, 'k']);
    expect(() => {
      (Class as unknown as () => void)();
    }).toThrow(/without 'new'/);
    expect(tracing.named('x').filter(({ attributes }) => attributes['size'] !== undefined)).toHaveLength(2);
  });

  test('is made once for a function and a place', () => {
    const fn = (): number => 1;
    expect(traceFunction(spans.x, 'fn', fn)).toBe(traceFunction(spans.x, 'fn', fn));
    expect(tracePrivate(spans.x, { text: 'args.0' }, 'fn', fn)).toBe(
      tracePrivate(spans.x, { text: 'args.0' }, 'fn', fn),
    );
    expect(tracePrivate(spans.x, { text: 'args.0' }, 'fn', fn)).not.toBe(
      tracePrivate(spans.y, { text: 'args.0' }, 'fn', fn),
    );
  });
});

describe('promises', () => {
  test('of an asynchronous function are followed', async () => {
    const work = traceFunction(spans.x, { size: 'result.size' }, 'work', async (size: number) => {
      await Promise.resolve();
      if (size === 0) throw new RangeError('none');
      return { size };
    });
    const under = work(2);
    expect(tracing.ended).toEqual([]);
    expect(await under).toEqual({ size: 2 });
    await expect(work(0)).rejects.toThrow(RangeError);
    expect(tracing.named('x').map(({ attributes }) => attributes)).toEqual([
      { size: 2 },
      { 'error.type': 'RangeError' },
    ]);
  });

  test('of a plain function are returned themselves, and observed', async () => {
    const shared = Object.assign(Promise.resolve({ size: 5 }), { member: true });
    const failing = Promise.reject(new RangeError('no'));
    const work = traceFunction(
      spans.x,
      { size: 'result.size' },
      'work',
      (promise: Promise<unknown>) => promise,
    );
    expect(work(shared)).toBe(shared);
    expect(work(failing)).toBe(failing);
    await expect(failing).rejects.toThrow('no');
    await shared;
    expect(tracing.named('x').map(({ attributes }) => attributes)).toEqual([
      { size: 5 },
      { 'error.type': 'RangeError' },
    ]);
  });

  test('that are none are left alone: nothing of them is called', () => {
    let calls = 0;
    const lazy = {
      then: () => {
        calls += 1;
      },
    };
    class Own extends Promise<number> {}
    const own: unknown = Own.resolve(1);
    const work = traceFunction(spans.x, 'work', (value: unknown) => value);
    expect(work(lazy)).toBe(lazy);
    expect(work(own)).toBe(own);
    expect(work(Object.create(Promise.prototype))).toBeInstanceOf(Promise);
    expect(calls).toBe(0);
    expect(tracing.named('x')).toHaveLength(3);
  });
});

describe('methods and accessors', () => {
  class Agent {
    static {
      traceMethod(spans.x, { text: 'this.name', size: 'args.0' }, this.prototype, 'run');
      traceMethod(spans.y, this, 'make');
      traceAccessor(spans.y, { text: 'result' }, this.prototype, 'get', 'title');
      traceAccessor(spans.x, { text: 'args.0' }, this.prototype, 'set', 'title');
      traceMethod(spans.x, this.prototype, 'missing');
    }
    readonly name = 'n';
    private kept = 't';
    static make(): Agent {
      return new this();
    }
    get title(): string {
      return this.kept;
    }
    set title(value: string) {
      this.kept = value;
    }
    run(size: number): string {
      return `${this.name}${size}`;
    }
  }

  test('are recorded in their place', () => {
    const agent = Agent.make();
    expect(agent.run(2)).toBe('n2');
    agent.title = 'new';
    expect(agent.title).toBe('new');
    expect(tracing.ended.map(({ name, attributes }) => [name, attributes])).toEqual([
      ['y', {}],
      ['x', { text: 'n', size: 2 }],
      ['x', { text: 'new' }],
      ['y', { text: 'new' }],
    ]);
    expect(Object.getOwnPropertyDescriptor(Agent.prototype, 'run')).toMatchObject({
      ...{ enumerable: false, configurable: true, writable: true },
    });
    const { get, set } = Object.getOwnPropertyDescriptor(Agent.prototype, 'title') ?? {};
    expect([get?.name, set?.name, set?.length]).toEqual(['get title', 'set title', 1]);
    expect(Object.keys(Agent.prototype)).toEqual([]);
  });

  test('that are not there or cannot be replaced are noted', () => {
    const frozen = Object.freeze({ run: () => 1 });
    traceMethod(spans.x, frozen, 'run');
    expect(frozen.run()).toBe(1);
    expect(currentNotes().filter((note) => note.includes('is not recorded'))).toEqual([
      'method missing is not recorded: it is not there, or cannot be replaced',
      'method run is not recorded: it is not there, or cannot be replaced',
    ]);
  });
});

test('a context manager that fails does not keep the work from being done', () => {
  const holder = (globalThis as unknown as Record<symbol, { context: unknown }>)[
    Symbol.for('opentelemetry.js.api.1')
  ] as { context: unknown };
  const { context: manager } = holder;
  const work = traceFunction(spans.x, 'work', (text: string) => {
    if (text === 'bad') throw new RangeError(text);
    return text;
  });
  holder.context = {
    active: () => context.active,
    with: () => {
      throw new Error('of the manager');
    },
  };
  try {
    holder.context = { ...(holder.context as object), active: () => (manager as typeof context).active() };
    expect(work('done')).toBe('done');
    expect(() => work('bad')).toThrow(RangeError);
  } finally {
    holder.context = manager;
  }
  expect(tracing.named('x').map(({ status }) => status.code)).toEqual([
    SpanStatusCode.UNSET,
    SpanStatusCode.ERROR,
  ]);
});
