// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { context, trace } from '@opentelemetry/api';
import type { Component } from '../component.js';
import { onSettings } from '../settings/settings.js';
import { allowedBaggage } from './baggage.js';
import { bind } from './bind.js';
import { ready } from './definition.js';
import type { CorrelationDefinition, Definition } from './definition.js';
import { createEnvelopes } from './envelopes.js';
import type { Envelopes } from './envelopes.js';
import { acceptedId, newId } from './id.js';
import { announce } from './job-place.js';
import { createProcesses } from './processes.js';
import type { Processes } from './processes.js';
import { createPropagation } from './propagation.js';
import type { Fetch, HeadersLike, Propagation } from './propagation.js';
import { guardedBaggagePropagator } from './propagator.js';
import { changeBaggage, currentScope, runInScope } from './scope.js';

/** The request that is being worked on. */
export interface Current<K extends string> {
  readonly id: string;
  readonly baggage: Readonly<Partial<Record<K, string>>>;
}

/** What a scope is begun with. */
export interface ScopeOptions<K extends string> {
  /** Default: the id of the request around it, else the trace's, else a new one. One that cannot be a header is passed over. */
  readonly id?: string | undefined;
  /** Added to that of the request around it. */
  readonly baggage?: Readonly<Partial<Record<K, string>>> | undefined;
}

/** One id and a little baggage for everything that happens for a request. Nothing here throws. */
export interface Correlation<K extends string = string> extends Envelopes, Processes {
  /** The request that is being worked on; undefined outside of any. */
  current(): Current<K> | undefined;
  /** Runs work as a request. What it returns or throws comes through. */
  run<R>(options: ScopeOptions<K>, work: () => R): R;
  /** Changes the baggage of the present request, for all that follows in it; undefined takes the key away. */
  set(key: K, value: string | undefined): void;
  /** Keeps what is called later in the present request: a function, the listeners of an emitter or a stream, or an iterator. */
  bind<T extends object>(target: T): T;
  /** Headers for a request to a URL: those given, and the present request's where the host is allowed. For clients that follow no redirects. */
  headers(url: unknown, init?: HeadersLike): Record<string, string>;
  /** `fetch` that hands the present request on to allowed hosts, at each step of a redirect; also where propagation is switched off. */
  readonly fetch: Fetch;
  /** For the middleware. */
  readonly definition: Definition;
  /** For the component that the telemetry starts. */
  readonly propagation: Pick<Propagation, 'start' | 'stop'>;
}

/** Makes the correlation of a service. */
export function createCorrelation<K extends string = never>(
  definition: CorrelationDefinition<K>,
): Correlation<K> {
  const made = ready(definition);
  announce(made);
  const propagation = createPropagation(made);
  return {
    current() {
      const scope = currentScope();
      if (scope === undefined) return undefined;
      return { id: scope.correlationId, baggage: scope.baggage as Current<K>['baggage'] };
    },
    run(options, work) {
      const outer = currentScope();
      const correlationId = acceptedId(options.id) ?? outer?.correlationId ?? traceId() ?? newId();
      const added = allowedBaggage(options.baggage, made.baggage);
      const baggage = allowedBaggage({ ...outer?.baggage, ...added }, made.baggage);
      return runInScope({ correlationId, baggage, remote: outer?.remote }, work);
    },
    set(key, value) {
      const scope = currentScope();
      if (scope === undefined) return;
      changeBaggage(scope, allowedBaggage({ ...scope.baggage, [key]: value }, made.baggage));
    },
    bind: (target) => bind(target),
    headers: (url, init) => propagation.headers(url, init),
    fetch: propagation.fetch,
    definition: made,
    propagation,
    ...createEnvelopes(made),
    ...createProcesses(made),
  };
}

/** The correlation as a part of the telemetry: propagation from its start to its end, unless `switches.correlation` is false. */
export function createCorrelationComponent(
  correlation: Pick<Correlation, 'definition' | 'propagation'>,
): Component {
  let endSettings: (() => void) | undefined;
  let isOn = false;
  return {
    name: 'correlation',
    tracing: () => Promise.resolve({ propagators: [guardedBaggagePropagator(correlation.definition)] }),
    start() {
      endSettings ??= onSettings(({ switches }) => {
        isOn = switches?.['correlation'] !== false;
        if (isOn) correlation.propagation.start();
        else correlation.propagation.stop();
      });
    },
    close() {
      endSettings?.();
      endSettings = undefined;
      isOn = false;
      correlation.propagation.stop();
    },
    stats: () => ({ propagates: isOn }),
  };
}

function traceId(): string | undefined {
  const span = trace.getSpanContext(context.active());
  return span !== undefined && trace.isSpanContextValid(span) ? span.traceId : undefined;
}
