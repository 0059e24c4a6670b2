import { afterAll, describe, expect, test } from 'vitest';
import { compileRules } from '../../src/instrument/rules/compile.js';
import { ruleSetOf } from '../../src/instrument/rules/rule-set-of.js';
import { planFile } from '../../src/instrument/file/plan-file.js';
import { InstrumentedProgram } from '../support/instrumented.js';
import { modelOf } from '../support/model.js';

/** The whole way of what rules record beside spans: from the spec, through the codemod, to a service that runs. */
const spec = `version: 1
service: { name: recorded }
labels:
  kind: { description: Kind., cap: 20 }
  size: { description: Size., cap: 20 }
metrics:
  made_total: { type: counter, help: Calls., labels: [kind] }
  plain_total: { type: counter, help: Calls without labels. }
  made_seconds: { type: histogram, help: Time., buckets: [1, 2], labels: [kind, size] }
logs:
  level: debug
  events:
    made: { message: made, fields: { kind: string, size: int, ok: boolean } }
spans:
  make: { kind: internal, attributes: { kind: { type: string }, size: { type: int } } }
instrument:
  rules:
    - match: { call: 'console.*' }
      console: true
    - match: { call: '*.on' }
      context: true
    - match: { class: Maker, method: constructor }
      count: { metric: made_total, labels: { kind: =constructor } }
    - match: { class: Maker, kind: [getter] }
      count: { metric: made_total, labels: { kind: name } }
    - match: { class: Maker }
      count: { metric: made_total, labels: { kind: this.kind } }
      log: { event: made, fields: { kind: name, size: result, ok: =true } }
    - match: { function: timed }
      span: make
      attributes: { kind: args.0, size: result.length }
      time: { metric: made_seconds, labels: { kind: args.0, size: args.length } }
      log: { event: made, fields: { kind: args.0, size: result.length } }
    - match: { function: '{plain,steps,pages}' }
      count: { metric: plain_total }
    - match: { tool: '*' }
      count: { metric: made_total, labels: { kind: tool } }
    - match: { call: '*.chat' }
      time: { metric: made_seconds, labels: { kind: args.0.model, size: result.tokens } }
    - match: { function: inSpan }
      span: make
`;

const source = `import { EventEmitter } from 'node:events';

class Maker {
  readonly kind = 'field';
  #size = 1;
  constructor() {
    this.#size = 2;
  }
  get size(): number {
    return this.#size;
  }
  grow(by: number): number {
    return this.#add(by);
  }
  #add(by: number): number {
    if (by < 0) throw new RangeError('less');
    return this.#size + by;
  }
}

async function timed(kind: string): Promise<string> {
  await Promise.resolve();
  return kind.repeat(2);
}

function plain(): void {}

function* steps(): Generator<number> {
  yield 1;
  yield 2;
}

async function* pages(): AsyncGenerator<number> {
  yield 1;
}

interface Tool {
  execute(input: { city: string }): string;
}
const tool = <T extends Tool>(made: T): T => made;
const weather = tool({ name: 'weather', execute: ({ city }: { city: string }) => city });

const client = {
  chat: (request: { model: string }): Promise<{ tokens: number }> =>
    request.model === '' ? Promise.reject(new Error('no model')) : Promise.resolve({ tokens: 4 }),
};

const emitter = new EventEmitter();

async function inSpan(): Promise<void> {
  emitter.on('told', (text: string) => {
    console.warn('told %s', text);
  });
}

export async function main(): Promise<void> {
  const maker = new Maker();
  maker.size;
  maker.grow(1);
  try {
    maker.grow(-5);
  } catch (error) {
    console.error('caught', error);
  }
  await timed('ab');
  plain();
  [...steps()];
  for await (const page of pages()) void page;
  weather.execute({ city: 'Rome' });
  await client.chat({ model: 'small' });
  await client.chat({ model: '' }).catch(() => undefined);
  await inSpan();
  emitter.emit('told', 'later');
  console.log('at the end', 1, { a: 1 });
}
`;

describe('what rules record beside spans', () => {
  const program = new InstrumentedProgram(spec);
  afterAll(() => {
    program.remove();
  });

  test('arrives from every form, with its values', async () => {
    const rules = ruleSetOf(compileRules(modelOf(spec)).value ?? { rules: [] });
    const settings = { rules, outDir: `${program.folder}/generated`, root: program.folder, verify: true };
    const plan = planFile({ path: 'service.ts', bytes: Buffer.from(source) }, settings);
    expect(plan.skipped).toEqual([]);
    expect(new Set(plan.placed.map(({ form }) => form))).toEqual(
      new Set([
        'assignment',
        'constructor',
        'kept context',
        'logger',
        'private getter',
        'static block',
        'wrapped body',
        'wrapped member',
      ]),
    );
    program.write('service.ts', plan.after);
    program.write(
      'main.ts',
      `import { register } from 'prom-client';
import { telemetry } from './generated/telemetry.js';
import { main } from './service.js';
await telemetry.start({ spans: false });
await main();
for (const line of (await register.metrics()).split('\\n'))
  if (/^(?:made|plain)_(?:total|seconds_count)/.test(line)) console.log('metric ' + line);
await telemetry.shutdown();
`,
    );
    const { stdout, stderr, spans, code } = await program.run('main.js');
    expect([stderr, code]).toEqual(['', 0]);
    const lines = stdout.trim().split('\n');
    // A call that has failed has no result; what the metric would take from there is what stands for values without a place.
    expect(lines.filter((line) => line.startsWith('metric ')).sort()).toEqual([
      'metric made_seconds_count{kind="",size="__other__"} 1',
      'metric made_seconds_count{kind="ab",size="1"} 1',
      'metric made_seconds_count{kind="small",size="4"} 1',
      'metric made_total{kind="constructor"} 1',
      'metric made_total{kind="field"} 4',
      'metric made_total{kind="size"} 1',
      'metric made_total{kind="weather"} 1',
      'metric plain_total 3',
    ]);
    const logged = lines
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(
      logged.map(({ level, message, kind, size, ok }) =>
        [level, message, kind, size, ok].filter((each) => each !== undefined),
      ),
    ).toEqual([
      ['info', 'made', '#add', 3, true],
      ['info', 'made', 'grow', 3, true],
      ['info', 'made', '#add', true],
      ['info', 'made', 'grow', true],
      ['error', 'caught RangeError: less'],
      ['info', 'made', 'ab', 4],
      ['warn', 'told later'],
      ['info', 'at the end 1 { a: 1 }'],
    ]);
    const told = logged.find(({ message }) => message === 'told later');
    const ends = spans.filter(({ name }) => name === 'make');
    expect(ends.map(({ attributes }) => attributes['kind'])).toEqual(['ab', undefined]);
    expect(told?.['span_id'] ?? told?.['spanId']).toBe(ends[1]?.spanId);
  });
});
