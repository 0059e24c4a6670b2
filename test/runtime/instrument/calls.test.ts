/* eslint-disable @typescript-eslint/unbound-method -- functions are taken from where they stand */
import { trace } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { drain } from '../../agents/drain.js';
import { changes } from '../../agents/page.js';
import { useTracing } from '../../agents/tracing.js';
import {
  keepContext,
  traceCall,
  traceConstruction,
  traceFunction,
  traceMember,
  traced,
} from '../../../src/runtime/instrument/index.js';
import { generated } from './helpers.js';

const { spans, metrics, logs } = generated;
const tracing = useTracing();
const told = (): unknown[] => tracing.ended.map(({ name, attributes }) => [name, attributes]);

describe('a wrapped body', () => {
  test('is recorded with or without attributes and roots', async () => {
    expect(traceCall(spans.x, () => 1)).toBe(1);
    expect(traceCall(spans.x, { text: 'args.0.city' }, { args: [{ city: 'c' }] }, () => 2)).toBe(2);
    expect(traceCall({ count: [metrics.plainTotal] }, { args: [] }, () => 3)).toBe(3);
    const later = traceCall(spans.x, { size: 'result' }, {}, async () => Promise.resolve(4));
    expect(await later).toBe(4);
    expect(() =>
      traceCall(spans.y, (): number => {
        throw new RangeError('no');
      }),
    ).toThrow(RangeError);
    expect(told()).toEqual([
      ['x', {}],
      ['x', { text: 'c' }],
      ['x', { size: 4 }],
      ['y', { 'error.type': 'RangeError' }],
    ]);
  });
});

describe('a value behind =', () => {
  test('is recorded as it is, as JSON has it where it is JSON', async () => {
    const work = traceFunction(
      {
        span: spans.x,
        count: [metrics.callsTotal, { kind: '=chat' }],
        time: [metrics.callSeconds, { kind: '="3"' }],
      },
      { text: '="3"', size: '=3', flag: '=true', data: '={"a":1}' },
      'work',
      (text: string) => text,
    );
    const recorded = await changes(() => work('t'), /^call/);
    expect(recorded).toEqual({ 'call_seconds_count{kind="3"}': 1, 'calls_total{kind="chat"}': 1 });
    traceCall(spans.x, { text: '=two words, and a dot.', size: 'result' }, {}, () => 2);
    class Agent {
      run(size: number): number {
        return size;
      }
    }
    const { run } = Agent.prototype;
    const recording = { span: spans.x, count: [metrics.callsTotal, { kind: '=decorated' }] } as const;
    const decorate = traced(recording, { text: '=', size: 'args.0' });
    Agent.prototype.run = decorate(run, { kind: 'method', name: 'run' }) ?? run;
    const counted = await changes(() => new Agent().run(4), /^call/);
    expect(counted).toEqual({ 'calls_total{kind="decorated"}': 1 });
    expect(told()).toEqual([
      ['x', { text: '3', size: 3, flag: true, data: '"{\\"a\\":1}"' }],
      ['x', { text: 'two words, and a dot.', size: 2 }],
      ['x', { text: '', size: 4 }],
    ]);
  });
});

describe('a wrapped member', () => {
  const client = {
    prefix: 'p',
    create(text: string): string {
      return this.prefix + text;
    },
    nothing: undefined as unknown as () => void,
  };

  test('is called on its object', () => {
    expect(traceMember(spans.x, { text: 'args.0' }, client, 'create')('t')).toBe('pt');
    expect(traceMember(spans.y, client, 'create')('t')).toBe('pt');
    expect(told()).toEqual([
      ['x', { text: 't' }],
      ['y', {}],
    ]);
  });

  test('fails as the language does', () => {
    expect(() => traceMember(spans.x, undefined as unknown as typeof client, 'create')).toThrow(TypeError);
    expect(() => {
      traceMember(spans.x, client, 'nothing')();
    }).toThrow(/nothing is not a function/);
    expect(told()).toEqual([]);
  });

  test('of the clients of OpenAI and Anthropic lasts until the answer was read, and reads nothing itself', async () => {
    let reads = 0;
    class ApiPromise extends Promise<unknown> {
      responsePromise = Promise.resolve({ body: { usage: { total: 7 } } });
      parseResponse = async (response: { body: unknown }): Promise<unknown> => {
        reads += 1;
        return Promise.resolve(response.body);
      };
      asResponse(): Promise<unknown> {
        return this.responsePromise;
      }
      override then(...callbacks: never[]): never {
        return this.responsePromise
          .then((response) => this.parseResponse(response))
          .then(...callbacks) as never;
      }
    }
    const api = {
      create: () =>
        new ApiPromise((settle) => {
          settle(undefined);
        }),
    };
    const call = traceMember(spans.x, { size: 'result.usage.total' }, api, 'create')();
    await Promise.resolve();
    expect([reads, tracing.ended.length]).toEqual([0, 0]);
    expect(await (call as PromiseLike<unknown>)).toEqual({ usage: { total: 7 } });
    expect(reads).toBe(1);
    expect(told()).toEqual([['x', { size: 7 }]]);
  });
});

