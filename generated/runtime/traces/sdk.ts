// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag, trace } from '@opentelemetry/api';
import { environmentVariable } from '../host.js';
import { headSampler, sampledShare } from './sampler.js';
import type { Sampling } from './sampler.js';

/** What becomes of tracing at the start. */
export type TracingState = 'started' | 'present' | 'off' | 'not_installed' | 'failed';

/** The part of the SDK that is used; it is loaded at run time, where it is installed. */
interface SdkModule {
  readonly NodeSDK: new (configuration: object) => Sdk;
  readonly resources?: { readonly resourceFromAttributes?: (attributes: object) => unknown };
}

interface Sdk {
  start(): void;
  shutdown(): Promise<void>;
}

/** How tracing is to be set up. */
export interface TracingSetup {
  readonly service: { readonly name: string; readonly namespace?: string };
  readonly environment: string | undefined;
  readonly sampling: Sampling;
  /** Further configuration of NodeSDK, which wins. */
  readonly configuration: Readonly<Record<string, unknown>>;
}

/** A set-up that can be brought to its end. */
export interface RunningTracing {
  readonly state: TracingState;
  /** Sends what is still there; may take long and reject. */
  close(): Promise<void>;
}

/** Starts the SDK where it is installed and nobody has started it. Never rejects. */
export async function startTracing(setup: TracingSetup): Promise<RunningTracing> {
  if (environmentVariable('OTEL_SDK_DISABLED')?.toLowerCase() === 'true')
    return { state: 'off', close: nothing };
  if (hasTracerProvider()) return { state: 'present', close: flushPresent };
  const module = await loadSdk();
  if (module === undefined) return { state: 'not_installed', close: nothing };
  try {
    const sdk = new module.NodeSDK(configuration(setup, module));
    sdk.start();
    return { state: 'started', close: () => sdk.shutdown() };
  } catch (error) {
    diag.error('tracing could not be started', error);
    return { state: 'failed', close: nothing };
  }
}

/** The environment's name: given, or of the variables that name it. */
export function environmentName(given: string | undefined): string | undefined {
  if (given !== undefined) return given;
  const attributes = new Map(
    (environmentVariable('OTEL_RESOURCE_ATTRIBUTES') ?? '').split(',').map((pair) => {
      const [key, ...value] = pair.split('=');
      return [key?.trim() ?? '', value.join('=').trim()] as const;
    }),
  );
  return (
    attributes.get('deployment.environment.name') ??
    attributes.get('deployment.environment') ??
    environmentVariable('NODE_ENV')
  );
}

function configuration(setup: TracingSetup, module: SdkModule): Record<string, unknown> {
  const { service, environment, sampling } = setup;
  const attributes = {
    'service.name': service.name,
    ...(service.namespace === undefined ? {} : { 'service.namespace': service.namespace }),
    ...(environment === undefined ? {} : { 'deployment.environment.name': environment }),
  };
  const resource = module.resources?.resourceFromAttributes?.(attributes);
  return {
    // Resources of the environment are merged over this one, so OTEL_SERVICE_NAME wins.
    ...(resource === undefined ? { serviceName: service.name } : { resource }),
    ...(environmentVariable('OTEL_TRACES_SAMPLER') === undefined
      ? { sampler: headSampler(sampledShare(sampling, environment)) }
      : {}),
    // Metrics are scraped and logs are written: the SDK sends them only where the operator or the program asks for it. An empty list would
    // win over one that the program gives under the older name, which holds one of them.
    ...(environmentVariable('OTEL_METRICS_EXPORTER') === undefined && !('metricReader' in setup.configuration)
      ? { metricReaders: [] }
      : {}),
    ...(environmentVariable('OTEL_LOGS_EXPORTER') === undefined &&
    !('logRecordProcessor' in setup.configuration)
      ? { logRecordProcessors: [] }
      : {}),
    ...setup.configuration,
  };
}

async function loadSdk(): Promise<SdkModule | undefined> {
  // Not written into the import, so that a compiler and a bundler do not ask for a package that is optional.
  const name: string = ['@opentelemetry', 'sdk-node'].join('/');
  try {
    const loaded = (await import(name)) as SdkModule & { readonly default?: SdkModule };
    return typeof loaded.NodeSDK === 'function' ? loaded : loaded.default;
  } catch {
    return undefined;
  }
}

function hasTracerProvider(): boolean {
  const { getDelegateTracer } = globalProvider();
  return (
    getDelegateTracer === undefined ||
    getDelegateTracer.call(trace.getTracerProvider(), 'obs-gen') !== undefined
  );
}

/** The global provider is a proxy until version 2 of the API; by its shape, since its class goes away. */
interface PossibleProxy {
  readonly getDelegate?: () => object;
  readonly getDelegateTracer?: (name: string) => unknown;
}

function globalProvider(): PossibleProxy {
  return trace.getTracerProvider() as PossibleProxy;
}

async function flushPresent(): Promise<void> {
  const { getDelegate } = globalProvider();
  const provider = trace.getTracerProvider();
  const delegate = getDelegate === undefined ? provider : getDelegate.call(provider);
  const { forceFlush } = delegate as { readonly forceFlush?: () => Promise<void> };
  if (forceFlush !== undefined) await forceFlush.call(delegate);
}

function nothing(): Promise<void> {
  return Promise.resolve();
}
