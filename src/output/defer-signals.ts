const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Signal = (typeof signals)[number];

/**
 * Runs something that is better finished than cut off: Ctrl-C in the meantime takes effect afterwards. Who listens to the signal
 * himself is told of it as ever; where nobody does, it is sent again and ends the process as it would have done.
 */
export async function deferSignals<T>(action: (interrupted: () => boolean) => Promise<T>): Promise<T> {
  let received: Signal | undefined;
  const note = (signal: Signal): void => {
    received ??= signal;
  };
  const unheard = new Set(signals.filter((signal) => process.listenerCount(signal) === 0));
  for (const signal of signals) process.on(signal, note);
  try {
    return await action(() => received !== undefined);
  } finally {
    // A signal that came while code ran without a pause is delivered by the event loop: two turns contain one whole look at it.
    await turn();
    await turn();
    for (const signal of signals) process.off(signal, note);
    if (received !== undefined && unheard.has(received)) process.kill(process.pid, received);
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