test('a constructor is recorded to its end, well or not', () => {
  class Box {
    readonly size: number;
    constructor(size: number) {
      const span = traceConstruction(
        spans.x,
        { size: 'args.0', text: 'this.label' },
        { args: [size], this: this },
      );
      try {
        if (size < 0) throw new RangeError('less');
        this.size = size;
      } catch (error) {
        throw span.failed(error);
      } finally {
        span.end();
      }
    }
    get label(): string {
      return 'box';
    }
  }
  expect(new Box(1).size).toBe(1);
  expect(() => new Box(-1)).toThrow(RangeError);
  traceConstruction(spans.bare).end();
  expect(told()).toEqual([
    ['x', { size: 1, text: 'box' }],
    ['x', { size: -1, text: 'box', 'error.type': 'RangeError' }],
    ['bare', {}],
  ]);
});

describe('generators', () => {
  const ids: unknown[] = [];
  const note = (): void => {
    ids.push(trace.getActiveSpan()?.spanContext().spanId);
  };

  test('are made at once, and recorded from the first value to the last', () => {
    const order: string[] = [];
    const values = traceFunction(
      spans.x,
      { size: 'args.0', text: 'result' },
      'values',
      function* (to: number): Generator<number, string, string | undefined> {
        note();
        for (let at = 0; at < to; at += 1) order.push((yield at) ?? '');
        return order.join('');
      },
    );
    const first = values(2);
    expect(tracing.ended).toEqual([]);
    expect([first.next(), first.next('a'), first.next('b')]).toEqual([
      { value: 0, done: false },
      { value: 1, done: false },
      { value: 'ab', done: true },
    ]);
    expect(first.next()).toEqual({ value: undefined, done: true });
    for (const value of values(9)) if (value === 1) break;
    values(3).return('');
    expect(told()).toEqual([
      ['x', { size: 2, text: 'ab' }],
      ['x', { size: 9 }],
    ]);
    expect(ids[0]).toBe(tracing.ended[0]?.spanContext().spanId);
    expect(trace.getActiveSpan()).toBeUndefined();
  });

  test('fail as they do', () => {
    const values = traceFunction(spans.x, 'values', function* () {
      yield 1;
      throw new RangeError('no');
    });
    expect(() => [...values()]).toThrow(RangeError);
    expect(told()).toEqual([['x', { 'error.type': 'RangeError' }]]);
  });

  test('may be asynchronous, and be asked for several values at once', async () => {
    const stream = traceFunction(spans.x, { text: 'result' }, 'stream', async function* (to: number) {
      for (let at = 0; at < to; at += 1) yield await Promise.resolve(at);
      return 'end';
    });
    expect(await drain(stream(3))).toBe(3);
    const parallel = stream(1);
    expect(await Promise.all([parallel.next(), parallel.next(), parallel.next()])).toEqual([
      { value: 0, done: false },
      { value: 'end', done: true },
      { value: undefined, done: true },
    ]);
    for await (const value of stream(5)) if (value === 1) break;
    expect(told()).toEqual([
      ['x', { text: 'end' }],
      ['x', { text: 'end' }],
      ['x', {}],
    ]);
  });
});

describe('paths', () => {
  test('read each property once, and leave out what throws or is not there', () => {
    const reads: string[] = [];
    const task = {
      get request() {
        reads.push('request');
        return {
          model: 'm',
          tokens: 4,
          get bad(): string {
            throw new Error('no');
          },
        };
      },
    };
    const work = traceFunction(
      spans.x,
      {
        text: 'args.0.request.model',
        size: 'args.0.request.tokens',
        flag: 'args.0.request.bad',
        data: 'args.1.none.at.all',
      },
      'work',
      (...given: unknown[]) => given.length,
    );
    expect(work(task)).toBe(1);
    expect(reads).toEqual(['request']);
    expect(told()).toEqual([['x', { text: 'm', size: 4 }]]);
  });

  test('name lengths, indexes, inherited and whole values', () => {
    class Base {
      get label(): string {
        return 'inherited';
      }
    }
    class Agent extends Base {
      run(...texts: string[]): { ok: boolean } {
        return { ok: texts.length > 0 };
      }
    }
    traceMethod2(Agent);
    new Agent().run('abc', 'd');
    expect(told()).toEqual([['x', { text: 'inherited', size: 2, data: '["abc","d"]', flag: true }]]);
  });
});

function traceMethod2(of: { readonly prototype: { run: unknown } }): void {
  const { prototype } = of;
  prototype.run = traceFunction(
    spans.x,
    { text: 'this.label', size: 'args.length', data: 'args', flag: 'result.ok' },
    'run',
    prototype.run as () => unknown,
  );
}

