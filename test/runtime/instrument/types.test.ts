import { expectTypeOf, test } from 'vitest';
import {
  traceCall,
  traceFunction,
  traceMember,
  traceMethod,
  tracePrivate,
} from '../../../src/runtime/instrument/index.js';
import { generated } from './helpers.js';

const { spans, metrics, logs } = generated;

type Handler = (request: { readonly id: number }, done: (text: string) => void) => Promise<void>;

test('types of functions stay: generic ones, overloads, predicates, this and what the context says', () => {
  const generic = traceFunction(spans.x, 'generic', <T>(value: T): T => value);
  expectTypeOf(generic('a' as const)).toEqualTypeOf<'a'>();

  function pick(value: string): string;
  function pick(value: number): number;
  function pick(value: string | number): string | number {
    return value;
  }
  expectTypeOf(traceFunction(spans.x, { text: 'args.0' }, 'pick', pick)).toEqualTypeOf<typeof pick>();

  const isText = traceFunction(
    spans.x,
    'isText',
    (value: unknown): value is string => typeof value === 'string',
  );
  const value = 'a' as string | number;
  if (isText(value)) expectTypeOf(value).toEqualTypeOf<string>();

  const handler: Handler = traceFunction(spans.x, { size: 'args.0.id' }, 'handler', async (request, done) => {
    expectTypeOf(request.id).toEqualTypeOf<number>();
    done('text');
    await Promise.resolve();
  });
  expectTypeOf(handler).toEqualTypeOf<Handler>();

  const bound = traceFunction(spans.x, 'bound', function (this: { readonly at: number }): number {
    return this.at;
  });
  expectTypeOf(bound).thisParameter.toEqualTypeOf<{ readonly at: number }>();

  const text = traceFunction(spans.x, 'text', () => 'text');
  expectTypeOf(text()).toEqualTypeOf<string>();

  class Given {
    readonly at: number;
    constructor(at: number) {
      this.at = at;
    }
  }
  expectTypeOf(new (tracePrivate(spans.x, 'Given', Given))(1).at).toEqualTypeOf<number>();
});

test('types of bodies and members stay', () => {
  expectTypeOf(traceCall(spans.x, () => 1)).toEqualTypeOf<number>();
  expectTypeOf(traceCall(spans.x, {}, async () => Promise.resolve('a'))).toEqualTypeOf<Promise<string>>();
  expectTypeOf(traceCall(spans.x, { text: 'args.0' }, { args: [] }, () => true)).toEqualTypeOf<boolean>();
  const client = { create: <T>(of: T): T[] => [of] };
  expectTypeOf(traceMember(spans.x, { text: 'args.0' }, client, 'create')({ a: 1 })).toEqualTypeOf<
    { a: number }[]
  >();
});

test('names and paths are checked', () => {
  const fn = (): number => 1;
  // @ts-expect-error -- the span has no such attribute
  traceFunction(spans.x, { other: 'args.0' }, 'fn', fn);
  // @ts-expect-error -- no path begins so
  traceFunction(spans.x, { text: 'arguments.0' }, 'fn', fn);
  // @ts-expect-error -- the span has no attributes
  traceMethod(spans.y, { size: 'args.0' }, {}, 'run');
  traceFunction({ count: [metrics.plainTotal], log: [logs.tick] }, 'fn', fn);
  traceFunction({ count: [metrics.callsTotal, { kind: 'args.0' }] }, 'fn', fn);
  traceFunction(
    { span: spans.x, time: [metrics.callSeconds, { kind: 'this.a' }] },
    { text: 'args.0' },
    'fn',
    fn,
  );
  traceFunction({ log: [logs.callEnded, { kind: 'args.0' }] }, 'fn', fn);
  // @ts-expect-error -- the label is needed
  traceFunction({ count: [metrics.callsTotal] }, 'fn', fn);
  // @ts-expect-error -- it has another label
  traceFunction({ count: [metrics.callsTotal, { other: 'args.0' }] }, 'fn', fn);
  // @ts-expect-error -- the event has no such field
  traceFunction({ log: [logs.callEnded, { other: 'args.0' }] }, 'fn', fn);
});
