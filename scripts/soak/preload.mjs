// Loaded into the service before it: answers the driver's questions about memory and event loop, sets the clock that the program reads, and
// finds @sentry/node where the driver says that it is. The service's own code is as it is.
import { register } from 'node:module';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const { SOAK_SENTRY } = process.env;
if (SOAK_SENTRY !== undefined) {
  const parent = pathToFileURL(join(SOAK_SENTRY, 'package.json')).href;
  register(
    `data:text/javascript,${encodeURIComponent(`
      export function resolve(specifier, context, next) {
        return next(specifier, specifier.startsWith('@sentry/') && !context.parentURL?.includes('/node_modules/')
          ? { ...context, parentURL: ${JSON.stringify(parent)} } : context);
      }
    `)}`,
  );
}

let offsetMs = 0;
const WallClock = Date;
globalThis.Date = new Proxy(WallClock, {
  construct: (target, args, made) =>
    Reflect.construct(target, args.length === 0 ? [WallClock.now() + offsetMs] : args, made),
  apply: () => new WallClock(WallClock.now() + offsetMs).toString(),
  get: (target, key) => (key === 'now' ? () => WallClock.now() + offsetMs : Reflect.get(target, key)),
});

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();

const answers = {
  clock({ offsetMs: next }) {
    offsetMs = next;
  },
  reset() {
    delay.reset();
  },
  async sample() {
    const [loopP99Ms, loopMaxMs] = [delay.percentile(99) / 1e6, delay.max / 1e6];
    for (let round = 0; round < 3; round += 1) {
      globalThis.gc();
      await setImmediate();
    }
    const { heapUsed, rss } = process.memoryUsage();
    delay.reset();
    return { heapMb: heapUsed / 1e6, rssMb: rss / 1e6, loopP99Ms, loopMaxMs };
  },
};

process.on('message', (question) => {
  void Promise.resolve(answers[question.op](question)).then((answer) =>
    process.send({ id: question.id, answer: answer ?? {} }),
  );
});
// The channel alone keeps no process running.
process.channel.unref();
