// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { currentScope } from '../correlation/scope.js';
import { builtinModule, unixSeconds } from '../host.js';
import { shared } from '../shared.js';

/** Who an error happened to. */
export interface ErrorUser {
  /** An id that means nothing outside of the service: this is what reports carry. */
  readonly id: string;
  /** Anything else is reported only where the operator exports content. */
  readonly [detail: string]: unknown;
}

/** What led to an error. */
export interface Breadcrumb {
  readonly message: string;
  readonly category?: string;
  readonly level: 'debug' | 'info' | 'warning' | 'error';
  readonly data?: Readonly<Record<string, unknown>>;
  /** Seconds since 1970. */
  readonly timestamp: number;
}

interface ReportScope {
  readonly user: ErrorUser | undefined;
  readonly crumbs: Breadcrumb[];
}

interface Storage {
  getStore(): ReportScope | undefined;
  run<R>(scope: ReportScope, work: () => R): R;
}

const most = 50;

const storage = shared('error report scope', (): Storage | undefined => {
  const module = builtinModule('node:async_hooks') as
    { readonly AsyncLocalStorage: new () => Storage } | undefined;
  return module === undefined ? undefined : new module.AsyncLocalStorage();
});

/** Of each request, as long as it lives; `outside` is for what belongs to none. */
const ofRequests = shared('error crumbs of requests', () => new WeakMap<object, ReportScope>());
const outside = shared('error crumbs', (): ReportScope => ({ user: undefined, crumbs: [] }));

/** What is known now of the user and of what happened before, in this request. */
export function reportScope(): ReportScope {
  const own = storage?.getStore();
  if (own !== undefined) return own;
  const request = currentScope();
  if (request === undefined) return outside;
  let found = ofRequests.get(request);
  if (found === undefined) ofRequests.set(request, (found = { user: undefined, crumbs: [] }));
  return found;
}

/** Remembers what happened; the oldest goes where there are many. */
export function leaveCrumb(crumb: Omit<Breadcrumb, 'timestamp'>): void {
  const { crumbs } = reportScope();
  crumbs.push({ ...crumb, timestamp: unixSeconds() });
  if (crumbs.length > most) crumbs.shift();
}

/** Runs work for a user; what it returns or throws comes through. */
export function forUser<R>(user: ErrorUser, work: () => R): R {
  if (storage === undefined) return work();
  return storage.run({ user, crumbs: [...reportScope().crumbs] }, work);
}
