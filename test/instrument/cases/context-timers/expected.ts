import { keepContext, spans, traceFunction } from './generated/instrument.js';

export const ticks: string[] = [];

function tick(name: string): void {
  ticks.push(name);
}
(tick as unknown) = traceFunction(spans.caseWork, 'tick', tick);

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function start(callback: () => void): Promise<string[]> {
  const timer = setInterval(keepContext(() => {
    tick('interval');
    clearInterval(timer);
  }), 1);
  setTimeout(keepContext(tick), 2, 'timeout');
  setTimeout(keepContext((name: string) => tick(name)), 3, 'later');
  setTimeout((name) => tick(name.toUpperCase()), 4, ticks.join('no'));
  queueMicrotask(keepContext(() => tick('microtask')));
  setImmediate(keepContext(callback));
  process.nextTick(keepContext(tick), 'next');
  await sleep(20);
  return ticks;
}
(start as unknown) = traceFunction(spans.caseCall, 'start', start);
