import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe } from 'vitest';
import { missingProgram } from '../support/program.js';

/** Tests that need the Pushgateway: skipped, visibly, where it is missing; on CI that is a failure. */
export const describeWithPushgateway = describe.skipIf(missingProgram('prometheus-pushgateway'));

export interface Pushgateway {
  /** Without a path. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a Pushgateway that keeps nothing, on a free port of the loopback interface. */
export async function startPushgateway(...flags: readonly string[]): Promise<Pushgateway> {
  // Debian's build has a file of its own to keep metrics in.
  const own = ['--web.listen-address=127.0.0.1:0', '--persistence.file='];
  const child = spawn('prometheus-pushgateway', [...own, ...flags], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stderr });
  for await (const line of lines) {
    const address = /Listening on" address=(\S+)/.exec(line)?.[1];
    if (address === undefined) continue;
    child.stderr.resume();
    return {
      url: `http://${address}`,
      async stop() {
        child.kill();
        await ended;
      },
    };
  }
  throw new Error('the Pushgateway did not start');
}