describe('metrics and log events', () => {
  test('are told at the end of each call, well or not', async () => {
    const lines: unknown[] = [];
    const observed = {
      span: spans.x,
      count: [metrics.callsTotal, { kind: 'args.0' }],
      time: [metrics.callSeconds, { kind: 'result.kind' }],
      log: [
        (fields: { kind: string; size: number }) =>
          lines.push([fields, trace.getActiveSpan()?.spanContext().spanId]),
        { kind: 'args.0', size: 'result.size' },
      ],
    } as const;
    const work = traceFunction(observed, { text: 'args.0' }, 'work', async (kind: string) => {
      await Promise.resolve();
      if (kind === 'bad') throw new RangeError('no');
      return { kind, size: 3 };
    });
    const recorded = await changes(async () => {
      await work('good');
      await expect(work('bad')).rejects.toThrow(RangeError);
      traceCall({ count: [metrics.plainTotal], log: [logs.tick] }, () => 1);
    }, /^(calls_|plain_|call_)/);
    expect(recorded).toMatchObject({
      'calls_total{kind="good"}': 1,
      'calls_total{kind="bad"}': 1,
      'call_seconds_count{kind="good"}': 1,
      'call_seconds_count{kind="__other__"}': 1,
      plain_total: 1,
    });
    const [good, bad] = tracing.named('x');
    expect(lines).toEqual([
      [{ kind: 'good', size: 3 }, good?.spanContext().spanId],
      [{ kind: 'bad', size: undefined }, bad?.spanContext().spanId],
    ]);
  });
});

describe('a label of the result of a call that fails', () => {
  const work = (observed: Parameters<typeof traceFunction>[0]): ((size: number) => object) =>
    traceFunction(observed, 'work', (size: number) => {
      if (size > 1) throw new RangeError('too much');
      return { how: 'done', kind: 'small', why: 'stop' };
    });

  test('has the value that stands for it, beside those that are known', async () => {
    const run = work({
      count: [metrics.outcomesTotal, { kind: 'args.0', outcome: 'result.how' }],
    });
    const other = work({
      count: [metrics.outcomesTotal, { kind: 'result.kind', outcome: '=done' }],
    });
    const recorded = await changes(() => {
      for (const each of [run, other]) {
        each(1);
        for (let turn = 0; turn < 2; turn += 1) expect(() => each(2)).toThrow(RangeError);
      }
    }, /^outcomes_/);
    expect(recorded).toEqual({
      'outcomes_total{kind="1",outcome="done"}': 1,
      'outcomes_total{kind="2",outcome="error"}': 2,
      'outcomes_total{kind="small",outcome="done"}': 1,
      'outcomes_total{kind="__other__",outcome="done"}': 2,
    });
  });

  test('has none where the spec declares none: the update is counted as dropped', async () => {
    const run = work({ count: [metrics.finishesTotal, { finish: 'result.why' }] });
    const recorded = await changes(() => {
      run(1);
      expect(() => run(2)).toThrow(RangeError);
    }, /^(finishes_|obsgen_dropped)/);
    expect(recorded).toEqual({
      'finishes_total{finish="stop"}': 1,
      'obsgen_dropped_total{metric="finishes_total",reason="missing_label"}': 1,
    });
  });

  test('of a promise that is rejected, and of a metric of somebody else', async () => {
    const counted: unknown[] = [];
    const foreign = { inc: (labels: unknown) => counted.push(labels) };
    const run = traceFunction(
      { count: [foreign as unknown as typeof metrics.callsTotal, { kind: 'result.kind' }] },
      'run',
      async () => Promise.reject(new Error('no')),
    );
    await expect(run()).rejects.toThrow('no');
    expect(counted).toEqual([{ kind: undefined }]);
  });
});

describe('the decorator', () => {
  test('takes paths, beside values that are the same for each call, and none', () => {
    const name = { kind: 'method', name: 'run' };
    class Agent {
      readonly name = 'n';
      run(...values: number[]): string {
        return values.length > 9 ? '' : this.name;
      }
    }
    const { run } = Agent.prototype;
    const attributes = { text: 'this.name', size: 'args.length', data: 'fixed' } as const;
    Agent.prototype.run = traced(spans.x, attributes)(run, name) ?? run;
    const agent = new Agent();
    expect(agent.run(1, 2)).toBe('n');
    expect([agent.run.name, agent.run.length]).toEqual(['run', 0]);
    Agent.prototype.run = traced(spans.bare)(run, name) ?? run;
    expect(agent.run()).toBe('n');
    expect(told()).toEqual([
      ['x', { text: 'n', size: 2, data: '"fixed"' }],
      ['bare', {}],
    ]);
  });
});

test('a callback that keeps its context runs in it, wherever it is called', () => {
  const id = (): string | undefined => trace.getActiveSpan()?.spanContext().spanId;
  const callback = traceCall(spans.x, () => keepContext(id));
  expect(callback()).toBe(tracing.named('x')[0]?.spanContext().spanId);
  expect(callback.name).toBe('id');
  expect(keepContext(id)).toBe(id);
  expect(keepContext('none' as unknown as () => void)).toBe('none');
});
