export const ticks: string[] = [];

function tick(name: string): void {
  ticks.push(name);
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function start(callback: () => void): Promise<string[]> {
  const timer = setInterval(() => {
    tick('interval');
    clearInterval(timer);
  }, 1);
  setTimeout(tick, 2, 'timeout');
  setTimeout((name: string) => tick(name), 3, 'later');
  setTimeout((name) => tick(name.toUpperCase()), 4, ticks.join('no'));
  queueMicrotask(() => tick('microtask'));
  setImmediate(callback);
  process.nextTick(tick, 'next');
  await sleep(20);
  return ticks;
}
