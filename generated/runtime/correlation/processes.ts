// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { contextBelow, field, pack, unpack } from './carrier.js';
import type { Carrier } from './carrier.js';
import type { Definition } from './definition.js';
import { globals } from './globals.js';
import { runIncoming } from './incoming.js';
import type { Incoming } from './incoming.js';

/** Variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Child processes and worker threads that go on with the request that started them. */
export interface Processes {
  /** Variables for a child process: those given (default: those of this process) with the place of the caller in them. */
  childEnvironment(variables?: Environment): Record<string, string | undefined>;
  /** Where this process stands by its environment: the options for its first span. */
  fromEnvironment(): Incoming;
  /** Runs work where the process that started this one has put it. */
  fromEnvironment<R>(run: (incoming: Incoming) => R): R;
  /** The data of a worker thread with the place of the caller in it, under `_correlation`. */
  injectWorkerData<T extends object>(data?: T): T & { readonly _correlation: Carrier };
  /** Runs work where the thread that started this one has put it. */
  runWorker<R>(workerData: unknown, run: (incoming: Incoming) => R): R;
}

/** As other tools spell them; the id has no name that they share. */
const names = {
  traceparent: 'TRACEPARENT',
  tracestate: 'TRACESTATE',
  baggage: 'BAGGAGE',
  correlationId: 'OBSGEN_CORRELATION_ID',
} as const;

export function createProcesses(definition: Definition): Processes {
  function fromEnvironment(): Incoming;
  function fromEnvironment<R>(run: (incoming: Incoming) => R): R;
  function fromEnvironment<R>(run?: (incoming: Incoming) => R): R | Incoming {
    const variables = globals.process?.env ?? {};
    const carrier = Object.fromEntries(
      Object.entries(names).map(([key, variable]) => [key, variables[variable]]),
    );
    const carried = unpack(definition, carrier);
    if (run !== undefined) return runIncoming(carried, { mode: 'parent', links: [], span: undefined }, run);
    const { correlationId } = carried.scope;
    return { correlationId, parent: contextBelow(carried.span), links: [] };
  }

  return {
    childEnvironment(variables = globals.process?.env ?? {}) {
      const carrier = pack(definition, true);
      const child: Record<string, string | undefined> = { ...variables };
      // What this process was started with is not the place of its child.
      for (const [key, variable] of Object.entries(names)) {
        const value = carrier[key as keyof Carrier];
        if (value === undefined) Reflect.deleteProperty(child, variable);
        else child[variable] = value;
      }
      return child;
    },
    fromEnvironment,
    injectWorkerData<T extends object>(data?: T) {
      return { ...(data ?? {}), _correlation: pack(definition, true) } as T & {
        readonly _correlation: Carrier;
      };
    },
    runWorker(workerData, run) {
      const carried = unpack(definition, field(workerData, '_correlation'));
      return runIncoming(carried, { mode: 'parent', links: [], span: undefined }, run);
    },
  };
}
