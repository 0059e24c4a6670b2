// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { builtinModule } from '../host.js';

interface Threads {
  readonly Worker: new (
    code: string,
    options: {
      readonly eval: true;
      readonly workerData: unknown;
      readonly execArgv: readonly string[];
      readonly env: object;
    },
  ) => { unref(): void; on(event: 'error', listener: () => void): unknown };
}

/** The program of the thread that sends: it alone runs while the process waits. */
const sender = `
const { workerData } = require('node:worker_threads');
const { url, headers, body, state } = workerData;
const done = (value) => { Atomics.store(state, 0, value); Atomics.notify(state, 0); };
try {
  const request = require(url.startsWith('https:') ? 'node:https' : 'node:http').request(url, { method: 'POST', headers }, (response) => {
    response.resume();
    response.on('end', () => done(response.statusCode >= 200 && response.statusCode < 300 ? 1 : 2));
  });
  request.on('error', () => done(2));
  request.end(body);
} catch { done(2); }
`;

/**
 * Sends a body while everything else of the process stands still, for a process that is about to end: nothing of the program runs on in
 * a state that nobody knows, and Node ends it afterwards as it would have done without.
 * @returns whether it arrived within so many seconds
 */
export function sendBlocking(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  seconds: number,
): boolean {
  try {
    const threads = builtinModule('node:worker_threads') as Threads;
    const state = new Int32Array(new SharedArrayBuffer(4));
    // Without the program's own flags and variables: `--import` would load the program's telemetry in this thread too.
    const worker = new threads.Worker(sender, {
      eval: true,
      workerData: { url, headers, body, state },
      execArgv: [],
      env: {},
    });
    worker.on('error', () => undefined);
    worker.unref();
    Atomics.wait(state, 0, 0, seconds * 1000);
    return Atomics.load(state, 0) === 1;
  } catch {
    return false;
  }
}
