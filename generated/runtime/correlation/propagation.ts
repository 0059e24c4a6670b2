// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { builtinModule } from '../host.js';
import { shared } from '../shared.js';
import { allowsUrl } from './definition.js';
import type { Definition } from './definition.js';
import { globals } from './globals.js';
import { onOutgoingRequest } from './hooks.js';
import { addMissing, outgoingHeaders } from './outgoing.js';

/** `fetch` as the program's types have it. */
export type Fetch = typeof globalThis extends { fetch: infer F }
  ? F
  : (...values: never[]) => Promise<unknown>;

/** Headers as `fetch` and the clients of Node take them. */
export type HeadersLike =
  Readonly<Record<string, string | readonly string[] | undefined>> | Iterable<readonly [string, string]>;

/** The id and the baggage on the way to other services. */
export interface Propagation {
  /**
   * Headers for a request to a URL: those given, and those of the present request where the host is allowed. For clients that do not
   * follow redirects by themselves; for `fetch` there is `correlation.fetch`.
   */
  headers(url: unknown, init?: HeadersLike): Record<string, string>;
  /** `fetch` that hands the present request on to hosts that are allowed, at each step of a redirect, whether the hooks are on or not. */
  readonly fetch: Fetch;
  /** Hands the present request on with every call of undici, fetch and node:http to an allowed host, until it is ended. */
  start(): void;
  stop(): void;
}

interface Mark {
  getStore(): boolean | undefined;
  run<R>(mark: boolean, work: () => R): R;
}

/** Whether the call that is being made has asked for the headers itself. */
const mark = shared('correlation fetch', (): Mark | undefined => {
  const module = builtinModule('node:async_hooks') as
    { readonly AsyncLocalStorage: new () => Mark } | undefined;
  return module === undefined ? undefined : new module.AsyncLocalStorage();
});

export function createPropagation(definition: Definition): Propagation {
  let isOn = false;
  let end: (() => void) | undefined;

  function listen(): void {
    end ??= onOutgoingRequest((request) => {
      if (!definition.allows(request.target)) return;
      request.atSender(() => {
        if (!isOn && mark?.getStore() !== true) return;
        addMissing(
          outgoingHeaders(definition),
          (name) => request.has(name),
          (name, value) => {
            request.add(name, value);
          },
        );
      });
    });
  }

  const fetchInScope = (...values: readonly unknown[]): unknown => {
    listen();
    const call = (): unknown => globals.fetch?.(...values);
    return mark === undefined ? call() : mark.run(true, call);
  };

  return {
    headers(url, init = {}) {
      const given = plainHeaders(init);
      if (!allowsUrl(definition, url)) return given;
      const names = new Set(Object.keys(given).map((name) => name.toLowerCase()));
      addMissing(
        outgoingHeaders(definition),
        (name) => names.has(name),
        (name, value) => {
          given[name] = value;
        },
      );
      return given;
    },
    fetch: fetchInScope as Fetch,
    start() {
      isOn = true;
      listen();
    },
    stop() {
      isOn = false;
      end?.();
      end = undefined;
    },
  };
}

function plainHeaders(init: HeadersLike): Record<string, string> {
  const entries = isIterable(init) ? Array.from(init) : Object.entries(init);
  return Object.fromEntries(
    entries.flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'string' ? value : value.join(', ')]],
    ),
  );
}

function isIterable(init: HeadersLike): init is Iterable<readonly [string, string]> {
  return typeof (init as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function';
}
