import { afterAll, describe, expect, test } from 'vitest';
import { InstrumentedProgram } from '../../support/instrumented.js';

const program = new InstrumentedProgram();
afterAll(() => {
  program.remove();
});

/** The frames of an error that stand in a file of the program itself. */
const ownFrames = (stack: string): string[] =>
  stack.split('\n').flatMap((line) => /at (?:async )?(?:\w+\.)?(\w+) \(.*main\.js/.exec(line)?.[1] ?? []);

describe('in a process of its own', () => {
  test('stack traces keep the frames of the program, also behind an await', async () => {
    program.write(
      'main.ts',
      `import { spans, traceFunction, traceMethod } from './generated/instrument.js';
function deep() { throw new RangeError('sync'); }
(deep as unknown) = traceFunction(spans.x, 'deep', deep);
class Agent {
  static { traceMethod(spans.y, this.prototype, 'run'); }
  run() { deep(); }
}
function sync() { new Agent().run(); }
async function deepLater() { await null; throw new RangeError('async'); }
(deepLater as unknown) = traceFunction(spans.x, 'deepLater', deepLater);
async function later() { await deepLater(); }
(later as unknown) = traceFunction(spans.y, 'later', later);
async function caller() { await later(); }
try { sync(); } catch (error) { console.log(JSON.stringify((error as Error).stack)); }
try { await caller(); } catch (error) { console.log(JSON.stringify((error as Error).stack)); }
`,
    );
    const { stdout, stderr, spans } = await program.run('main.js');
    expect(stderr).toBe('');
    const [sync = '', later = ''] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as string);
    expect(ownFrames(sync)).toEqual(['deep', 'run', 'sync']);
    expect(ownFrames(later)).toEqual(['deepLater', 'later', 'caller']);
    expect(spans.map(({ name, isError }) => [name, isError])).toEqual([
      ['x', true],
      ['y', true],
      ['x', true],
      ['y', true],
    ]);
  });

  test('what telemetry calls to record a span is not recorded itself', async () => {
    program.write(
      'main.ts',
      `import { context, trace, type ProxyTracerProvider } from '@opentelemetry/api';
import { spans, traceFunction, traceMethod } from './generated/instrument.js';
const provider = (trace.getTracerProvider() as ProxyTracerProvider).getDelegate();
const ofTracer = Object.getPrototypeOf(provider.getTracer('own')) as object;
traceMethod(spans.y, ofTracer, 'startSpan');
let manager = (context as unknown as { _getContextManager(): object })._getContextManager();
while (!Object.hasOwn(manager, 'with')) manager = Object.getPrototypeOf(manager) as object;
traceMethod(spans.y, manager, 'with');
traceMethod(spans.y, manager, 'attach');
traceMethod(spans.y, Object.getPrototypeOf(provider.getTracer('own').startSpan('probe')) as object, 'end');
const double = traceFunction(spans.x, 'double', (value: number) => value * 2);
console.log(double(21));
`,
    );
    const { stdout, stderr, spans } = await program.run('main.js');
    expect([stdout, stderr]).toEqual(['42\n', '']);
    expect(spans.filter(({ name }) => name === 'x')).toHaveLength(1);
    expect(spans.length).toBeLessThanOrEqual(3);
  });

  test('the rejection of an asynchronous function that nobody handles ends the process, as it did', async () => {
    program.write(
      'main.ts',
      `import { spans, traceFunction } from './generated/instrument.js';
async function work() { await null; throw new RangeError('nobody'); }
(work as unknown) = traceFunction(spans.x, 'work', work);
void work();
setTimeout(() => console.log('still here'), 500);
`,
    );
    const { code, stdout, stderr, spans } = await program.run('main.js');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('RangeError: nobody');
    expect(spans).toHaveLength(1);
  });

  test('private methods, hoisted functions and default exports work as they are inserted', async () => {
    program.write(
      'part.ts',
      `import { spans, traceFunction, tracePrivate } from './generated/instrument.js';
(named as unknown) = traceFunction(spans.x, { text: 'args.0' }, 'default', named);
export const early = named('early');
export default function named(text: string): string { return text + '!'; }
export class Vault {
  get #open() { return tracePrivate(spans.y, { text: 'args.0' }, '#open', this.#openUntraced); }
  #openUntraced(key: string): string { return this.secret + key; }
  secret = 's';
  open(key: string): string { return this.#open(key) + this.#open(key); }
}
`,
    );
    program.write(
      'main.ts',
      `import named, { early, Vault } from './part.js';
console.log(early, named('late'), named.name, new Vault().open('k'));
`,
    );
    const { stdout, stderr, spans } = await program.run('main.js');
    expect([stdout, stderr]).toEqual(['early! late! default sksk\n', '']);
    expect(spans.map(({ name, attributes }) => [name, attributes['text']])).toEqual([
      ['x', 'early'],
      ['x', 'late'],
      ['y', 'k'],
      ['y', 'k'],
    ]);
  });

  test('the logger is console until the telemetry is started, and then the log', async () => {
    program.write(
      'main.ts',
      `import { logger } from './generated/instrument.js';
import { telemetry } from './generated/telemetry.js';
logger.log('before %d', 1, { a: [1] });
await telemetry.start({ spans: false });
logger.log('after %d', 2, { a: [1] });
logger.error('failed:', new RangeError('no'));
logger.warn({ text: 'w' });
logger.debug('hidden');
await telemetry.shutdown();
`,
    );
    const { stdout } = await program.run('main.js', { OTEL_SDK_DISABLED: 'true' });
    const [before, ...lines] = stdout.trim().split('\n');
    expect(before).toBe('before 1 { a: [ 1 ] }');
    expect(
      lines.map((line) => {
        const { level, message, ...rest } = JSON.parse(line) as Record<string, unknown>;
        return [level, message, rest['exception.type']];
      }),
    ).toEqual([
      ['info', 'after 2 { a: [ 1 ] }', undefined],
      ['error', 'failed: RangeError: no', 'RangeError'],
      ['warn', "{ text: 'w' }", undefined],
    ]);
  });
});
